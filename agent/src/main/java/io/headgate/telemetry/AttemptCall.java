// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.BodyTap;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.LiveBody;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt: its span, and the tap that sees its answer end. Ends exactly once. */
final class AttemptCall implements BodyTap, BiConsumer<GatewayResponse, Throwable>, Watched {

  private static final AtomicIntegerFieldUpdater<AttemptCall> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(AttemptCall.class, "ended");

  private final Span span;
  private final Context context;
  private final @Nullable LogicalCall call;
  private final String target;
  private final AttemptOutcomes outcomes;
  private final GenAiMetrics metrics;
  private final StreamWatch watch;
  private final LongSupplier clock;
  private final long startNanos;
  private int status;
  private @Nullable LiveBody body;
  private volatile long activeNanos;

  @SuppressWarnings("unused") // Through ENDED.
  private volatile int ended;

  AttemptCall(
      Span span,
      Context context,
      @Nullable LogicalCall call,
      String target,
      AttemptOutcomes outcomes,
      GenAiMetrics metrics,
      StreamWatch watch,
      LongSupplier clock) {
    this.span = span;
    this.context = context;
    this.call = call;
    this.target = target;
    this.outcomes = outcomes;
    this.metrics = metrics;
    this.watch = watch;
    this.clock = clock;
    this.startNanos = clock.getAsLong();
  }

  Context context() {
    return context;
  }

  /** The head of the answer, or the failure to get one. Runs before the app sees either. */
  @Override
  public void accept(@Nullable GatewayResponse response, @Nullable Throwable failure) {
    if (call != null) {
      call.attempted(clock.getAsLong() - startNanos);
    }
    if (response == null) {
      finish(failure == null ? GenAiAttributes.OTHER : ErrorTypes.of(failure));
      return;
    }
    status = response.status();
    span.setAttribute(GenAiAttributes.HTTP_STATUS, (long) status);
    if (!response.protocol().isEmpty()) {
      span.setAttribute(GenAiAttributes.PROTOCOL_VERSION, response.protocol());
    }
    LiveBody flowing = response.body();
    if (call == null) {
      // Else the logical call is watched, and ends this with it.
      body = flowing;
      activeNanos = clock.getAsLong();
      watch.add(this);
    }
    flowing.tap(this);
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
    LiveBody flowing = body;
    if (flowing != null) {
      flowing.error(null);
    }
    finish(null);
  }

  @Override
  public void onEnd() {
    finish(null);
  }

  @Override
  public void onError(@Nullable Throwable cause) {
    finish(cause == null ? null : ErrorTypes.of(cause));
  }

  private void finish(@Nullable String failure) {
    if (call == null) {
      watch.remove(this);
    }
    if (!ENDED.compareAndSet(this, 0, 1)) {
      return;
    }
    try {
      String outcome = AttemptOutcomes.of(status, failure != null);
      metrics.attemptEnded(
          clock.getAsLong() - startNanos, outcomes.attributes(target, outcome), context);
      span.setAttribute(GenAiAttributes.ATTEMPT_OUTCOME, outcome);
      if (failure != null || status >= 400) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(
            GenAiAttributes.ERROR_TYPE, failure != null ? failure : Integer.toString(status));
      }
    } finally {
      span.end();
    }
  }
}
