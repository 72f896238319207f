// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static io.headgate.dialect.Replay.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiAnswerTest {

  private static final Replay CHAT = Replay.chat(WireFormat.OPENAI);
  private static final Replay STREAM = Replay.streamed(WireFormat.OPENAI);

  static final String BUFFERED =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18",
       "choices":[{"index":1,"message":{"role":"assistant","content":"b"},"finish_reason":"length"},
                  {"index":0,"message":{"role":"assistant","content":"a \\"model\\":\\"x\\" \\u00e9"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,
         "prompt_tokens_details":{"cached_tokens":64,"audio_tokens":3,"cache_write_tokens":5},
         "completion_tokens_details":{"reasoning_tokens":8,"audio_tokens":2}},
       "service_tier":"priority","system_fingerprint":"fp_1"}
      """;

  static final String STREAMED =
      events(
          "{\"id\":\"\",\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[{}]}",
          "{\"id\":\"chatcmpl-2\",\"model\":\"gpt-4o\",\"service_tier\":\"default\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}",
          "{\"id\":\"chatcmpl-2\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello wörld, 你好\"},\"finish_reason\":null}],\"usage\":null}",
          "{\"id\":\"chatcmpl-2\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}",
          "{\"id\":\"chatcmpl-2\",\"model\":\"gpt-4o\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}",
          "[DONE]");

  @Test
  void bufferedChatTellsEverything() {
    ResponseFacts facts = CHAT.read(BUFFERED);

    assertThat(facts.id()).isEqualTo("chatcmpl-1");
    assertThat(facts.model()).isEqualTo("gpt-4o-mini-2024-07-18");
    assertThat(facts.finishReasons()).containsExactly("stop", "length");
    assertThat(facts.serviceTier()).isEqualTo("priority");
    assertThat(facts.systemFingerprint()).isEqualTo("fp_1");
    assertThat(facts.errorType()).isNull();
    assertThat(facts.parsed()).isTrue();
    Usage usage = facts.usage();
    assertThat(usage.input()).isEqualTo(100);
    assertThat(usage.cacheRead()).isEqualTo(64);
    assertThat(usage.cacheWrite()).isEqualTo(5);
    assertThat(usage.audioInput()).isEqualTo(3);
    assertThat(usage.output()).isEqualTo(20);
    assertThat(usage.reasoning()).isEqualTo(8);
    assertThat(usage.audioOutput()).isEqualTo(2);
    assertThat(usage.estimated()).isFalse();
  }

  @Test
  void streamWithUsageChunkIsExact() {
    ResponseFacts facts = STREAM.read(STREAMED);

    assertThat(facts.id()).isEqualTo("chatcmpl-2");
    assertThat(facts.model()).isEqualTo("gpt-4o");
    assertThat(facts.finishReasons()).containsExactly("stop");
    assertThat(facts.serviceTier()).isEqualTo("default");
    assertThat(facts.usage().input()).isEqualTo(9);
    assertThat(facts.usage().output()).isEqualTo(4);
    assertThat(facts.usage().estimated()).isFalse();
    assertThat(facts.parsed()).isTrue();
  }

  @Test
  void streamWithoutUsageIsEstimated() {
    ResponseFacts facts =
        STREAM.read(
            events(
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"12345678\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"1234\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"你好\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "[DONE]"));

    assertThat(facts.usage().input()).isEqualTo(10);
    assertThat(facts.usage().output()).isEqualTo(5);
    assertThat(facts.usage().estimated()).isTrue();
    assertThat(facts.parsed()).isTrue();
  }

  @Test
  void abandonedStreamIsEstimatedAndNotParsed() {
    String head = STREAMED.substring(0, STREAMED.indexOf("\"finish_reason\":\"stop\""));

    ResponseFacts facts = STREAM.abandoned(head);

    assertThat(facts.usage().input()).isEqualTo(10);
    assertThat(facts.usage().output()).isEqualTo(Estimate.tokens(13, 2));
    assertThat(facts.usage().estimated()).isTrue();
    assertThat(facts.parsed()).isFalse();
    assertThat(facts.finishReasons()).isEmpty();
  }

  @Test
  void appThatStopsReadingAfterTheUsageStillHasExactUsage() {
    ResponseFacts facts = STREAM.abandoned(STREAMED.substring(0, STREAMED.indexOf("[DONE]")));

    assertThat(facts.usage().output()).isEqualTo(4);
    assertThat(facts.usage().estimated()).isFalse();
  }

  @Test
  void toolCallsCountAsOutputInEstimates() {
    ResponseFacts facts =
        CHAT.input(8)
            .read(
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"x\",\"type\":\"function\",\"function\":{\"name\":\"abcd\",\"arguments\":\"{\\\"a\\\":12}\"}}]},\"finish_reason\":\"tool_calls\"}]}");

    assertThat(facts.usage().input()).isEqualTo(2);
    assertThat(facts.usage().output()).isEqualTo(3);
    assertThat(facts.usage().estimated()).isTrue();
  }

  @Test
  void deepSeekCacheHitsAreCacheReads() {
    Usage usage =
        usage(
            "{\"prompt_tokens\":10,\"completion_tokens\":2,\"prompt_cache_hit_tokens\":6,\"prompt_cache_miss_tokens\":4}");

    assertThat(usage.cacheRead()).isEqualTo(6);
    assertThat(usage.input()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"num_cached_tokens", "cached_tokens"})
  void mistralAndMoonshotCacheReads(String name) {
    assertThat(
            usage("{\"prompt_tokens\":10,\"completion_tokens\":2,\"" + name + "\":7}").cacheRead())
        .isEqualTo(7);
  }

  @Test
  void groqUsageInItsOwnPlace() {
    Usage usage =
        STREAM
            .read(
                events(
                    "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":{\"id\":\"req\",\"usage\":{\"queue_time\":0.01,\"prompt_tokens\":18,\"completion_tokens\":3,\"total_time\":1.5e-3}}}",
                    "[DONE]"))
            .usage();

    assertThat(usage.input()).isEqualTo(18);
    assertThat(usage.output()).isEqualTo(3);
    assertThat(usage.estimated()).isFalse();
  }

  @Test
  void xaiReasoningBesideTheCompletionIsAdded() {
    Usage usage =
        usage(
            "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":115,\"completion_tokens_details\":{\"reasoning_tokens\":100}}");

    assertThat(usage.output()).isEqualTo(105);
    assertThat(usage.reasoning()).isEqualTo(100);
  }

  @Test
  void reasoningWithinTheCompletionIsNotAddedTwice() {
    Usage usage =
        usage(
            "{\"prompt_tokens\":10,\"completion_tokens\":105,\"total_tokens\":115,\"completion_tokens_details\":{\"reasoning_tokens\":100}}");

    assertThat(usage.output()).isEqualTo(105);
  }

  @Test
  void cumulativeUsageLastOneWins() {
    Usage usage =
        STREAM
            .read(
                events(
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}",
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"cost_in_usd_ticks\":37756000}}"))
            .usage();

    assertThat(usage.output()).isEqualTo(2);
    assertThat(usage.estimated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cost\":0.00014|140000",
        "\"cost\":{\"input_tokens_cost\":0.1,\"total_cost\":0.006}|6000000",
        "\"cost_in_usd_ticks\":37756000|3775600",
        "\"estimated_cost\":1.35e-06|1350",
        "\"cost\":0.00001,\"is_byok\":true,\"cost_details\":{\"upstream_inference_cost\":0.0002}|210000",
        "\"cost\":0.00001,\"is_byok\":false,\"cost_details\":{\"upstream_inference_cost\":0.0002}|10000",
        "\"cost\":null|-1",
        "\"cost\":-5|-1"
      })
  void costThatTheProviderTells(String member, long nano) {
    ResponseFacts facts =
        CHAT.read(
            "{\"id\":\"1\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,"
                + member
                + "}}");

    assertThat(facts.providerCostNanoUsd()).isEqualTo(nano);
  }

  @Test
  void perplexityRepeatsTheMessageAndCountsSearches() {
    ResponseFacts facts =
        STREAM.read(
            events(
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"abcdefgh\"},\"delta\":{\"content\":\"abcdefgh\"}}]}",
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":\"abcdefghijkl\"},\"delta\":{\"content\":\"ijkl\"}}]}"));
    assertThat(facts.usage().output()).isEqualTo(3);

    Usage usage = usage("{\"prompt_tokens\":1,\"completion_tokens\":1,\"num_search_queries\":2}");
    assertThat(usage.units()).containsEntry(Usage.Unit.WEB_SEARCH, 2.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429|{\"error\":{\"message\":\"m\",\"type\":\"tokens\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}|rate_limit_exceeded",
        "400|{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"code\":null}}|invalid_request_error",
        "402|{\"error\":{\"message\":\"m\",\"code\":402}}|402",
        "200|{\"error\":{\"message\":\"m\",\"code\":502}}|502",
        "200|{\"choices\":[{\"finish_reason\":\"error\",\"error\":{\"code\":\"upstream_failed\"}}]}|upstream_failed",
        "401|{\"object\":\"error\",\"message\":\"m\",\"type\":\"unauthorized\",\"code\":\"1\"}|1",
        "503|{\"error\":\"some words about it\"}|error",
        "400|[{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\"}}]|INVALID_ARGUMENT",
        "404|{\"detail\":\"not here\"}|"
      })
  void errorTypes(int status, String body, String type) {
    ResponseFacts facts = CHAT.input(100).status(status).read(body);

    assertThat(facts.errorType()).isEqualTo(type);
    assertThat(facts.usage().isEmpty()).isTrue();
  }

  @Test
  void errorInTheMiddleOfAStreamIsSeen() {
    ResponseFacts facts =
        STREAM.read(
            events(
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"abcd\"}}]}",
                "{\"error\":{\"message\":\"m\",\"type\":\"server_error\"}}"));

    assertThat(facts.errorType()).isEqualTo("server_error");
    assertThat(facts.usage().isEmpty()).isTrue();
  }

  @Test
  void embeddingsTellInputOnly() {
    Replay embeddings = Replay.of(WireFormat.OPENAI, Operation.EMBEDDINGS);

    Usage usage =
        embeddings
            .read(
                "{\"object\":\"list\",\"data\":[{\"embedding\":[0.1,-2e-5],\"index\":0}],\"model\":\"e\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}")
            .usage();
    assertThat(usage.input()).isEqualTo(8);
    assertThat(usage.output()).isEqualTo(Usage.UNKNOWN);
    assertThat(embeddings.read("{\"data\":[],\"usage\":{\"total_tokens\":5}}").usage().input())
        .isEqualTo(5);
    assertThat(embeddings.input(12).read("{\"data\":[]}").usage())
        .isEqualTo(Usage.builder().input(3).estimated(true).build());
  }

  @Test
  void picturesAreTokensOrPieces() {
    Replay images = Replay.of(WireFormat.OPENAI, Operation.IMAGE);

    Usage tokens =
        images
            .read(
                "{\"data\":[{\"b64_json\":\"AAAA\"}],\"usage\":{\"input_tokens\":50,\"output_tokens\":4160,\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40}}}")
            .usage();
    assertThat(tokens.imageInput()).isEqualTo(40);
    assertThat(tokens.imageOutput()).isEqualTo(4160);
    assertThat(tokens.units()).isEmpty();
    assertThat(images.read("{\"data\":[{\"url\":\"u\"},{\"url\":\"v\"}]}").usage().units())
        .containsEntry(Usage.Unit.IMAGE, 2.0);
  }

  @Test
  void transcriptionsAreTokensOrSeconds() {
    Replay audio = Replay.of(WireFormat.OPENAI, Operation.TRANSCRIPTION);

    assertThat(
            audio
                .read(
                    "{\"text\":\"x\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"input_token_details\":{\"audio_tokens\":14},\"output_tokens\":3}}")
                .usage()
                .audioInput())
        .isEqualTo(14);
    assertThat(
            audio
                .read("{\"text\":\"x\",\"usage\":{\"type\":\"duration\",\"seconds\":9.5}}")
                .usage()
                .units())
        .containsEntry(Usage.Unit.SECOND, 9.5);
  }

  @Test
  void speechIsBilledByCharacterAndItsSoundIsNotRead() {
    ResponseFacts facts =
        Replay.of(WireFormat.OPENAI, Operation.SPEECH)
            .headers("content-type", "audio/mpeg")
            .input(77)
            .read("{not json");

    assertThat(facts.usage().units()).containsEntry(Usage.Unit.CHARACTER, 77.0);
    assertThat(facts.parsed()).isTrue();
  }

  @Test
  void speechThatTellsTokensIsNotBilledByCharacter() {
    Usage usage =
        new Replay(
                WireFormat.OPENAI,
                Operation.SPEECH,
                true,
                200,
                77,
                Headers.ofFlat("content-type", "text/event-stream"))
            .read(
                events(
                    "{\"type\":\"speech.audio.delta\",\"audio\":\"AAAA\"}",
                    "{\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":5,\"output_tokens\":50}}"))
            .usage();

    assertThat(usage).isEqualTo(Usage.builder().input(5).output(50).build());
  }

  @Test
  void responsesBuffered() {
    ResponseFacts facts =
        Replay.chat(WireFormat.OPENAI_RESPONSES)
            .read(
                "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"model\":\"gpt-5\",\"text\":{\"format\":{\"type\":\"text\"}},\"output\":[{\"type\":\"web_search_call\"},{\"type\":\"web_search_call\"},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"hi\"}]}],\"service_tier\":\"flex\",\"usage\":{\"input_tokens\":36,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":87,\"output_tokens_details\":{\"reasoning_tokens\":64},\"total_tokens\":123}}");

    assertThat(facts.finishReasons()).containsExactly("max_output_tokens");
    assertThat(facts.serviceTier()).isEqualTo("flex");
    assertThat(facts.usage().input()).isEqualTo(36);
    assertThat(facts.usage().cacheRead()).isEqualTo(4);
    assertThat(facts.usage().output()).isEqualTo(87);
    assertThat(facts.usage().reasoning()).isEqualTo(64);
    assertThat(facts.usage().units()).containsEntry(Usage.Unit.WEB_SEARCH, 2.0);
  }

  static final String RESPONSES_STREAM =
      "event: response.created\n"
          + "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_2\",\"status\":\"in_progress\",\"model\":\"gpt-5\",\"usage\":null}}\n\n"
          + "event: response.output_text.delta\n"
          + "data: {\"type\":\"response.output_text.delta\",\"delta\":\"12345678\"}\n\n"
          + "event: response.audio.delta\n"
          + "data: {\"delta\":\"AAAAAAAAAAAAAAAAAAAAA\",\"type\":\"response.audio.delta\"}\n\n"
          + "event: response.completed\n"
          + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_2\",\"status\":\"completed\",\"model\":\"gpt-5\",\"output\":[{\"type\":\"message\",\"content\":[{\"text\":\"12345678\"}]}],\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}}\n\n";

  @Test
  void responsesStreamed() {
    Replay stream = Replay.streamed(WireFormat.OPENAI_RESPONSES);
    ResponseFacts facts = stream.read(RESPONSES_STREAM);

    assertThat(facts.finishReasons()).containsExactly("completed");
    assertThat(facts.usage().output()).isEqualTo(2);
    assertThat(facts.usage().estimated()).isFalse();
    assertThat(facts.parsed()).isTrue();

    ResponseFacts cut =
        stream.read(
            RESPONSES_STREAM.substring(0, RESPONSES_STREAM.indexOf("event: response.completed")));
    assertThat(cut.usage().output()).isEqualTo(2);
    assertThat(cut.usage().estimated()).isTrue();
    assertThat(cut.parsed()).isFalse();
  }

  @Test
  void responsesErrors() {
    Replay stream = Replay.streamed(WireFormat.OPENAI_RESPONSES);

    assertThat(
            stream
                .read(
                    events(
                        "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"m\"}}}"))
                .errorType())
        .isEqualTo("server_error");
    assertThat(
            stream
                .read(
                    events(
                        "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}"))
                .errorType())
        .isEqualTo("rate_limit_exceeded");
  }

  @Test
  void queuedBackgroundAnswerIsNotGuessed() {
    assertThat(
            Replay.chat(WireFormat.OPENAI_RESPONSES)
                .input(400)
                .read("{\"id\":\"resp_3\",\"status\":\"queued\",\"model\":\"o3\",\"output\":[]}")
                .usage()
                .isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN", "MODELS", "RETRIEVE", "COUNT_TOKENS", "BATCH", "FILES"})
  void usageOfWhatRunsNoModelIsNotCounted(Operation operation) {
    assertThat(Replay.of(WireFormat.OPENAI, operation).input(100).read(BUFFERED).usage().isEmpty())
        .isTrue();
  }

  private static Usage usage(String usage) {
    return CHAT.read("{\"id\":\"1\",\"choices\":[],\"usage\":" + usage + "}").usage();
  }
}
