// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Config;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FrontDoorTest {

  /** The global one, so that the door takes it for another agent's. */
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private final FrontDoor door = new FrontDoor(new FaultLog(System::nanoTime, false));

  private void call() {
    call(null);
  }

  private void call(Object parent) {
    LiveBody body = new LiveBody(fault -> {});
    door.execute(
            new GatewayRequest(
                "GET",
                URI.create("https://api.openai.com/v1/models"),
                Headers.EMPTY,
                RequestBody.NONE),
            new Exchange.CallSite("test", null, parent),
            sent ->
                CompletableFuture.completedFuture(
                    new GatewayResponse(200, Headers.EMPTY, "1.1", body)))
        .toCompletableFuture()
        .join();
    body.end();
  }

  @Test
  void spanOfTheThreadThatMakesTheFirstCallIsFoundWithoutStartingAnything() {
    door.use(Config.OBSERVE_ONLY);
    Span span = OTEL.getOpenTelemetry().getTracer("app").spanBuilder("app").startSpan();
    Object captured;
    try (Scope scope = span.makeCurrent()) {
      assertThat(scope).isNotNull();
      captured = door.captureParent(null);
    } finally {
      span.end();
    }
    assertThat(door.started()).isFalse();

    call(captured);
    assertThat(OTEL.getSpans())
        .filteredOn(found -> !found.getName().equals("app"))
        .allSatisfy(
            found -> assertThat(found.getTraceId()).isEqualTo(span.getSpanContext().getTraceId()));
    assertThat(door.started()).isTrue();
  }

  @Test
  void configurationsRejectedBeforeTheFirstCallAreCounted() {
    door.use(Config.OBSERVE_ONLY);
    door.rejected();
    door.rejected();
    call();
    door.rejected();
    call();

    assertThat(OTEL.getSpans()).hasSize(2);
    assertThat(OTEL.getMetrics())
        .filteredOn(metric -> metric.getName().equals("headgate.config.invalid"))
        .singleElement()
        .satisfies(
            metric ->
                assertThat(metric.getLongSumData().getPoints())
                    .singleElement()
                    .satisfies(point -> assertThat(point.getValue()).isEqualTo(3)));
  }
}
