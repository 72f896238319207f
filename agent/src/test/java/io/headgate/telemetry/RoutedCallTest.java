// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static io.headgate.telemetry.PulledUpstream.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Cost;
import io.headgate.chat.FailureKind;
import io.headgate.chat.Operation;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.ApiKey;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.Routing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoutedCallTest {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static final String CALL = "chat gpt-4o-mini";

  private TelemetryHarness harness;
  private PulledUpstream upstream;

  @BeforeEach
  void setUp() {
    harness = new TelemetryHarness(OTEL);
    upstream = new PulledUpstream(harness);
  }

  private Attempt openAi() {
    return new Attempt(
        harness.endpoint, harness.request, new ApiKey("blue", "sk-canary"), new Control(0));
  }

  private static Attempt anthropic() {
    return new Attempt(
        new Endpoint("anthropic", "anthropic", WireFormat.ANTHROPIC, Operation.CHAT, null, false),
        TelemetryHarness.requestFacts("claude-x"),
        null,
        new Control(0));
  }

  private static GatewayRequest toAnthropic(Chain chain) {
    return chain.request().withUri(URI.create("https://api.anthropic.com/v1/messages"));
  }

  private static ResponseFacts facts(String model, long input, long output) {
    Usage usage = Usage.builder().input(input).output(output).build();
    return new ResponseFacts(
        "id-" + model, model, List.of("stop"), usage, "default", null, null, -1, true);
  }

  private static Cost cost(long nano) {
    return new Cost(nano, nano, 0, 0, 0, 0, Cost.Source.LOCAL, "2026-11-01");
  }

  /** Openai's answer is read to its end, judged and thrown away; Anthropic's is the app's. */
  private GatewayResponse fallBack(int status, FailureKind verdict) {
    upstream.answering(status, "{}").answering(200, "{\"a\":", "1}");
    Attempt first = openAi();
    Attempt second = anthropic();
    harness.facts =
        attempt ->
            attempt == first ? facts("gpt-4o-mini-1", 10, 2) : facts("claude-x-2025", 100, 20);
    harness.costs = attempt -> attempt == first ? cost(1_000_000) : cost(2_000_000);
    harness.around =
        chain ->
            chain
                .proceed(chain.request(), first)
                .thenCompose(
                    answer -> {
                      drain(answer);
                      first.failure(verdict);
                      answer.content().close();
                      chain.exchange().routing(new Routing("chat", "new", 1, "fallback"));
                      return chain.proceed(toAnthropic(chain), second);
                    })
                .thenApply(RoutedCallTest::delivered);
    return harness.call(upstream).join();
  }

  /** What the app gets has a body of its own. */
  private static GatewayResponse delivered(GatewayResponse inner) {
    return GatewayResponse.of(
        inner.status(),
        inner.headers(),
        inner.protocol(),
        new Content(
            inner.content(),
            new LiveBody(
                fault -> {
                  throw new AssertionError(fault);
                })));
  }

  private List<SpanData> attempts() {
    return OTEL.getSpans().stream().filter(span -> span.getName().equals("POST")).toList();
  }

  @Test
  void theCallTellsWhatWasAskedAndWhatServedIt() {
    drain(fallBack(503, FailureKind.SERVER_ERROR));

    SpanData call = harness.span(CALL);
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(call.getAttributes().asMap())
        .containsEntry(key("gen_ai.provider.name"), "openai")
        .containsEntry(key("gen_ai.request.model"), "gpt-4o-mini")
        .containsEntry(key("server.address"), "api.openai.com")
        .containsEntry(key("gen_ai.response.model"), "claude-x-2025")
        .containsEntry(key("headgate.served.provider"), "anthropic")
        .containsEntry(key("headgate.served.model"), "claude-x")
        .containsEntry(key("headgate.route"), "chat")
        .containsEntry(key("headgate.arm"), "new")
        .containsEntry(number("headgate.step"), 1L)
        .containsEntry(key("headgate.reason"), "fallback")
        .containsEntry(number("headgate.attempt.count"), 2L)
        .containsEntry(number("gen_ai.usage.input_tokens"), 110L)
        .containsEntry(number("gen_ai.usage.output_tokens"), 22L)
        .containsEntry(AttributeKey.doubleKey("gen_ai.usage.cost"), 0.003)
        .doesNotContainKey(key("headgate.mode"))
        // Only OpenAI has these, and it is not OpenAI who answered.
        .doesNotContainKey(key("openai.response.service_tier"));
    assertThat(harness.faults).isEmpty();
  }

  @Test
  void eachAttemptTellsItsTargetAndTheVerdict() {
    drain(fallBack(503, FailureKind.SERVER_ERROR));

    assertThat(attempts()).hasSize(2);
    SpanData first = attempts().get(0);
    SpanData second = attempts().get(1);
    assertThat(first.getParentSpanId()).isEqualTo(harness.span(CALL).getSpanId());
    assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(first.getAttributes().asMap())
        .containsEntry(key("headgate.attempt.target"), "openai/gpt-4o-mini")
        .containsEntry(key("headgate.attempt.key"), "blue")
        .containsEntry(key("headgate.attempt.outcome"), "server-error")
        .containsEntry(key("error.type"), "503")
        .containsEntry(key("server.address"), "api.openai.com");
    assertThat(second.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(second.getAttributes().asMap())
        .containsEntry(key("headgate.attempt.target"), "anthropic/claude-x")
        .containsEntry(key("headgate.attempt.outcome"), "success")
        .containsEntry(number("headgate.attempt.number"), 2L)
        .containsEntry(key("server.address"), "api.anthropic.com")
        .doesNotContainKey(key("headgate.attempt.key"))
        .doesNotContainKey(key("error.type"));
    assertThat(OTEL.getSpans())
        .allSatisfy(span -> assertThat(span.toString()).doesNotContain("canary"));
  }

  @Test
  void aVerdictOnAWholeAnswerIsTheAttemptsErrorType() {
    drain(fallBack(200, FailureKind.EMPTY));

    assertThat(attempts().get(0).getAttributes().asMap())
        .containsEntry(number("http.response.status_code"), 200L)
        .containsEntry(key("headgate.attempt.outcome"), "empty")
        .containsEntry(key("error.type"), "empty");
  }

  @Test
  void anAnswerThrownAwayIsNoErrorIfNobodyFoundFault() {
    drain(fallBack(200, null));

    assertThat(attempts()).hasSize(2);
    assertThat(attempts().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attempts().get(0).getAttributes().get(key("headgate.attempt.outcome")))
        .isEqualTo("success");
    assertThat(upstream.given.get(0).closed).isPositive();
  }

  @Test
  void aFailureBeforeTheHeadIsNamedByItsKindToo() {
    upstream.failing(new IOException("canary")).failing(new IOException("canary"));
    Attempt first = openAi();
    Attempt second = openAi();
    harness.around =
        chain ->
            chain
                .proceed(chain.request(), first)
                .handle(
                    (answer, failure) -> {
                      first.failure(FailureKind.CONNECT);
                      return chain.proceed(chain.request(), second);
                    })
                .thenCompose(stage -> stage)
                .whenComplete(
                    (answer, failure) -> {
                      second.control().abort(new IOException("the time ran out"));
                      second.failure(FailureKind.TIMEOUT);
                    });
    CompletableFuture<GatewayResponse> stage = harness.call(upstream);

    assertThat(stage).isCompletedExceptionally();
    assertThat(attempts().get(0).getAttributes().asMap())
        .containsEntry(key("headgate.attempt.outcome"), "connect")
        .containsEntry(key("error.type"), "java.io.IOException");
    assertThat(attempts().get(1).getAttributes().asMap())
        .containsEntry(key("headgate.attempt.outcome"), "timeout")
        .containsEntry(key("error.type"), "timeout");
    assertThat(OTEL.getSpans()).hasSize(3);
  }

  private static GatewayResponse own(int status) {
    return GatewayResponse.of(
        status, Headers.EMPTY, "", Content.of("{}".getBytes(), new LiveBody(fault -> {})));
  }

  @Test
  void aCallThatIsDeniedHasASpanAndNoAttempt() {
    harness.around =
        chain -> {
          chain.exchange().routing(new Routing("teams", null, 0, "denied"));
          return CompletableFuture.completedFuture(own(403));
        };
    GatewayResponse response = harness.call(upstream).join();
    assertThat(OTEL.getSpans()).isEmpty();
    drain(response);

    assertThat(OTEL.getSpans()).hasSize(1);
    SpanData call = harness.span(CALL);
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(call.getAttributes().asMap())
        .containsEntry(key("error.type"), "403")
        .containsEntry(key("headgate.route"), "teams")
        .containsEntry(key("headgate.reason"), "denied")
        .doesNotContainKey(number("gen_ai.usage.input_tokens"))
        .doesNotContainKey(number("headgate.attempt.count"))
        .doesNotContainKey(key("headgate.served.provider"));
    assertThat(names()).doesNotContain("gen_ai.client.token.usage", "headgate.attempts");
    assertThat(points("gen_ai.client.operation.duration")).hasSize(1);
  }

  @Test
  void anAnswerOfOurOwnIsNotServedByTheAttemptBefore() {
    upstream.answering(429, "{}");
    Attempt first = openAi();
    harness.facts = attempt -> facts("gpt-4o-mini-1", 10, 2);
    harness.around =
        chain ->
            chain
                .proceed(chain.request(), first)
                .thenApply(
                    answer -> {
                      first.failure(FailureKind.RATE_LIMIT);
                      answer.content().close();
                      chain.exchange().routing(new Routing("chat", null, 1, "denied"));
                      return own(403);
                    });
    drain(harness.call(upstream).join());

    assertThat(harness.span(CALL).getAttributes().asMap())
        .containsEntry(key("error.type"), "403")
        .containsEntry(number("gen_ai.usage.input_tokens"), 10L)
        .doesNotContainKey(key("gen_ai.response.model"))
        .doesNotContainKey(key("headgate.served.provider"));
    assertThat(attempts())
        .singleElement()
        .satisfies(
            span ->
                assertThat(span.getAttributes().get(key("headgate.attempt.outcome")))
                    .isEqualTo("rate-limit"));
  }

  @Test
  void decisionsAreEventsInOrder() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("target", "openai/gpt-4o");
    details.put("reason", "x".repeat(300));
    harness.around =
        chain -> {
          chain.exchange().note(new Decision("route", Map.of("name", "chat")));
          chain.exchange().note(new Decision("skip", details));
          return chain.proceed(chain.request());
        };
    harness.call(harness.answering(200)).join();
    harness.body.end();

    List<EventData> events = harness.span(CALL).getEvents();
    assertThat(events)
        .extracting(EventData::getName)
        .containsExactly("headgate.route", "headgate.skip");
    assertThat(events.get(0).getAttributes().get(key("name"))).isEqualTo("chat");
    assertThat(events.get(1).getAttributes().get(key("reason"))).isEqualTo("x".repeat(256));
  }

  @Test
  void noMoreThan128EventsAreOnASpan() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.around =
        chain -> {
          for (int i = 0; i < 150; i++) {
            chain.exchange().note(new Decision("skip", Map.of("number", "" + i)));
          }
          return chain.proceed(chain.request());
        };
    harness.call(harness.answering(200)).join();
    harness.chunk("data: 1\n\n");
    harness.body.end();

    assertThat(harness.span(CALL).getEvents()).hasSize(128);
    assertThat(harness.span(CALL).getTotalRecordedEvents()).isEqualTo(128);
  }

  @Test
  void inShadowModeTheSpanSaysSo() {
    harness.around =
        chain -> {
          chain.exchange().routing(new Routing("chat", null, 0, "shadow"));
          return chain.proceed(chain.request());
        };
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(harness.span(CALL).getAttributes().asMap())
        .containsEntry(key("headgate.mode"), "shadow")
        .containsEntry(key("headgate.route"), "chat")
        .containsEntry(key("headgate.reason"), "shadow");
  }

  @Test
  void whoIsAskingIsOnTheSpan() {
    harness.around =
        chain -> {
          chain
              .exchange()
              .metadata(
                  Map.of(
                      "user", "\uD83D\uDE00".repeat(200), "vip", true, "seats", 7, "share", 0.5));
          return chain.proceed(chain.request());
        };
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(harness.span(CALL).getAttributes().asMap())
        .containsEntry(key("headgate.metadata.user"), "\uD83D\uDE00".repeat(128))
        .containsEntry(AttributeKey.booleanKey("headgate.metadata.vip"), true)
        .containsEntry(number("headgate.metadata.seats"), 7L)
        .containsEntry(AttributeKey.doubleKey("headgate.metadata.share"), 0.5)
        .doesNotContainKey(key("headgate.reason"));
  }

  @Test
  void aForgottenAnswerThatIsPulledGivesItsConnectionUp() {
    GatewayResponse response = fallBack(503, FailureKind.SERVER_ERROR);
    harness.pass(300_000);
    harness.watch.sweep();

    assertThat(upstream.given.get(1).closed).isPositive();
    assertThat(harness.span(CALL).hasEnded()).isTrue();
    assertThat(attempts()).hasSize(2);
    assertThat(harness.span(CALL).getAttributes().get(number("gen_ai.usage.input_tokens")))
        .isEqualTo(110);
    assertThat(harness.watch.watched()).isZero();
    response.abandon();
    assertThat(OTEL.getSpans()).hasSize(3);
  }

  @Test
  void anAttemptThatOutlivesTheCallIsToldOnce() {
    upstream.answering(200, "{}");
    Attempt first = openAi();
    GatewayResponse[] inner = new GatewayResponse[1];
    harness.around =
        chain ->
            chain
                .proceed(chain.request(), first)
                .thenApply(
                    answer -> {
                      inner[0] = answer;
                      return own(502);
                    });
    drain(harness.call(upstream).join());
    assertThat(attempts()).isEmpty();

    inner[0].abandon();
    inner[0].abandon();
    assertThat(attempts()).hasSize(1);
    assertThat(OTEL.getSpans()).hasSize(2);
  }

  @Test
  void whatWasUsedIsMeasuredUnderTheAttemptsOwnNames() {
    drain(fallBack(503, FailureKind.SERVER_ERROR));

    Collection<HistogramPointData> tokens = points("gen_ai.client.token.usage");
    assertThat(tokens)
        .hasSize(4)
        .allSatisfy(
            point -> {
              boolean anthropic =
                  "anthropic".equals(point.getAttributes().get(key("gen_ai.provider.name")));
              boolean input = "input".equals(point.getAttributes().get(key("gen_ai.token.type")));
              assertThat(point.getCount()).isOne();
              assertThat(point.getSum())
                  .isEqualTo(anthropic ? (input ? 100 : 20) : (input ? 10 : 2));
              assertThat(point.getAttributes().asMap())
                  .containsEntry(
                      key("gen_ai.request.model"), anthropic ? "claude-x" : "gpt-4o-mini")
                  .containsEntry(
                      key("server.address"), anthropic ? "api.anthropic.com" : "api.openai.com")
                  .containsEntry(key("headgate.route"), "chat")
                  .containsEntry(key("headgate.arm"), "new");
            });
    assertThat(metric("headgate.cost").getDoubleSumData().getPoints())
        .hasSize(2)
        .allSatisfy(
            point -> {
              boolean anthropic =
                  "anthropic".equals(point.getAttributes().get(key("gen_ai.provider.name")));
              assertThat(point.getValue()).isEqualTo(anthropic ? 0.002 : 0.001);
              assertThat(point.getAttributes().get(key("headgate.arm"))).isEqualTo("new");
            });
  }

  @Test
  void theCallIsTimedOnceUnderWhatWasAsked() {
    drain(fallBack(503, FailureKind.SERVER_ERROR));

    assertThat(points("gen_ai.client.operation.duration"))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.getCount()).isOne();
              assertThat(point.getSum()).isEqualTo(2.0);
              assertThat(point.getAttributes().asMap())
                  .containsEntry(key("gen_ai.provider.name"), "openai")
                  .containsEntry(key("gen_ai.request.model"), "gpt-4o-mini")
                  .containsEntry(key("gen_ai.response.model"), "claude-x-2025")
                  .containsEntry(key("headgate.route"), "chat")
                  .containsEntry(key("headgate.arm"), "new");
            });
    assertThat(points("headgate.attempt.duration"))
        .extracting(point -> point.getAttributes().get(key("headgate.attempt.target")))
        .containsExactlyInAnyOrder("openai", "anthropic");
  }

  @Test
  void waitingForAnswersThatAreJudgedIsNotOurOverhead() {
    drain(fallBack(503, FailureKind.SERVER_ERROR));

    assertThat(
            harness.span(CALL).getAttributes().get(AttributeKey.doubleKey("headgate.overhead_ms")))
        .isLessThan(1000);
  }

  @Test
  void chunksOfARoutedStreamAreMeasuredByRoute() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    drain(fallBack(503, FailureKind.SERVER_ERROR));

    for (String name :
        List.of(
            "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.client.operation.time_per_output_chunk")) {
      assertThat(points(name))
          .singleElement()
          .satisfies(
              point ->
                  assertThat(point.getAttributes().get(key("headgate.route"))).isEqualTo("chat"));
    }
  }

  private static MetricData metric(String name) {
    return OTEL.getMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Collection<HistogramPointData> points(String name) {
    return metric(name).getHistogramData().getPoints();
  }

  private static List<String> names() {
    return OTEL.getMetrics().stream().map(MetricData::getName).toList();
  }

  private static AttributeKey<String> key(String name) {
    return AttributeKey.stringKey(name);
  }

  private static AttributeKey<Long> number(String name) {
    return AttributeKey.longKey(name);
  }
}
