// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/**
 * All our instruments. Names, units and buckets of {@code gen_ai.*} are those of the OpenTelemetry
 * conventions 1.41; {@code headgate.*} are ours.
 */
final class Instruments {

  static final List<Double> DURATION_BUCKETS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  static final List<Long> TOKEN_BUCKETS =
      List.of(
          1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L,
          16777216L, 67108864L);
  static final List<Double> OVERHEAD_BUCKETS =
      List.of(0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1);

  final DoubleHistogram duration;
  final LongHistogram tokens;
  final DoubleHistogram firstChunk;
  final DoubleHistogram perChunk;
  final DoubleCounter cost;
  final DoubleCounter costSaved;
  final LongCounter cacheRequests;
  final LongCounter stateErrors;
  final LongCounter pricingUnknown;
  final LongCounter attempts;
  final DoubleHistogram attemptDuration;
  final LongCounter unknownRequests;
  final LongCounter unparsedResponses;
  final LongUpDownCounter inflight;
  final DoubleHistogram overhead;
  final LongCounter internalErrors;
  final LongCounter configInvalid;
  final LongCounter attemptFailures;
  final LongCounter retries;
  final LongCounter retryBudgetExhausted;
  final LongCounter fallbacks;
  final LongCounter breakerOpened;
  final LongCounter expressionFailures;

  Instruments(OpenTelemetry otel) {
    Meter meter = otel.getMeter(GenAiAttributes.SCOPE);
    duration =
        seconds(
            meter,
            "gen_ai.client.operation.duration",
            DURATION_BUCKETS,
            "GenAI operation duration");
    tokens =
        meter
            .histogramBuilder("gen_ai.client.token.usage")
            .ofLongs()
            .setUnit("{token}")
            .setDescription("Number of input and output tokens used")
            .setExplicitBucketBoundariesAdvice(TOKEN_BUCKETS)
            .build();
    firstChunk =
        seconds(
            meter,
            "gen_ai.client.operation.time_to_first_chunk",
            DURATION_BUCKETS,
            "Time from issuing a streamed request to the first chunk of its answer");
    perChunk =
        seconds(
            meter,
            "gen_ai.client.operation.time_per_output_chunk",
            DURATION_BUCKETS,
            "Time between chunks of a streamed answer, after the first");
    cost =
        meter
            .counterBuilder("headgate.cost")
            .ofDoubles()
            .setUnit("{USD}")
            .setDescription("What calls cost")
            .build();
    costSaved =
        meter
            .counterBuilder("headgate.cost.saved")
            .ofDoubles()
            .setUnit("{USD}")
            .setDescription("What the answers that came from the cache had cost")
            .build();
    cacheRequests =
        counter(
            meter, "headgate.cache.requests", "{request}", "Calls that the cache had a part in");
    stateErrors =
        counter(meter, "headgate.state.errors", "{error}", "Troubles with the store of the cache");
    pricingUnknown =
        counter(meter, "headgate.pricing.unknown", "{request}", "Calls whose price is not known");
    attempts = counter(meter, "headgate.attempts", "{attempt}", "Attempts to reach a provider");
    attemptDuration =
        seconds(
            meter,
            "headgate.attempt.duration",
            DURATION_BUCKETS,
            "Time from sending an attempt to the end of its answer");
    unparsedResponses =
        counter(
            meter, "headgate.responses.unparsed", "{response}", "Answers that could not be read");
    unknownRequests =
        counter(
            meter,
            "headgate.requests.unknown",
            "{request}",
            "Calls to paths that are not known, on hosts that are");
    inflight =
        meter
            .upDownCounterBuilder("headgate.inflight")
            .setUnit("{request}")
            .setDescription("Calls that have begun and not ended")
            .build();
    overhead =
        seconds(
            meter,
            "headgate.overhead.duration",
            OVERHEAD_BUCKETS,
            "Time added to a call before the head of its answer reached the app");
    internalErrors =
        counter(meter, "headgate.internal.errors", "{error}", "Faults of Headgate's own");
    configInvalid =
        counter(
            meter, "headgate.config.invalid", "{reload}", "Configurations that could not be used");
    attemptFailures =
        counter(
            meter,
            "headgate.attempt.failures",
            "{attempt}",
            "Attempts whose answer was not good enough");
    retries = counter(meter, "headgate.retries", "{attempt}", "Attempts that repeat another");
    retryBudgetExhausted =
        counter(
            meter,
            "headgate.retry.budget.exhausted",
            "{attempt}",
            "Retries not made because too many had been made");
    fallbacks =
        counter(meter, "headgate.fallbacks", "{step}", "Steps to a later target of a chain");
    breakerOpened =
        counter(meter, "headgate.breaker.opened", "{breaker}", "Circuit breakers that opened");
    expressionFailures =
        counter(
            meter,
            "headgate.expression.failures",
            "{expression}",
            "Expressions that could not be evaluated for a call");
  }

  private static DoubleHistogram seconds(
      Meter meter, String name, List<Double> buckets, String description) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(buckets)
        .build();
  }

  private static LongCounter counter(Meter meter, String name, String unit, String description) {
    return meter.counterBuilder(name).setUnit(unit).setDescription(description).build();
  }
}
