// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The app's side of a call, for those who may keep it waiting. */
public interface Caller {

  /** The value of {@link #deadlineNanos} where the client sets no end. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /**
   * Completes after that time. A blocking client waits on the calling thread and returns a stage
   * that is done; an asynchronous one returns at once. Ends early, and fails with what the client
   * would throw, if the app gives the call up or its thread is interrupted.
   */
  CompletionStage<@Nullable Void> pause(long nanos);

  /**
   * Waits for something that others bring about. A blocking client waits on the calling thread and
   * returns a stage that is done; an asynchronous one returns at once. The stage ends as the one
   * waited for does; but early, and with what the client would throw, if the app gives the call up,
   * its thread is interrupted or its own timeout runs out. What is waited for goes on then.
   */
  <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage);

  /** Whether the app has given the call up: nothing more is to be sent for it. */
  boolean abandoned();

  /**
   * When the app's own timeout ends the call, by {@link System#nanoTime}; {@link #NO_DEADLINE} if
   * it has none.
   */
  long deadlineNanos();
}
