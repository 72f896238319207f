// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Attempt;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.GatewayResponse;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt: its span, and the tap that sees its answer end. Ends exactly once. */
class AttemptCall implements BodyTap, BiConsumer<GatewayResponse, Throwable>, Watched {

  private static final AtomicIntegerFieldUpdater<AttemptCall> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(AttemptCall.class, "ended");

  private final Span span;
  private final Context context;
  private final @Nullable LogicalCall call;
  private final Attempt attempt;
  private final AttemptOutcomes outcomes;
  private final GenAiMetrics metrics;
  private final StreamWatch watch;
  private final LongSupplier clock;
  private final long startNanos;
  private int status;
  private @Nullable GatewayResponse answer;
  private volatile long activeNanos;

  @SuppressWarnings("unused") // Through ENDED.
  private volatile int ended;

  AttemptCall(
      Span span,
      Context context,
      @Nullable LogicalCall call,
      Attempt attempt,
      AttemptOutcomes outcomes,
      GenAiMetrics metrics,
      StreamWatch watch,
      LongSupplier clock) {
    this.span = span;
    this.context = context;
    this.call = call;
    this.attempt = attempt;
    this.outcomes = outcomes;
    this.metrics = metrics;
    this.watch = watch;
    this.clock = clock;
    this.startNanos = clock.getAsLong();
  }

  Context context() {
    return context;
  }

  Attempt attempt() {
    return attempt;
  }

  long now() {
    return clock.getAsLong();
  }

  /** The head of the answer, or the failure to get one. Runs before the app sees either. */
  @Override
  public void accept(@Nullable GatewayResponse response, @Nullable Throwable failure) {
    if (call != null) {
      call.attempted(clock.getAsLong() - startNanos);
    }
    if (response == null) {
      over(failure == null ? GenAiAttributes.OTHER : ErrorTypes.of(failure));
      return;
    }
    status = response.status();
    span.setAttribute(GenAiAttributes.HTTP_STATUS, (long) status);
    if (!response.protocol().isEmpty()) {
      span.setAttribute(GenAiAttributes.PROTOCOL_VERSION, response.protocol());
    }
    if (call == null) {
      // Else the logical call is watched, and ends this with it.
      answer = response;
      activeNanos = clock.getAsLong();
      watch.add(this);
    }
    response.body().tap(this);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (call == null) {
      activeNanos = clock.getAsLong();
    }
  }

  @Override
  public long activeNanos() {
    return activeNanos;
  }

  @Override
  public void abandon() {
    GatewayResponse forgotten = answer;
    if (forgotten != null) {
      forgotten.abandon();
    }
    over(null);
  }

  @Override
  public void onEnd() {
    over(null);
  }

  @Override
  public void onError(@Nullable Throwable cause) {
    over(cause == null ? null : ErrorTypes.of(cause));
  }

  /**
   * The answer has ended, or there is none.
   *
   * @param failureType the type of what broke it off; null if nothing did
   */
  void over(@Nullable String failureType) {
    finish(failureType, now(), null);
  }

  /**
   * Ends the span.
   *
   * @param endNanos the time of the end by the clock
   * @param end the same in the time of day; null if it is now
   */
  final void finish(@Nullable String failureType, long endNanos, @Nullable Instant end) {
    if (call == null) {
      watch.remove(this);
    }
    if (!ENDED.compareAndSet(this, 0, 1)) {
      return;
    }
    try {
      String outcome = AttemptOutcomes.of(attempt, status, failureType != null);
      metrics.attemptEnded(
          endNanos - startNanos,
          outcomes.attributes(attempt.endpoint().provider(), outcome),
          context);
      span.setAttribute(GenAiAttributes.ATTEMPT_OUTCOME, outcome);
      String error = AttemptOutcomes.error(attempt, status, failureType);
      if (error != null) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(GenAiAttributes.ERROR_TYPE, error);
      }
    } finally {
      if (end == null) {
        span.end();
      } else {
        span.end(end);
      }
    }
  }
}
