// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.gateway.Headers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StartupTest {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private final List<Throwable> faults = new ArrayList<>();
  private final Startup startup = new Startup((stage, fault) -> faults.add(fault));
  private final TelemetryHarness harness =
      new TelemetryHarness(OTEL, new LateOpenTelemetry(startup));

  @Test
  void callsMadeBeforeTheSdkIsThereAreToldOnceItIs() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.response = facts();
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    harness.call(harness.answering(200)).join();
    harness.chunk("data: 1\n\n");
    harness.body.end();
    Instant after = Instant.now();
    assertThat(OTEL.getSpans()).isEmpty();

    startup.complete(OTEL.getOpenTelemetry());

    SpanData logical = harness.span("chat gpt-4o-mini");
    SpanData attempt = harness.span("POST");
    assertThat(attempt.getParentSpanId()).isEqualTo(logical.getSpanId());
    assertThat(attempt.getTraceId()).isEqualTo(logical.getTraceId());
    assertThat(harness.clientSpansOnly()).isTrue();
    assertThat(logical.getStartEpochNanos()).isGreaterThanOrEqualTo(nanos(before));
    assertThat(logical.getEndEpochNanos())
        .isGreaterThanOrEqualTo(attempt.getEndEpochNanos())
        .isLessThanOrEqualTo(nanos(after));
    assertThat(logical.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("gen_ai.provider.name"), "openai")
        .containsEntry(AttributeKey.booleanKey("gen_ai.request.stream"), true)
        .containsEntry(AttributeKey.stringKey("headgate.stream.outcome"), "completed");
    assertThat(logical.getEvents()).hasSize(1);
    assertThat(OTEL.getMetrics())
        .extracting(MetricData::getName)
        .contains("gen_ai.client.operation.duration", "headgate.attempts", "headgate.inflight");
    assertThat(harness.faults).isEmpty();
    assertThat(faults).isEmpty();
  }

  @Test
  void aCallMayBeginBeforeTheSdkIsThereAndEndAfterwards() {
    harness.call(harness.answering(200)).join();
    startup.complete(OTEL.getOpenTelemetry());
    assertThat(OTEL.getSpans()).isEmpty();
    harness.body.end();

    assertThat(harness.span("POST").getParentSpanId())
        .isEqualTo(harness.span("chat gpt-4o-mini").getSpanId());
  }

  @Test
  void theCallJoinsTheTraceItsHeadersName() {
    harness.headers =
        Headers.ofFlat("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    harness.call(harness.answering(200)).join();
    harness.body.end();
    startup.complete(OTEL.getOpenTelemetry());

    assertThat(harness.span("POST").getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void callsAfterTheStartAreNotKept() {
    startup.complete(OTEL.getOpenTelemetry());
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(OTEL.getSpans()).hasSize(2);
  }

  @Test
  void whatIsKeptIsBounded() {
    for (int i = 0; i < 3_000; i++) {
      new LateOpenTelemetry(startup).getTracer("t").spanBuilder("s" + i).startSpan().end();
    }
    startup.complete(OTEL.getOpenTelemetry());

    assertThat(OTEL.getSpans()).hasSize(1_000);
  }

  @Test
  void anSdkThatCannotBeBuiltCostsTheAppNothing() {
    harness.call(harness.answering(200)).join();
    startup.complete(OpenTelemetry.noop());
    harness.body.end();

    assertThat(OTEL.getSpans()).isEmpty();
    assertThat(harness.faults).isEmpty();
    assertThat(faults).isEmpty();
  }

  private static ResponseFacts facts() {
    return new ResponseFacts(
        "chatcmpl-1",
        "gpt-4o-mini",
        List.of("stop"),
        Usage.builder().input(1).output(1).build(),
        null,
        null,
        null,
        Usage.UNKNOWN,
        true);
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
