// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.FixedChain;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TelemetryCostTest {

  private static final int WARM_UP = 5_000;
  private static final int CALLS = 2_000;

  private final OpenTelemetrySdk otel =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder().addSpanProcessor(SpanProcessor.composite()).build())
          .setMeterProvider(
              SdkMeterProvider.builder()
                  .registerMetricReader(InMemoryMetricReader.create())
                  .build())
          .build();
  private final GenAiMetrics metrics = new GenAiMetrics(otel, (provider, model) -> true);
  private final StreamWatch watch =
      new StreamWatch(Duration.ofMinutes(5), System::nanoTime, (stage, fault) -> {});
  private final GenAiInterceptor logical =
      new GenAiInterceptor(otel, metrics, new ParentContext(false), watch, System::nanoTime);
  private final AttemptInterceptor attempts =
      new AttemptInterceptor(otel, metrics, false, watch, System::nanoTime);
  private final Endpoint endpoint =
      new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false);
  private final URI uri = URI.create("https://api.openai.com/v1/chat/completions");
  private final RequestFacts plain = TelemetryHarness.requestFacts("gpt-4o-mini");
  private final RequestFacts streamed = TelemetryHarness.streamed("gpt-4o-mini");

  @Test
  void aMeteredCallAllocatesLittle() {
    assertThat(bytesPerCall(plain, 1)).isLessThan(4_096);
  }

  @Test
  void aChunkOfAStreamAllocatesNothing() {
    double few = bytesPerCall(streamed, 2);
    double many = bytesPerCall(streamed, 102);
    // The view of the buffer that each tap is given: two taps.
    assertThat((many - few) / 100).isLessThan(2 * 64 + 16);
  }

  private double bytesPerCall(RequestFacts facts, int chunks) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    for (int i = 0; i < WARM_UP; i++) {
      call(facts, chunks);
    }
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      call(facts, chunks);
    }
    double bytes = (threads.getThreadAllocatedBytes(thread) - before) / (double) CALLS;
    assertThat(watch.watched()).isZero();
    return bytes;
  }

  private void call(RequestFacts facts, int chunks) {
    GatewayRequest request = new GatewayRequest("POST", uri, Headers.EMPTY, RequestBody.NONE);
    Exchange exchange =
        new Exchange(
            endpoint, request, facts, new Exchange.CallSite("test", null), System.nanoTime());
    LiveBody body = new LiveBody(fault -> {});
    ByteBuffer chunk = ByteBuffer.allocate(1);
    Chain upstream =
        FixedChain.of(
            exchange,
            next ->
                CompletableFuture.completedFuture(
                    new GatewayResponse(200, Headers.EMPTY, "1.1", body)));
    Chain outer = FixedChain.of(exchange, next -> attempts.intercept(upstream));
    logical.intercept(outer).toCompletableFuture().join();
    for (int i = 0; i < chunks; i++) {
      body.bytes(chunk);
    }
    body.end();
  }
}
