// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import io.headgate.gateway.CacheResult;
import io.headgate.telemetry.MetricAttributes.Sets;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.context.Context;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is measured. Durations come in nanoseconds and are recorded in seconds. Safe for use by all
 * threads; what is measured before the SDK is there is recorded once it is.
 */
public final class GenAiMetrics {

  private final MetricAttributes attributes;
  private final Startup startup;

  /** Null until the SDK is there. */
  private volatile @Nullable Instruments instruments;

  /**
   * @param knownModel whether a provider, by its short name, has a known price for a model; other
   *     models are folded into one after the first 200
   */
  public GenAiMetrics(OpenTelemetry otel, BiPredicate<String, String> knownModel) {
    this.attributes = new MetricAttributes(knownModel);
    this.startup = Startup.of(otel);
    startup.run(this::build);
  }

  private void build() {
    try {
      instruments = new Instruments(startup.target());
    } catch (Throwable t) {
      instruments = new Instruments(OpenTelemetry.noop());
      throw t;
    }
  }

  /**
   * Counts a fault of our own.
   *
   * @param stage where, one of the few names that faults are reported under
   */
  public void internalError(String stage) {
    count(to -> to.internalErrors, Attributes.of(GenAiAttributes.FAULT_STAGE, stage));
  }

  /** Counts a configuration that was refused. */
  public void configInvalid() {
    count(to -> to.configInvalid, Attributes.empty());
  }

  /** Counts an answer that could not be read, so that nothing is known of what it used. */
  public void unparsedResponse(String provider) {
    count(to -> to.unparsedResponses, Attributes.of(GenAiAttributes.PROVIDER_NAME, provider));
  }

  /**
   * Counts an attempt whose answer was not good enough.
   *
   * @param provider its name in the configuration
   * @param kind why, one of the few kinds of failure in words
   */
  public void attemptFailed(String provider, String kind) {
    count(
        to -> to.attemptFailures,
        Attributes.of(GenAiAttributes.PROVIDER, provider, GenAiAttributes.FAILURE_KIND, kind));
  }

  /** Counts an attempt that repeats the one before it at the same target. */
  public void retried(String provider) {
    count(to -> to.retries, Attributes.of(GenAiAttributes.PROVIDER, provider));
  }

  /** Counts a retry that was due and not made, since too many had been made before it. */
  public void retryBudgetExhausted(String provider) {
    count(to -> to.retryBudgetExhausted, Attributes.of(GenAiAttributes.PROVIDER, provider));
  }

  /** Counts a step from one target of a fallback chain to a later one. */
  public void fellBack() {
    count(to -> to.fallbacks, Attributes.empty());
  }

  /** Counts a breaker that opened. */
  public void breakerOpened(String provider) {
    count(to -> to.breakerOpened, Attributes.of(GenAiAttributes.PROVIDER, provider));
  }

  /** Counts an expression of the configuration that could not be evaluated for a call. */
  public void expressionFailed() {
    count(to -> to.expressionFailures, Attributes.empty());
  }

  private void count(Function<Instruments, LongCounter> counter, Attributes with) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> count(counter, with));
      return;
    }
    counter.apply(to).add(1, with, Context.root());
  }

  MetricAttributes attributes() {
    return attributes;
  }

  void unknownRequest(String provider) {
    count(to -> to.unknownRequests, Attributes.of(GenAiAttributes.PROVIDER_NAME, provider));
  }

  void began(Sets sets) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> began(sets));
      return;
    }
    to.inflight.add(1, sets.provider, Context.root());
  }

  void chunk(long nanos, Sets sets) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> chunk(nanos, sets));
      return;
    }
    to.perChunk.record(nanos / 1e9, sets.plain, Context.root());
  }

  void firstChunk(long nanos, Sets sets, Context context) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> firstChunk(nanos, sets, context));
      return;
    }
    to.firstChunk.record(nanos / 1e9, sets.plain, context);
  }

  void overhead(long nanos) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> overhead(nanos));
      return;
    }
    to.overhead.record(nanos / 1e9, Attributes.empty(), Context.root());
  }

  /**
   * A logical call ended. The context links the figures to the span, where the SDK wants to.
   *
   * @param nanos how long it took; negative if another agent measures that
   */
  void ended(long nanos, Sets sets, Context context) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> ended(nanos, sets, context));
      return;
    }
    to.inflight.add(-1, sets.provider, context);
    if (nanos >= 0) {
      to.duration.record(nanos / 1e9, sets.outcome, context);
    }
  }

  /**
   * What one answer used.
   *
   * @param price what it cost; null if that is not known
   * @param tokens whether to count them; no if another agent does
   */
  void used(Usage usage, @Nullable Cost price, Sets sets, boolean tokens, Context context) {
    if (usage.isEmpty() && price == null) {
      return;
    }
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> used(usage, price, sets, tokens, context));
      return;
    }
    if (tokens && usage.input() >= 0) {
      to.tokens.record(usage.input(), sets.input(usage.estimated()), context);
    }
    if (tokens && usage.output() >= 0) {
      to.tokens.record(usage.output(), sets.output(usage.estimated()), context);
    }
    if (price != null) {
      if (price.total() > 0) {
        to.cost.add(Cost.usd(price.total()), sets.cost(price.source()), context);
      }
    } else {
      to.pricingUnknown.add(1, sets.model, context);
    }
  }

  /** What the cache did for a call, and what that saved. */
  void cached(CacheResult result, Sets sets, Context context) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> cached(result, sets, context));
      return;
    }
    Attributes status =
        sets.model.toBuilder()
            .put(CacheAttributes.STATUS, CacheAttributes.word(result.status()))
            .build();
    to.cacheRequests.add(1, status, context);
    Cost saved = result.saved();
    if (saved != null && saved.total() > 0) {
      to.costSaved.add(Cost.usd(saved.total()), sets.model, context);
    }
  }

  /**
   * A store had trouble.
   *
   * @param store {@code disk} or {@code redis}
   * @param what {@code read}, {@code write}, {@code damaged}, {@code dropped} or {@code timeout}
   */
  public void stateTrouble(String store, String what) {
    count(
        to -> to.stateErrors,
        Attributes.of(CacheAttributes.STORE, store, CacheAttributes.TROUBLE, what));
  }

  void attemptEnded(long nanos, Attributes targetAndOutcome, Context context) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> attemptEnded(nanos, targetAndOutcome, context));
      return;
    }
    to.attempts.add(1, targetAndOutcome, context);
    to.attemptDuration.record(nanos / 1e9, targetAndOutcome, context);
  }
}
