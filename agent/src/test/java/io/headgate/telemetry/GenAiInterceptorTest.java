// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.Cost;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GenAiInterceptorTest {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private TelemetryHarness harness;

  @BeforeEach
  void setUp() {
    harness = new TelemetryHarness(OTEL);
  }

  private static ResponseFacts facts(Usage usage, String... finishReasons) {
    return new ResponseFacts(
        "chatcmpl-1",
        "gpt-4o-mini-2024-07-18",
        List.of(finishReasons),
        usage,
        "default",
        "fp_1",
        null,
        Usage.UNKNOWN,
        true);
  }

  private static Usage usage() {
    return Usage.builder()
        .input(100)
        .cacheRead(30)
        .cacheWrite(5)
        .cacheWriteHour(2)
        .output(20)
        .reasoning(8)
        .build();
  }

  @Test
  void oneCallIsALogicalSpanWithAnHttpChild() {
    harness.response = facts(usage(), "stop");
    harness.call(harness.answering(200)).join();
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    SpanData attempt = harness.span("POST");
    assertThat(harness.clientSpansOnly()).isTrue();
    assertThat(attempt.getParentSpanId()).isEqualTo(logical.getSpanId());
    assertThat(attempt.getTraceId()).isEqualTo(logical.getTraceId());
    assertThat(logical.getParentSpanContext().isValid()).isFalse();
    assertThat(logical.getInstrumentationScopeInfo().getName()).isEqualTo("io.headgate");
    assertThat(logical.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(harness.faults).isEmpty();
  }

  @Test
  void theLogicalSpanTellsRequestAndAnswer() {
    RequestFacts.Builder request = RequestFacts.builder();
    request.model = "gpt-4o-mini";
    request.temperature = 0.5;
    request.topP = 0.9;
    request.topK = 40.0;
    request.maxTokens = 256L;
    request.seed = 7L;
    request.choiceCount = 2L;
    request.stopSequences = List.of("END");
    request.outputType = "json";
    request.serviceTier = "flex";
    request.reasoningLevel = "low";
    harness.request = request.build();
    harness.response = facts(usage(), "stop", "length");
    harness.cost =
        new Cost(1_500_000, 900_000, 500_000, 100_000, 0, 0, Cost.Source.LOCAL, "2026-11-01");
    harness.call(harness.answering(200)).join();
    harness.body.end();

    Attributes attributes = harness.span("chat gpt-4o-mini").getAttributes();
    assertThat(attributes.asMap())
        .containsEntry(key("gen_ai.operation.name"), "chat")
        .containsEntry(key("gen_ai.provider.name"), "openai")
        .containsEntry(key("gen_ai.request.model"), "gpt-4o-mini")
        .containsEntry(key("server.address"), "api.openai.com")
        .containsEntry(AttributeKey.longKey("server.port"), 443L)
        .containsEntry(AttributeKey.doubleKey("gen_ai.request.temperature"), 0.5)
        .containsEntry(AttributeKey.doubleKey("gen_ai.request.top_p"), 0.9)
        .containsEntry(AttributeKey.doubleKey("gen_ai.request.top_k"), 40.0)
        .containsEntry(AttributeKey.longKey("gen_ai.request.max_tokens"), 256L)
        .containsEntry(AttributeKey.longKey("gen_ai.request.seed"), 7L)
        .containsEntry(AttributeKey.longKey("gen_ai.request.choice.count"), 2L)
        .containsEntry(AttributeKey.stringArrayKey("gen_ai.request.stop_sequences"), List.of("END"))
        .containsEntry(key("gen_ai.output.type"), "json")
        .containsEntry(key("gen_ai.request.reasoning.level"), "low")
        .containsEntry(key("openai.api.type"), "chat_completions")
        .containsEntry(key("openai.request.service_tier"), "flex")
        .containsEntry(key("openai.response.service_tier"), "default")
        .containsEntry(key("openai.response.system_fingerprint"), "fp_1")
        .containsEntry(key("gen_ai.response.id"), "chatcmpl-1")
        .containsEntry(key("gen_ai.response.model"), "gpt-4o-mini-2024-07-18")
        .containsEntry(
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"),
            List.of("stop", "length"))
        .containsEntry(AttributeKey.longKey("gen_ai.usage.input_tokens"), 100L)
        .containsEntry(AttributeKey.longKey("gen_ai.usage.output_tokens"), 20L)
        .containsEntry(AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens"), 30L)
        .containsEntry(AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens"), 7L)
        .containsEntry(AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens"), 8L)
        .containsEntry(AttributeKey.doubleKey("gen_ai.usage.cost"), 0.0015)
        .containsEntry(AttributeKey.doubleKey("headgate.cost.input"), 0.0009)
        .containsEntry(AttributeKey.doubleKey("headgate.cost.output"), 0.0005)
        .containsEntry(AttributeKey.doubleKey("headgate.cost.cache_read"), 0.0001)
        .containsEntry(key("headgate.cost.currency"), "USD")
        .containsEntry(key("headgate.cost.source"), "local")
        .containsEntry(key("headgate.cost.price_date"), "2026-11-01")
        .containsEntry(AttributeKey.longKey("headgate.attempt.count"), 1L)
        .doesNotContainKey(AttributeKey.booleanKey("gen_ai.request.stream"))
        .doesNotContainKey(AttributeKey.doubleKey("headgate.cost.cache_write"))
        .doesNotContainKey(AttributeKey.booleanKey("headgate.usage.estimated"))
        .doesNotContainKey(AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk"));
  }

  @Test
  void whatIsNotKnownIsNotWritten() {
    harness.call(harness.answering(200)).join();
    harness.body.end();

    List<String> keys =
        harness.span("chat gpt-4o-mini").getAttributes().asMap().keySet().stream()
            .map(AttributeKey::getKey)
            .toList();
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "gen_ai.operation.name",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "server.address",
            "server.port",
            "openai.api.type",
            "headgate.attempt.count",
            "headgate.overhead_ms");
  }

  @Test
  void theSpanEndsWithTheBodyNotWithTheHead() {
    harness.call(harness.answering(200)).join();
    assertThat(OTEL.getSpans()).isEmpty();
    assertThat(harness.watch.watched()).isOne();

    harness.body.end();
    assertThat(OTEL.getSpans()).hasSize(2);
    assertThat(harness.watch.watched()).isZero();
  }

  @Test
  void aStreamTellsItsFirstChunk() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.response = facts(usage(), "stop");
    harness.call(harness.answering(200)).join();
    harness.pass(500);
    harness.chunk("data: 1\n\n");
    harness.pass(40);
    harness.chunk("data: 2\n\n");
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getAttributes().asMap())
        .containsEntry(AttributeKey.booleanKey("gen_ai.request.stream"), true)
        .containsEntry(AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk"), 1.5)
        .containsEntry(key("headgate.stream.outcome"), "completed");
    assertThat(logical.getEvents())
        .singleElement()
        .satisfies(event -> assertThat(event.getName()).isEqualTo("headgate.stream.first_chunk"));
  }

  @Test
  void theProvidersErrorCodeBeatsTheStatus() {
    harness.response =
        new ResponseFacts(
            null,
            null,
            List.of(),
            Usage.builder().build(),
            null,
            null,
            "rate_limit_exceeded",
            Usage.UNKNOWN,
            true);
    harness.call(harness.answering(429)).join();
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(logical.getAttributes().get(key("error.type"))).isEqualTo("rate_limit_exceeded");
  }

  @Test
  void aStatusStandsWhereTheProviderSaysNothingUsable() {
    harness.response =
        new ResponseFacts(
            null,
            null,
            List.of(),
            Usage.builder().build(),
            null,
            null,
            "the key sk-canary is wrong",
            Usage.UNKNOWN,
            true);
    harness.call(harness.answering(401)).join();
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getAttributes().get(key("error.type"))).isEqualTo("401");
  }

  @Test
  void aFailureBeforeTheHeadEndsBothSpansAndReachesTheApp() {
    IOException failure = new IOException("canary-message");
    CompletableFuture<?> stage = harness.call(sent -> CompletableFuture.failedFuture(failure));

    assertThatThrownBy(stage::join).hasCause(failure);
    assertThat(OTEL.getSpans())
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.getAttributes().get(key("error.type")))
                  .isEqualTo("java.io.IOException");
              assertThat(span.toString()).doesNotContain("canary");
            });
    assertThat(harness.faults).isEmpty();
  }

  @Test
  void aBrokenStreamIsAnErrorWithFinishReasonError() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.call(harness.answering(200)).join();
    harness.chunk("data: 1\n\n");
    harness.body.error(new IOException("reset"));

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(logical.getAttributes().asMap())
        .containsEntry(key("error.type"), "java.io.IOException")
        .containsEntry(key("headgate.stream.outcome"), "failed")
        .containsEntry(
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of("error"));
  }

  @Test
  void aStreamTheAppClosesEarlyIsCancelledAndNoError() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.call(harness.answering(200)).join();
    harness.chunk("data: 1\n\n");
    harness.body.error(null);

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(logical.getAttributes().get(key("headgate.stream.outcome"))).isEqualTo("cancelled");
  }

  @Test
  void aStreamClosedAfterItsLastEventIsComplete() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.response = facts(usage(), "stop");
    harness.call(harness.answering(200)).join();
    harness.chunk("data: [DONE]\n\n");
    harness.body.error(null);

    assertThat(harness.span("chat gpt-4o-mini").getAttributes().get(key("headgate.stream.outcome")))
        .isEqualTo("completed");
  }

  @Test
  void aStreamThatEndsWithoutItsLastEventHasFailed() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.response = unfinished("chatcmpl-1");
    harness.call(harness.answering(200)).join();
    harness.chunk("data: 1\n\n");
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(logical.getAttributes().asMap())
        .containsEntry(key("error.type"), "_OTHER")
        .containsEntry(key("headgate.stream.outcome"), "failed")
        .containsEntry(
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of("error"));
  }

  @Test
  void aStreamThatEndsBeforeItsFirstByteHasFailed() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(harness.span("chat gpt-4o-mini").getAttributes().get(key("headgate.stream.outcome")))
        .isEqualTo("failed");
  }

  @Test
  void aStreamThatNobodyCanReadIsTakenForComplete() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.call(harness.answering(200)).join();
    harness.chunk("not to be decoded");
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(logical.getAttributes().get(key("headgate.stream.outcome"))).isEqualTo("completed");
  }

  @Test
  void onlyStreamsHaveAnOutcome() {
    harness.response = unfinished("chatcmpl-1");
    harness.call(harness.answering(200)).join();
    harness.chunk("{");
    harness.body.error(null);

    assertThat(harness.span("chat gpt-4o-mini").getAttributes().asMap())
        .doesNotContainKey(key("headgate.stream.outcome"));
  }

  private static ResponseFacts unfinished(String id) {
    return new ResponseFacts(
        id, null, List.of(), Usage.builder().build(), null, null, null, Usage.UNKNOWN, false);
  }

  @Test
  void aForgottenAnswerOfACallThatRunsNoModelEndsToo() {
    harness.endpoint =
        new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.MODELS, null, false);
    harness.call(harness.answering(200)).join();
    harness.pass(200_000);
    harness.chunk("{");
    harness.pass(200_000);
    harness.watch.sweep();
    assertThat(OTEL.getSpans()).isEmpty();

    harness.pass(100_000);
    harness.watch.sweep();
    assertThat(harness.span("POST").hasEnded()).isTrue();
    assertThat(harness.watch.watched()).isZero();
  }

  @Test
  void aForgottenAnswerKeepsNeitherTheQuestionNorTheAppsLoader() {
    harness.loader = new ClassLoader(null) {};
    harness.call(harness.answering(200)).join();

    assertThat(harness.exchange.original().body().bytes()).isEmpty();
    assertThat(harness.exchange.callSite().loader()).isNull();
    assertThat(harness.exchange.callSite().client()).isEqualTo("test");
  }

  @Test
  void aForgottenStreamEndsAfterTheIdleLimit() {
    harness.request = TelemetryHarness.streamed("gpt-4o-mini");
    harness.response = facts(Usage.builder().input(9).output(1).estimated(true).build());
    harness.call(harness.answering(200)).join();
    harness.chunk("data: 1\n\n");
    harness.pass(299_999);
    harness.watch.sweep();
    assertThat(OTEL.getSpans()).isEmpty();

    harness.pass(1);
    harness.watch.sweep();
    harness.chunk("data: late\n\n");
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getAttributes().asMap())
        .containsEntry(key("headgate.stream.outcome"), "abandoned")
        .containsEntry(AttributeKey.booleanKey("headgate.usage.estimated"), true)
        .containsEntry(AttributeKey.longKey("gen_ai.usage.input_tokens"), 9L);
    assertThat(harness.watch.watched()).isZero();
    assertThat(harness.faults).isEmpty();
  }

  @Test
  void theModelMayStandInThePath() {
    harness.endpoint =
        new Endpoint(
            "gemini", "gcp.gemini", WireFormat.GEMINI, Operation.CHAT, "gemini-2.5-pro", true);
    harness.request = RequestFacts.NONE;
    harness.uri = "https://generativelanguage.googleapis.com/v1beta/models/x?key=canary";
    harness.call(harness.answering(200)).join();
    harness.body.end();

    assertThat(harness.span("chat gemini-2.5-pro").getAttributes().asMap())
        .containsEntry(key("gen_ai.provider.name"), "gcp.gemini")
        .containsEntry(AttributeKey.booleanKey("gen_ai.request.stream"), true)
        .doesNotContainKey(key("openai.api.type"));
  }

  @Test
  void aCallThatRunsNoModelHasOnlyItsHttpSpan() {
    for (Operation operation : List.of(Operation.MODELS, Operation.FILES, Operation.UNKNOWN)) {
      OTEL.clearSpans();
      harness = new TelemetryHarness(OTEL);
      harness.endpoint =
          new Endpoint("openai", "openai", WireFormat.OPENAI, operation, null, false);
      harness.call(harness.answering(200)).join();
      harness.body.end();

      assertThat(OTEL.getSpans())
          .singleElement()
          .satisfies(span -> assertThat(span.getName()).isEqualTo("POST"))
          .satisfies(GenAiInterceptorTest::hasNoGenAi);
    }
  }

  @Test
  void attemptsCountUpAndCarryNoGenAi() {
    harness.between =
        chain ->
            chain
                .proceed(chain.request())
                .thenCompose(
                    first -> {
                      first.body().end();
                      return chain.proceed(
                          chain.request().withUri(URI.create("http://127.0.0.1:9/v1")));
                    });
    harness
        .call(
            sent ->
                CompletableFuture.completedFuture(
                    new GatewayResponse(
                        sent.uri().getPort() == 9 ? 200 : 429,
                        Headers.EMPTY,
                        "2",
                        new LiveBody(harness.faults::add))))
        .join()
        .body()
        .end();

    List<SpanData> attempts =
        OTEL.getSpans().stream().filter(span -> span.getName().equals("POST")).toList();
    assertThat(attempts).hasSize(2).allSatisfy(GenAiInterceptorTest::hasNoGenAi);
    assertThat(attempts.get(0).getAttributes().asMap())
        .containsEntry(AttributeKey.longKey("http.response.status_code"), 429L)
        .containsEntry(key("error.type"), "429")
        .containsEntry(key("headgate.attempt.outcome"), "rate_limited")
        .doesNotContainKey(AttributeKey.longKey("http.request.resend_count"));
    assertThat(attempts.get(1).getAttributes().asMap())
        .containsEntry(key("http.request.method"), "POST")
        .containsEntry(key("url.full"), "http://127.0.0.1:9/v1")
        .containsEntry(key("server.address"), "127.0.0.1")
        .containsEntry(AttributeKey.longKey("server.port"), 9L)
        .containsEntry(key("network.protocol.version"), "2")
        .containsEntry(AttributeKey.longKey("http.response.status_code"), 200L)
        .containsEntry(AttributeKey.longKey("http.request.resend_count"), 1L)
        .containsEntry(AttributeKey.longKey("headgate.attempt.number"), 2L)
        .containsEntry(key("headgate.attempt.target"), "openai")
        .containsEntry(key("headgate.attempt.outcome"), "success");
    assertThat(
            harness
                .span("chat gpt-4o-mini")
                .getAttributes()
                .get(AttributeKey.longKey("headgate.attempt.count")))
        .isEqualTo(2);
  }

  @Test
  void noCredentialAndNoTextIsInAnySpan() {
    harness.uri = "https://user:canary@api.openai.com/v1/chat/completions?key=canary#canary";
    harness.headers =
        Headers.ofFlat(
            "authorization", "Bearer canary", "x-api-key", "canary", "api-key", "canary");
    harness.call(harness.answering(200)).join();
    harness.chunk("{\"answer\":\"canary\"}");
    harness.body.end();

    assertThat(OTEL.getSpans())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span.toString()).doesNotContain("canary"));
    assertThat(harness.span("POST").getAttributes().get(key("url.full")))
        .isEqualTo("https://api.openai.com/v1/chat/completions");
  }

  @Test
  void aSharedOpenTelemetryFindsTheAttemptCurrentBelowUsAndOnlyThere() {
    harness.shared = true;
    AtomicReference<SpanContext> below = new AtomicReference<>();
    harness
        .call(
            sent -> {
              below.set(Span.current().getSpanContext());
              return harness.answering(200).send(sent);
            })
        .join();
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
    harness.body.end();

    assertThat(below.get().getSpanId()).isEqualTo(harness.span("POST").getSpanId());
  }

  @Test
  void aPrivateOpenTelemetryLeavesTheContextAlone() {
    Context before = Context.current();
    harness
        .call(
            sent -> {
              assertThat(Context.current()).isSameAs(before);
              return harness.answering(200).send(sent);
            })
        .join();
    harness.body.end();
    assertThat(harness.faults).isEmpty();
  }

  @Test
  void theCallJoinsTheTraceItsHeadersName() {
    harness.headers =
        Headers.ofFlat("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    harness.call(harness.answering(200)).join();
    harness.body.end();

    SpanData logical = harness.span("chat gpt-4o-mini");
    assertThat(logical.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(logical.getParentSpanId()).isEqualTo("b7ad6b7169203331");
  }

  private static void hasNoGenAi(SpanData span) {
    assertThat(span.getAttributes().asMap().keySet())
        .noneMatch(attribute -> attribute.getKey().startsWith("gen_ai."));
  }

  private static AttributeKey<String> key(String name) {
    return AttributeKey.stringKey(name);
  }
}
