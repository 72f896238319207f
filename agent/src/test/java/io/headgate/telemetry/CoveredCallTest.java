// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Cost;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.GatewayResponse;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of which another agent tells already. */
class CoveredCallTest {

  private static final String THEIRS = "io.opentelemetry.openai-java-1.1";
  private static final String MODEL = "gpt-4o-mini";

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private TelemetryHarness harness;

  @BeforeEach
  void share() {
    harness = new TelemetryHarness(OTEL);
    harness.shared = true;
    harness.others = new OtherGenAi(Span::current);
  }

  @Test
  void theirSpanGetsWhatWeKnowAndThereIsNoOther() {
    harness.cost =
        new Cost(1_500_000, 1_000_000, 500_000, 0, 0, 0, Cost.Source.LOCAL, "2026-08-22");

    callUnder(THEIRS, "chat", 200);

    SpanData theirs = harness.span("theirs");
    assertThat(names()).containsExactlyInAnyOrder("theirs", "POST");
    assertThat(harness.span("POST").getParentSpanId()).isEqualTo(theirs.getSpanId());
    assertThat(theirs.getAttributes().get(GenAiAttributes.USAGE_COST)).isEqualTo(0.0015);
    assertThat(theirs.getAttributes().get(GenAiAttributes.ATTEMPT_COUNT)).isEqualTo(1);
    assertThat(metrics())
        .doesNotContain("gen_ai.client.operation.duration", "gen_ai.client.token.usage")
        .contains("headgate.cost", "headgate.attempts");
    assertThat(harness.faults).isEmpty();
  }

  @Test
  void howTheirCallEndedIsTheirsToSay() {
    callUnder(THEIRS, "chat", 500); // Their SDK will try again.

    SpanData theirs = harness.span("theirs");
    assertThat(theirs.getStatus().getStatusCode().name()).isEqualTo("UNSET");
    assertThat(theirs.getAttributes().get(GenAiAttributes.ERROR_TYPE)).isNull();
  }

  @Test
  void anotherOperationIsAnotherCall() {
    callUnder(THEIRS, "embeddings", 200);

    assertOwn();
  }

  @Test
  void anotherModelIsAnotherCall() {
    Span theirs = started(THEIRS, "chat");
    theirs.setAttribute(GenAiAttributes.REQUEST_MODEL, "gpt-4o");
    try (Scope current = theirs.makeCurrent()) {
      call(200);
    } finally {
      theirs.end();
    }
    assertOwn();
  }

  @Test
  void aCallThatIsOverIsAnotherOne() {
    Span theirs = started(THEIRS, "chat");
    theirs.end();
    try (Scope current = theirs.makeCurrent()) {
      call(200);
    }
    assertOwn();
  }

  @Test
  void whatInvokeModelDoesIsForTheModelToSay() {
    OtherGenAi.Described described = new OtherGenAi.Described("chat", "amazon.titan-embed-text-v2");
    assertThat(described.is("embeddings", "amazon.titan-embed-text-v2")).isTrue();
    assertThat(described.is("embeddings", "amazon.titan-text")).isFalse();
  }

  @Test
  void aSpanOfTheAppsOwnIsNotTheCalls() {
    callUnder("com.example.agent", "chat", 200);

    assertOwn();
  }

  @Test
  void aSpanThatIsNotOfAModelIsNotTheCalls() {
    callUnder(THEIRS, null, 200);

    assertOwn();
  }

  @Test
  void aSpanBelowTheirsHidesIt() {
    Span theirs = started(THEIRS, "chat");
    Span between = OTEL.getOpenTelemetry().getTracer("com.example").spanBuilder("app").startSpan();
    try (Scope outer = theirs.makeCurrent();
        Scope inner = between.makeCurrent()) {
      call(200);
    } finally {
      between.end();
      theirs.end();
    }
    assertThat(names()).contains("chat gpt-4o-mini");
  }

  @Test
  void aCallThatIsNotToBeLoggedLeavesTheirSpanAlone() {
    harness.first =
        exchange ->
            exchange.options(
                new CallOptions(false, null, 0, 0, -1, null, Map.of(), Map.of(), false));

    callUnder(THEIRS, "chat", 200);

    assertThat(names()).containsExactly("theirs");
    assertThat(harness.span("theirs").getAttributes().get(GenAiAttributes.ATTEMPT_COUNT)).isNull();
  }

  @Test
  void whatWasFoundWhereACallWasEnqueuedIsNotLost() {
    Span theirs = started(THEIRS, "chat");
    ParentContext parents = new ParentContext(true, harness.others);
    Object captured;
    try (Scope scope = theirs.makeCurrent()) {
      captured = parents.ofThread(null);
    }
    theirs.end();

    assertThat(captured).isInstanceOf(Context.class);
    assertThat(ParentContext.covered((Context) captured, "chat", MODEL)).isTrue();
    assertThat(ParentContext.covered((Context) captured, "chat", null)).isTrue();
    assertThat(ParentContext.covered((Context) captured, "chat", "gpt-4o")).isFalse();
    assertThat(ParentContext.covered((Context) captured, "embeddings", null)).isFalse();
  }

  @Test
  void spansThatCannotBeReadAreNobodys() {
    assertThat(new OtherGenAi(() -> "not a span").call()).isNull();
    assertThat(new OtherGenAi(Span::getInvalid).call()).isNull();
    assertThat(
            new OtherGenAi(
                    () -> {
                      throw new IllegalStateException("stopped");
                    })
                .call())
        .isNull();
    assertThat(OtherGenAi.ofAgent().call()).isNull();
  }

  private void assertOwn() {
    assertThat(names()).containsExactlyInAnyOrder("theirs", "chat gpt-4o-mini", "POST");
    assertThat(harness.span("chat gpt-4o-mini").getParentSpanId())
        .isEqualTo(harness.span("theirs").getSpanId());
    assertThat(metrics()).contains("gen_ai.client.operation.duration");
  }

  private void callUnder(String scope, String operation, int status) {
    Span span = started(scope, operation);
    try (Scope current = span.makeCurrent()) {
      call(status);
    } finally {
      span.end();
    }
  }

  private static Span started(String scope, String operation) {
    Span span =
        OTEL.getOpenTelemetry()
            .getTracer(scope)
            .spanBuilder("theirs")
            .setSpanKind(SpanKind.CLIENT)
            .startSpan();
    if (operation != null) {
      span.setAttribute(GenAiAttributes.OPERATION_NAME, operation);
      span.setAttribute(GenAiAttributes.REQUEST_MODEL, MODEL);
    }
    return span;
  }

  private void call(int status) {
    CompletableFuture<GatewayResponse> answer = harness.call(harness.answering(status));
    assertThat(answer).isCompleted();
    harness.body.end();
  }

  private static List<String> names() {
    return OTEL.getSpans().stream().map(SpanData::getName).toList();
  }

  private static List<String> metrics() {
    return OTEL.getMetrics().stream().map(metric -> metric.getName()).toList();
  }
}
