// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread that ends the waiting of {@link CompletableFuture}s. The JDK has one for all of the
 * JVM, starts it when somebody first sets a time limit, and never ends it; it keeps the context
 * class loader of the thread that happened to start it. Our limits are set on threads of the
 * application: in a server the first one would keep a web application's classes in memory after
 * that was undeployed. So a thread of ours is the one to start it, before any call comes.
 */
final class DelayThread {

  /** Much longer than to start a thread takes. */
  private static final long PATIENCE_MILLIS = 1_000;

  private DelayThread() {}

  /**
   * Returns once it was started. To be called when no lock is held that loading a class may need.
   *
   * @param threads makes threads that hold on to nothing of the application
   */
  static void start(ThreadFactory threads) {
    Thread starter = begin(threads);
    try {
      starter.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns at once: has it started by the thread that is returned. */
  static Thread begin(ThreadFactory threads) {
    Thread starter =
        threads.newThread(
            () -> {
              // What is to be late does not matter: the JDK's thread is there when this returns.
              var unused =
                  new CompletableFuture<@Nullable Void>()
                      .completeOnTimeout(null, 1, TimeUnit.MILLISECONDS);
            });
    starter.start();
    return starter;
  }
}
