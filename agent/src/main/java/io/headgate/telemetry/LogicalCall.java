// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.LiveBody;
import io.headgate.telemetry.MetricAttributes.Sets;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One logical call: its span, its clock, and the tap that sees its answer end. One object is all of
 * these, since there is one per call. Ends exactly once, whoever comes first: the body, a failure
 * before it, or the watch over streams that nobody reads any more.
 */
final class LogicalCall implements BodyTap, BiConsumer<GatewayResponse, Throwable>, Watched {

  private static final AtomicIntegerFieldUpdater<LogicalCall> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(LogicalCall.class, "ended");

  private final Exchange exchange;
  private final Span span;
  private final Context context;
  private final GenAiMetrics metrics;
  private final StreamWatch watch;
  private final LongSupplier clock;
  private final Sets sets;
  private final boolean streaming;
  private final long startNanos;
  private final long beforeNanos;

  private @Nullable LiveBody body;
  private int status;
  private boolean seen;
  private long firstChunkNanos;
  private long upstreamNanos;
  private volatile long activeNanos;
  private volatile boolean abandoned;

  @SuppressWarnings("unused") // Through ENDED.
  private volatile int ended;

  /**
   * @param beforeNanos time spent on the call before this
   */
  LogicalCall(
      Exchange exchange,
      Span span,
      Context parent,
      GenAiMetrics metrics,
      StreamWatch watch,
      LongSupplier clock,
      long startNanos,
      long beforeNanos) {
    this.exchange = exchange;
    this.span = span;
    this.context = parent.with(span);
    this.metrics = metrics;
    this.watch = watch;
    this.clock = clock;
    this.startNanos = startNanos;
    this.beforeNanos = beforeNanos;
    this.streaming = exchange.requestFacts().stream() || exchange.endpoint().streaming();
    this.sets = sets(null, null);
    metrics.began(sets);
  }

  /** The model asked for, from the body or the path. */
  static @Nullable String requestModel(Exchange exchange) {
    RequestFacts facts = exchange.requestFacts();
    return facts.model() != null ? facts.model() : exchange.endpoint().model();
  }

  /** The context with this call's span in it: the parent of its attempts. */
  Context context() {
    return context;
  }

  /** Told by an attempt how long the provider had the call before it answered. */
  void attempted(long nanos) {
    upstreamNanos += nanos;
  }

  /** The head of the answer, or the failure to get one. Runs before the app sees either. */
  @Override
  public void accept(@Nullable GatewayResponse response, @Nullable Throwable failure) {
    if (response == null) {
      finish(failure == null ? null : ErrorTypes.of(failure), false, null);
      return;
    }
    status = response.status();
    long now = clock.getAsLong();
    activeNanos = now;
    LiveBody flowing = response.body();
    body = flowing;
    // Before the tap, so that whatever ends the call finds it there.
    watch.add(this);
    flowing.tap(this);
    long overhead = Math.max(0, beforeNanos + now - startNanos - upstreamNanos);
    metrics.overhead(overhead);
    span.setAttribute(GenAiAttributes.OVERHEAD_MS, overhead / 1e6);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    long now = clock.getAsLong();
    if (streaming && status < 400) {
      if (seen) {
        metrics.chunk(now - activeNanos, sets);
      } else {
        seen = true;
        firstChunkNanos = now - startNanos;
        span.addEvent(GenAiAttributes.FIRST_CHUNK_EVENT);
      }
    }
    activeNanos = now;
  }

  @Override
  public void onEnd() {
    boolean cutOff = cutOff(exchange.responseFacts());
    finish(null, cutOff, cutOff ? "failed" : "completed");
  }

  /**
   * Whether an answer whose transport ended cleanly was a stream that had not come to its end. One
   * in a form nobody can read tells nothing of itself, so it is given the benefit of the doubt.
   */
  private boolean cutOff(ResponseFacts facts) {
    if (!streaming
        || status >= 400
        || facts.parsed()
        || !facts.finishReasons().isEmpty()
        || exchange.endpoint().format() == WireFormat.OTHER) {
      return false;
    }
    return !seen || facts.id() != null || facts.model() != null || !facts.usage().isEmpty();
  }

  @Override
  public void onError(@Nullable Throwable cause) {
    if (abandoned) {
      finish(null, false, "abandoned");
    } else if (cause != null) {
      finish(ErrorTypes.of(cause), true, "failed");
    } else {
      // Some SDKs close the stream at its last event without reading on to its end.
      ResponseFacts facts = exchange.responseFacts();
      boolean whole = facts.parsed() || !facts.finishReasons().isEmpty();
      finish(null, false, whole ? "completed" : "cancelled");
    }
  }

  @Override
  public long activeNanos() {
    return activeNanos;
  }

  /** The other taps learn of it too. */
  @Override
  public void abandon() {
    abandoned = true;
    LiveBody flowing = body;
    if (flowing != null) {
      flowing.error(null);
    }
    // In case the body had ended without telling: a tap that fell out is told nothing more.
    finish(null, false, "abandoned");
  }

  /**
   * @param failureType what broke the call off; null if nothing did, or nothing is known of it
   * @param cutOff whether the answer broke off before it was complete
   * @param outcome what became of a streamed answer; null if there was none
   */
  private void finish(@Nullable String failureType, boolean cutOff, @Nullable String outcome) {
    watch.remove(this);
    if (!ENDED.compareAndSet(this, 0, 1)) {
      return;
    }
    try {
      long nanos = clock.getAsLong() - startNanos;
      ResponseFacts facts = exchange.responseFacts();
      Cost cost = exchange.cost();
      String error = failureType;
      if (error == null && (cutOff || status >= 400 || facts.errorType() != null)) {
        error = ErrorTypes.of(facts.errorType(), status);
      }
      Sets endSets = sets(facts.model(), error);
      metrics.ended(nanos, facts.usage(), cost, endSets, context);
      if (seen) {
        metrics.firstChunk(firstChunkNanos, endSets, context);
      }
      if (span.isRecording()) {
        describe(facts, cost, error, outcome, cutOff);
      }
    } finally {
      span.end();
    }
  }

  private void describe(
      ResponseFacts facts,
      @Nullable Cost cost,
      @Nullable String error,
      @Nullable String outcome,
      boolean cutOff) {
    if (error != null) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(GenAiAttributes.ERROR_TYPE, error);
    }
    if (outcome != null && streaming) {
      span.setAttribute(GenAiAttributes.STREAM_OUTCOME, outcome);
    }
    if (seen) {
      span.setAttribute(GenAiAttributes.RESPONSE_TIME_TO_FIRST_CHUNK, firstChunkNanos / 1e9);
    }
    if (exchange.attempts() > 0) {
      span.setAttribute(GenAiAttributes.ATTEMPT_COUNT, (long) exchange.attempts());
    }
    SpanAttributes.response(span, exchange.endpoint(), facts, cutOff);
    if (cost != null) {
      SpanAttributes.cost(span, cost);
    }
  }

  private Sets sets(@Nullable String responseModel, @Nullable String error) {
    URI uri = exchange.original().uri();
    return metrics
        .attributes()
        .of(
            exchange.endpoint().provider(),
            exchange.endpoint().operation().text(),
            exchange.endpoint().telemetryName(),
            requestModel(exchange),
            responseModel,
            error,
            Server.address(uri),
            Server.port(uri));
  }
}
