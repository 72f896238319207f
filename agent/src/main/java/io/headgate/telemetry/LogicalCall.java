// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.CacheResult;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayResponse;
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
  private final boolean own;
  private final Context context;
  private final GenAiMetrics metrics;
  private final StreamWatch watch;
  private final LongSupplier clock;
  private final boolean streaming;
  private final long startNanos;
  private final long beforeNanos;

  private Sets sets;
  private volatile @Nullable JudgedAttempts judged;
  private @Nullable GatewayResponse answer;
  private int status;
  private boolean seen;
  private long firstChunkNanos;
  private long upstreamNanos;
  private volatile long activeNanos;
  private volatile boolean abandoned;

  @SuppressWarnings("unused") // Through ENDED.
  private volatile int ended;

  /**
   * @param own whether the span is ours, to be ended; if not, it is another agent's for the same
   *     call, who says himself how the call ended, and measures how long it took and what it used
   * @param beforeNanos time spent on the call before this
   */
  LogicalCall(
      Exchange exchange,
      Span span,
      boolean own,
      Context parent,
      GenAiMetrics metrics,
      StreamWatch watch,
      LongSupplier clock,
      long startNanos,
      long beforeNanos) {
    this.exchange = exchange;
    this.span = span;
    this.own = own;
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

  /** The context with this call's span in it: the parent of its attempts. */
  Context context() {
    return context;
  }

  /** Whether the call has ended. */
  boolean over() {
    return ended != 0;
  }

  /** One more attempt begins whose answer is judged. */
  void began(JudgedAttempt attempt) {
    JudgedAttempts all = judged;
    if (all == null) {
      all = new JudgedAttempts(clock.getAsLong());
      judged = all;
    }
    all.began(attempt);
  }

  /**
   * Measures what one of several attempts used, under the names of its own target.
   *
   * @param uri where it was sent
   */
  void used(Attempt attempt, URI uri) {
    ResponseFacts facts = attempt.responseFacts();
    Sets sets =
        metrics
            .attributes()
            .of(attempt.endpoint(), attempt.model(), facts.model(), null, uri)
            .on(exchange.routing());
    metrics.used(facts.usage(), attempt.cost(), sets, own, context);
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
    answer = response;
    if (exchange.routing().route() != null) {
      // Decided after this had begun.
      sets = sets(null, null);
    }
    // Before the tap, so that whatever ends the call finds it there.
    watch.add(this);
    response.body().tap(this);
    // Of several attempts the first counts: then follow waits, and answers that are judged.
    JudgedAttempts several = judged;
    long ours = several == null ? now - upstreamNanos : several.firstNanos();
    long overhead = Math.max(0, beforeNanos + ours - startNanos);
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
    boolean cutOff = cutOff(Served.facts(exchange));
    finish(null, cutOff, cutOff ? "failed" : "completed");
  }

  /**
   * Whether an answer whose transport ended cleanly was a stream that had not come to its end. One
   * in a form nobody can read tells nothing of itself, so it is given the benefit of the doubt.
   */
  private boolean cutOff(ResponseFacts facts) {
    if (!streaming
        || status >= 400
        || facts.ended()
        || Served.endpoint(exchange).format() == WireFormat.OTHER) {
      return false;
    }
    return !seen || facts.begun();
  }

  @Override
  public void onError(@Nullable Throwable cause) {
    if (abandoned) {
      finish(null, false, "abandoned");
    } else if (cause != null) {
      finish(ErrorTypes.of(cause), true, "failed");
    } else {
      // Some SDKs close the stream at its last event without reading on to its end.
      ResponseFacts facts = Served.facts(exchange);
      finish(null, false, facts.ended() ? "completed" : "cancelled");
    }
  }

  @Override
  public long activeNanos() {
    return activeNanos;
  }

  /** The other taps learn of it too, and an answer that is pulled gives its connection up. */
  @Override
  public void abandon() {
    abandoned = true;
    GatewayResponse forgotten = answer;
    if (forgotten != null) {
      forgotten.abandon();
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
      ResponseFacts facts = Served.facts(exchange);
      Cost cost = exchange.cost();
      String error = failureType;
      if (error == null && (cutOff || status >= 400 || facts.errorType() != null)) {
        error = ErrorTypes.of(facts.errorType(), status);
      }
      Sets endSets = sets(facts.model(), error);
      metrics.ended(own ? nanos : -1, endSets, context);
      CacheResult cached = exchange.cache();
      if (cached != null) {
        metrics.cached(cached, endSets, context);
      }
      JudgedAttempts several = judged;
      if (several == null) {
        metrics.used(facts.usage(), cost, endSets, own, context);
      } else {
        several.callOver();
      }
      if (seen) {
        metrics.firstChunk(firstChunkNanos, endSets, context);
      }
      if (span.isRecording()) {
        describe(facts, cost, error, outcome, cutOff);
      }
    } finally {
      if (own) {
        span.end();
      }
    }
  }

  private void describe(
      ResponseFacts facts,
      @Nullable Cost cost,
      @Nullable String error,
      @Nullable String outcome,
      boolean cutOff) {
    if (error != null && own) {
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
    SpanAttributes.response(span, Served.endpoint(exchange), facts, exchange.usage(), cutOff);
    if (cost != null) {
      SpanAttributes.cost(span, cost);
    }
    CacheResult cached = exchange.cache();
    if (cached != null) {
      CacheAttributes.write(span, cached);
    }
    RoutingAttributes.write(span, exchange, seen ? 1 : 0);
  }

  private Sets sets(@Nullable String responseModel, @Nullable String error) {
    return metrics
        .attributes()
        .of(exchange.endpoint(), exchange.model(), responseModel, error, exchange.original().uri())
        .on(exchange.routing());
  }
}
