// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpSinkTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private OtlpSink sink;

  @BeforeEach
  void start() throws IOException {
    sink = OtlpSink.start();
  }

  @AfterEach
  void stop() {
    sink.close();
  }

  @Test
  void spanArrivesWithAllItCarries() throws Exception {
    assertThat(post(sink, "/v1/traces", traces(), false)).isEqualTo(200);

    SpanRecord span = sink.awaitSpans(1, SOON).get(0);
    assertThat(span.name()).isEqualTo("chat gpt-4o-mini");
    assertThat(span.kind()).isEqualTo("CLIENT");
    assertThat(span.traceId()).isEqualTo("000102030405060708090a0b0c0d0eff");
    assertThat(span.spanId()).isEqualTo("00000000000000a1");
    assertThat(span.parentSpanId()).isEmpty();
    assertThat(span.status()).isEqualTo("ERROR");
    assertThat(span.scope()).isEqualTo("io.headgate");
    assertThat(span.resource()).containsEntry("service.name", "shop");
    assertThat(span.number("gen_ai.usage.input_tokens")).isEqualTo(21);
    assertThat(span.decimal("gen_ai.usage.cost")).isEqualTo(0.25);
    assertThat(span.attribute("gen_ai.request.stream")).isEqualTo(true);
    assertThat(span.attribute("gen_ai.response.finish_reasons")).isEqualTo(List.of("stop"));
    assertThat(span.number("absent")).isEqualTo(-1);
    assertThat(span.events()).extracting(SpanRecord.Event::name).containsExactly("first");
    assertThat(span.durationMillis()).isEqualTo(2.0);
  }

  @Test
  void gzippedMessageIsTheSameMessage() throws Exception {
    assertThat(post(sink, "/v1/traces", traces(), true)).isEqualTo(200);

    assertThat(sink.spans()).extracting(SpanRecord::name).containsExactly("chat gpt-4o-mini");
  }

  @Test
  void histogramArrivesWithItsBuckets() throws Exception {
    post(sink, "/v1/metrics", metrics(), true);

    MetricPoint point = sink.awaitMetric("gen_ai.client.token.usage", SOON).get(0);
    assertThat(point.unit()).isEqualTo("{token}");
    assertThat(point.count()).isEqualTo(3);
    assertThat(point.sum()).isEqualTo(42);
    assertThat(point.bounds()).containsExactly(1.0, 4.0);
    assertThat(point.buckets()).containsExactly(0L, 1L, 2L);
    assertThat(point.attributes()).containsEntry("gen_ai.token.type", "input");
  }

  @Test
  void collectorGetsTheSameBytes() throws Exception {
    try (OtlpSink front = OtlpSink.start(URI.create(sink.endpoint() + "/"))) {
      post(front, "/v1/traces", traces(), true);

      // Confirmed only after both had it, so there is nothing to wait for.
      assertThat(front.forwarded()).isEqualTo(1);
      assertThat(sink.spans()).isEqualTo(front.spans()).hasSize(1);
    }
  }

  @Test
  void nonsenseIsRefused() throws Exception {
    assertThat(post(sink, "/v1/traces", "no protobuf".getBytes(), false)).isEqualTo(400);
    assertThat(post(sink, "/v1/logs", traces(), false)).isEqualTo(404);
    assertThat(sink.spans()).isEmpty();
  }

  @Test
  void waitingEndsWhenTheTimeIsOver() {
    assertThat(sink.awaitSpans(1, Duration.ofMillis(1))).isEmpty();
  }

  private int post(OtlpSink to, String path, byte[] message, boolean gzip) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(to.endpoint() + path))
            .header("content-type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(gzip ? gzip(message) : message));
    if (gzip) {
      request.header("content-encoding", "gzip");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] traces() {
    Span.Builder span =
        Span.newBuilder()
            .setName("chat gpt-4o-mini")
            .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
            .setTraceId(
                ByteString.copyFrom(
                    new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, -1}))
            .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) 0xa1}))
            .setStartTimeUnixNano(1_000_000)
            .setEndTimeUnixNano(3_000_000)
            .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
            .addEvents(Span.Event.newBuilder().setName("first").setTimeUnixNano(5))
            .addAttributes(with("gen_ai.usage.input_tokens", AnyValue.newBuilder().setIntValue(21)))
            .addAttributes(with("gen_ai.usage.cost", AnyValue.newBuilder().setDoubleValue(0.25)))
            .addAttributes(with("gen_ai.request.stream", AnyValue.newBuilder().setBoolValue(true)))
            .addAttributes(
                with(
                    "gen_ai.response.finish_reasons",
                    AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder().addValues(text("stop")))));
    ScopeSpans.Builder scope = ScopeSpans.newBuilder().addSpans(span);
    scope.getScopeBuilder().setName("io.headgate");
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder().addAttributes(with("service.name", text("shop"))))
                .addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static byte[] metrics() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setCount(3)
            .setSum(42)
            .addAllExplicitBounds(List.of(1.0, 4.0))
            .addAllBucketCounts(List.of(0L, 1L, 2L))
            .addAttributes(with("gen_ai.token.type", text("input")));
    Metric.Builder metric =
        Metric.newBuilder()
            .setName("gen_ai.client.token.usage")
            .setUnit("{token}")
            .setHistogram(Histogram.newBuilder().addDataPoints(point));
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build()
        .toByteArray();
  }

  private static KeyValue with(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue.Builder text(String text) {
    return AnyValue.newBuilder().setStringValue(text);
  }
}
