// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import io.headgate.telemetry.MetricAttributes.Sets;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import java.util.function.BiPredicate;
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
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> internalError(stage));
      return;
    }
    to.internalErrors.add(1, Attributes.of(GenAiAttributes.FAULT_STAGE, stage), Context.root());
  }

  /** Counts a configuration that was refused. */
  public void configInvalid() {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(this::configInvalid);
      return;
    }
    to.configInvalid.add(1, Attributes.empty(), Context.root());
  }

  /** Counts an answer that could not be read, so that nothing is known of what it used. */
  public void unparsedResponse(String provider) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> unparsedResponse(provider));
      return;
    }
    to.unparsedResponses.add(
        1, Attributes.of(GenAiAttributes.PROVIDER_NAME, provider), Context.root());
  }

  MetricAttributes attributes() {
    return attributes;
  }

  void unknownRequest(String provider) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> unknownRequest(provider));
      return;
    }
    to.unknownRequests.add(
        1, Attributes.of(GenAiAttributes.PROVIDER_NAME, provider), Context.root());
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

  /** A logical call ended. The context links the figures to the span, where the SDK wants to. */
  void ended(long nanos, Usage usage, @Nullable Cost price, Sets sets, Context context) {
    Instruments to = instruments;
    if (to == null) {
      startup.measure(() -> ended(nanos, usage, price, sets, context));
      return;
    }
    to.inflight.add(-1, sets.provider, context);
    to.duration.record(nanos / 1e9, sets.outcome, context);
    if (usage.input() >= 0) {
      to.tokens.record(usage.input(), sets.input(usage.estimated()), context);
    }
    if (usage.output() >= 0) {
      to.tokens.record(usage.output(), sets.output(usage.estimated()), context);
    }
    if (price != null) {
      if (price.total() > 0) {
        to.cost.add(Cost.usd(price.total()), sets.cost(price.source()), context);
      }
    } else if (!usage.isEmpty()) {
      to.pricingUnknown.add(1, sets.model, context);
    }
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
