// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Cost;
import io.headgate.chat.Operation;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GenAiMetricsTest {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private TelemetryHarness harness;

  @BeforeEach
  void setUp() {
    harness = new TelemetryHarness(OTEL);
  }

  private static ResponseFacts facts(Usage usage, String... reasons) {
    return new ResponseFacts(
        null, "gpt-4o-mini-x", List.of(reasons), usage, null, null, null, Usage.UNKNOWN, true);
  }

  private void streamed() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.response = facts(Usage.builder().input(100).output(20).build(), "stop");
    harness.cost = new Cost(2_000_000, 0, 0, 0, 0, 0, Cost.Source.PROVIDER, "");
    harness.call(harness.answering(200)).join();
    harness.pass(500);
    harness.chunk("a");
    harness.pass(30);
    harness.chunk("b");
    harness.pass(30);
    harness.chunk("c");
    harness.body.end();
  }

  private static MetricData metric(String name) {
    Collection<MetricData> all = OTEL.getMetrics();
    return all.stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name + " in " + all));
  }

  private static HistogramPointData histogram(String name) {
    return metric(name).getHistogramData().getPoints().iterator().next();
  }

  private static Set<String> keys(HistogramPointData point) {
    return point.getAttributes().asMap().keySet().stream()
        .map(AttributeKey::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  void theDurationIsInSecondsInTheConventionsBuckets() {
    streamed();

    MetricData metric = metric("gen_ai.client.operation.duration");
    HistogramPointData point = metric.getHistogramData().getPoints().iterator().next();
    assertThat(metric.getUnit()).isEqualTo("s");
    assertThat(point.getSum()).isEqualTo(1.56);
    assertThat(point.getBoundaries())
        .containsExactly(
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    assertThat(keys(point))
        .containsExactlyInAnyOrder(
            "gen_ai.operation.name",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "gen_ai.response.model",
            "server.address",
            "server.port");
  }

  @Test
  void tokensAreCountedByType() {
    streamed();

    MetricData metric = metric("gen_ai.client.token.usage");
    assertThat(metric.getUnit()).isEqualTo("{token}");
    assertThat(metric.getHistogramData().getPoints())
        .hasSize(2)
        .allSatisfy(
            point -> {
              boolean input = "input".equals(point.getAttributes().get(GenAiAttributes.TOKEN_TYPE));
              assertThat(point.getSum()).isEqualTo(input ? 100 : 20);
              assertThat(point.getBoundaries())
                  .containsExactly(
                      1.0,
                      4.0,
                      16.0,
                      64.0,
                      256.0,
                      1024.0,
                      4096.0,
                      16384.0,
                      65536.0,
                      262144.0,
                      1048576.0,
                      4194304.0,
                      16777216.0,
                      67108864.0);
              assertThat(point.getAttributes().get(GenAiAttributes.ERROR_TYPE)).isNull();
            });
  }

  @Test
  void streamsAreTimedFromTheRequestAndBetweenChunks() {
    streamed();

    assertThat(histogram("gen_ai.client.operation.time_to_first_chunk").getSum()).isEqualTo(1.5);
    HistogramPointData between = histogram("gen_ai.client.operation.time_per_output_chunk");
    assertThat(between.getCount()).isEqualTo(2);
    assertThat(between.getSum()).isEqualTo(0.06);
  }

  @Test
  void anAnswerInOnePieceHasNoChunkTimes() {
    harness.call(harness.answering(200)).join();
    harness.chunk("a");
    harness.chunk("b");
    harness.body.end();

    assertThat(OTEL.getMetrics())
        .extracting(MetricData::getName)
        .doesNotContain(
            "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.client.operation.time_per_output_chunk",
            "gen_ai.client.token.usage");
  }

  @Test
  void moneyAddsUpBySource() {
    streamed();

    MetricData metric = metric("headgate.cost");
    assertThat(metric.getUnit()).isEqualTo("{USD}");
    assertThat(metric.getDoubleSumData().getPoints())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.getValue()).isEqualTo(0.002);
              assertThat(point.getAttributes().get(GenAiAttributes.COST_SOURCE))
                  .isEqualTo("provider");
            });
  }

  @Test
  void anUnknownPriceIsCountedNotZero() {
    harness.response = facts(Usage.builder().input(1).output(1).build());
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(metric("headgate.pricing.unknown").getLongSumData().getPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isOne());
    assertThat(OTEL.getMetrics()).extracting(MetricData::getName).doesNotContain("headgate.cost");
  }

  @Test
  void failuresCarryTheErrorType() {
    harness.call(sent -> CompletableFuture.failedFuture(new IOException("no")));

    assertThat(
            histogram("gen_ai.client.operation.duration")
                .getAttributes()
                .get(GenAiAttributes.ERROR_TYPE))
        .isEqualTo("java.io.IOException");
    assertThat(
            histogram("headgate.attempt.duration")
                .getAttributes()
                .get(GenAiAttributes.ATTEMPT_OUTCOME))
        .isEqualTo("failure");
  }

  @Test
  void callsInFlightComeBackToZero() {
    harness.call(harness.answering(200)).join();
    assertThat(inflight()).isOne();
    harness.body.end();
    assertThat(inflight()).isZero();
  }

  private static long inflight() {
    return metric("headgate.inflight").getLongSumData().getPoints().iterator().next().getValue();
  }

  @Test
  void unknownPathsAreCounted() {
    harness.endpoint =
        new Endpoint("openai", "openai", WireFormat.OTHER, Operation.UNKNOWN, null, false);
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(metric("headgate.requests.unknown").getLongSumData().getPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isOne());
  }

  @Test
  void ourOwnFaultsAreCountedByStage() {
    harness.metrics.internalError("meter");
    harness.metrics.configInvalid();

    assertThat(metric("headgate.internal.errors").getLongSumData().getPoints())
        .singleElement()
        .satisfies(
            point ->
                assertThat(point.getAttributes().get(GenAiAttributes.FAULT_STAGE))
                    .isEqualTo("meter"));
    assertThat(metric("headgate.config.invalid").getLongSumData().getPoints()).hasSize(1);
  }

  @Test
  void whatKeepsACallAliveIsCounted() {
    harness.metrics.attemptFailed("openai", "rate-limit");
    harness.metrics.retried("openai");
    harness.metrics.retryBudgetExhausted("azure");
    harness.metrics.fellBack();
    harness.metrics.breakerOpened("azure");
    harness.metrics.expressionFailed();

    assertThat(counted("headgate.attempt.failures"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("headgate.provider", "openai", "headgate.failure.kind", "rate-limit"));
    assertThat(counted("headgate.retries"))
        .containsExactly(Map.entry("headgate.provider", "openai"));
    assertThat(counted("headgate.retry.budget.exhausted"))
        .containsExactly(Map.entry("headgate.provider", "azure"));
    assertThat(counted("headgate.fallbacks")).isEmpty();
    assertThat(counted("headgate.breaker.opened"))
        .containsExactly(Map.entry("headgate.provider", "azure"));
    assertThat(counted("headgate.expression.failures")).isEmpty();
  }

  /** The attributes of the one point of a counter, which stands at one. */
  private static Map<String, Object> counted(String name) {
    Collection<LongPointData> points = metric(name).getLongSumData().getPoints();
    assertThat(points).singleElement().satisfies(point -> assertThat(point.getValue()).isOne());
    return points.iterator().next().getAttributes().asMap().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
  }

  @Test
  void inventedModelsFoldIntoOneAfterTwoHundred() {
    Folded models =
        new Folded((provider, model) -> provider.equals("openai") && model.startsWith("gpt-"), 200);
    for (int i = 0; i < 200; i++) {
      assertThat(models.fold("openai", "mine-" + i)).isEqualTo("mine-" + i);
    }
    assertThat(models.fold("openai", "mine-200")).isEqualTo("_OTHER");
    assertThat(models.fold("openai", "mine-7")).isEqualTo("mine-7");
    assertThat(models.fold("groq", "gpt-5")).isEqualTo("_OTHER");
    assertThat(models.fold("openai", "gpt-5")).isEqualTo("gpt-5");
    assertThat(models.fold("openai", "gpt-" + "x".repeat(200))).isEqualTo("_OTHER");
  }
}
