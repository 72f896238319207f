// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.GatewayResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on its way, for all calls that ask the same meanwhile. */
final class Flight {

  /** A connection that is stuck must not keep all who ask the same, for as long as it is. */
  private static final long PATIENCE_SECONDS = 60;

  private final CompletableFuture<@Nullable Begun> begun = new CompletableFuture<>();
  private final long startedNanos = System.nanoTime();
  private volatile @Nullable StoredAnswer landed;
  private volatile boolean stoodDown;
  private final CompletableFuture<@Nullable StoredAnswer> done = new CompletableFuture<>();

  /**
   * A good answer that has begun.
   *
   * @param head of no use but for its status and fields
   * @param attempt whose answer it is
   * @param streamUsage whether the stream was asked to tell its usage
   */
  record Begun(
      GatewayResponse head,
      Attempt attempt,
      AnswerForm form,
      boolean streamUsage,
      SharedContent content) {}

  /**
   * Completes when there is an answer to read; with null if none comes that others could use, or
   * none in time.
   */
  CompletionStage<@Nullable Begun> begun() {
    return begun.isDone()
        ? begun
        : begun.copy().completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Completes with the whole answer; with null if it is none that others could use. */
  CompletionStage<@Nullable StoredAnswer> done() {
    return done;
  }

  /** The whole answer; null if there is none, or not yet. Known before a reader has the end. */
  @Nullable StoredAnswer landed() {
    return landed;
  }

  void landed(@Nullable StoredAnswer answer) {
    landed = answer;
  }

  void begin(Begun answer) {
    begun.complete(answer);
  }

  /** Whether nothing has come of it for so long that nobody else should wait for it. */
  boolean stuck() {
    Begun answer = begun.isDone() ? begun.join() : null;
    long progress = answer == null ? startedNanos : answer.content().progressNanos();
    return System.nanoTime() - progress > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  /** It was not sent after all: who waits for it is to look for an answer again. */
  void standDown() {
    stoodDown = true;
  }

  boolean stoodDown() {
    return stoodDown;
  }

  /** Whether it is over, whatever came of it. */
  boolean ended() {
    return done.isDone();
  }

  void end(@Nullable StoredAnswer answer) {
    done.complete(answer);
    begun.complete(null);
  }
}
