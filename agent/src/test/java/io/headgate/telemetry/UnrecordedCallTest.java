// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Endpoint;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnrecordedCallTest {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static final CallOptions UNLOGGED =
      new CallOptions(false, null, 0, 0, -1, null, Map.of(), Map.of(), false);

  private TelemetryHarness harness;

  @BeforeEach
  void setUp() {
    harness = new TelemetryHarness(OTEL);
    harness.first = exchange -> exchange.options(UNLOGGED);
  }

  @Test
  void onlyMetricsAreLeftOfIt() {
    harness.call(harness.answering(200)).join();
    harness.chunk("{}");
    harness.body.end();

    assertThat(OTEL.getSpans()).isEmpty();
    assertThat(OTEL.getMetrics())
        .extracting(MetricData::getName)
        .contains("gen_ai.client.operation.duration", "headgate.attempts");
    assertThat(harness.watch.watched()).isZero();
    assertThat(harness.faults).isEmpty();
  }

  @Test
  void aCallThatRunsNoModelIsNotRecordedEither() {
    harness.endpoint =
        new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.MODELS, null, false);
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(OTEL.getSpans()).isEmpty();
    assertThat(OTEL.getMetrics()).extracting(MetricData::getName).contains("headgate.attempts");
  }

  @Test
  void whatIsBelowItHasTheCallersSpanForItsParent() {
    harness.shared = true;
    Span callers = OTEL.getOpenTelemetry().getTracer("app").spanBuilder("app").startSpan();
    AtomicReference<SpanContext> below = new AtomicReference<>();
    try (var scope = callers.makeCurrent()) {
      harness
          .call(
              sent -> {
                below.set(Span.current().getSpanContext());
                return harness.answering(200).send(sent);
              })
          .join();
    }
    harness.body.end();
    assertThat(callers.isRecording()).isTrue();
    callers.end();

    assertThat(below.get()).isEqualTo(callers.getSpanContext());
    assertThat(OTEL.getSpans())
        .singleElement()
        .satisfies(span -> assertThat(span.getAttributes().isEmpty()).isTrue());
  }
}
