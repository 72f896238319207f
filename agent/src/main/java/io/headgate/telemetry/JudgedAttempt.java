// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Attempt;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An attempt whose answer is judged before the app may see it. The verdict comes after the answer
 * has ended, so the span is finished later, with the time of the end: when the next attempt begins
 * or the call is over. What it used is measured with the call, since the arm is known only then.
 */
final class JudgedAttempt extends AttemptCall {

  private final LogicalCall call;
  private final URI uri;
  private @Nullable String failure;
  private long endNanos;

  /** Written after the other two; null until the answer has ended. */
  private volatile @Nullable Instant end;

  /**
   * @param uri where it was really sent
   */
  JudgedAttempt(
      Span span,
      Context context,
      LogicalCall call,
      Attempt attempt,
      URI uri,
      AttemptOutcomes outcomes,
      GenAiMetrics metrics,
      StreamWatch watch,
      LongSupplier clock) {
    super(span, context, call, attempt, outcomes, metrics, watch, clock);
    this.call = call;
    this.uri = uri;
  }

  @Override
  void over(@Nullable String failureType) {
    if (end != null) {
      return;
    }
    failure = failureType;
    endNanos = now();
    end = Instant.now();
    if (call.over()) {
      settle();
    }
  }

  /** By now it has been judged, if its answer has ended at all. */
  void settle() {
    Instant ended = end;
    if (ended != null) {
      finish(failure, endNanos, ended);
    }
  }

  /**
   * The call is over. Answers that are not the app's were closed before; one that was not has its
   * span when it is, but what it used is not known in time.
   */
  void callOver() {
    if (end != null) {
      settle();
      call.used(attempt(), uri);
    }
  }
}
