// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static io.headgate.dialect.Replay.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import org.junit.jupiter.api.Test;

class OtherAnswerTest {

  static final String ANTHROPIC_STREAM =
      "event: message_start\r\n"
          + "data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":25,\"cache_creation_input_tokens\":10,\"cache_read_input_tokens\":100,\"cache_creation\":{\"ephemeral_5m_input_tokens\":4,\"ephemeral_1h_input_tokens\":6},\"output_tokens\":1,\"service_tier\":\"standard\"}}}\r\n\r\n"
          + "event: content_block_start\r\n"
          + "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\r\n\r\n"
          + "event: ping\r\ndata: {\"type\": \"ping\"}\r\n\r\n"
          + "event: content_block_delta\r\n"
          + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello there, my friend\"}}\r\n\r\n"
          + "event: content_block_stop\r\ndata: {\"type\":\"content_block_stop\",\"index\":0}\r\n\r\n"
          + "event: message_delta\r\n"
          + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":15,\"output_tokens_details\":{\"thinking_tokens\":9},\"server_tool_use\":{\"web_search_requests\":3}}}\r\n\r\n"
          + "event: message_stop\r\ndata: {\"type\":\"message_stop\"}\r\n\r\n";

  @Test
  void anthropicBuffered() {
    ResponseFacts facts =
        Replay.chat(WireFormat.ANTHROPIC)
            .read(
                "{\"id\":\"msg_0\",\"type\":\"message\",\"model\":\"claude-haiku-4-5\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"usage\":{\"input_tokens\":9}}}],\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":30,\"output_tokens\":5,\"service_tier\":\"batch\"}}");

    assertThat(facts.id()).isEqualTo("msg_0");
    assertThat(facts.model()).isEqualTo("claude-haiku-4-5");
    assertThat(facts.finishReasons()).containsExactly("tool_use");
    assertThat(facts.serviceTier()).isEqualTo("batch");
    assertThat(facts.usage())
        .isEqualTo(Usage.builder().input(60).cacheRead(30).cacheWrite(20).output(5).build());
  }

  @Test
  void anthropicStreamOverridesFieldByField() {
    ResponseFacts facts = Replay.streamed(WireFormat.ANTHROPIC).read(ANTHROPIC_STREAM);

    assertThat(facts.finishReasons()).containsExactly("end_turn");
    assertThat(facts.usage())
        .isEqualTo(
            Usage.builder()
                .input(135)
                .cacheRead(100)
                .cacheWrite(4)
                .cacheWriteHour(6)
                .output(15)
                .reasoning(9)
                .unit(Usage.Unit.WEB_SEARCH, 3)
                .build());
    assertThat(facts.parsed()).isTrue();
  }

  @Test
  void abandonedAnthropicStreamKeepsItsInputAndEstimatesItsOutput() {
    ResponseFacts facts =
        Replay.streamed(WireFormat.ANTHROPIC)
            .abandoned(
                ANTHROPIC_STREAM.substring(0, ANTHROPIC_STREAM.indexOf("event: message_delta")));

    assertThat(facts.usage().input()).isEqualTo(135);
    assertThat(facts.usage().output()).isEqualTo(6);
    assertThat(facts.usage().estimated()).isTrue();
    assertThat(facts.parsed()).isFalse();
  }

  @Test
  void anthropicErrorEvent() {
    ResponseFacts facts =
        Replay.streamed(WireFormat.ANTHROPIC)
            .read(
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n");

    assertThat(facts.errorType()).isEqualTo("overloaded_error");
    assertThat(facts.usage().isEmpty()).isTrue();
  }

  @Test
  void anthropicCompactionIsAddedOnceAndOtherPassesNot() {
    String usage =
        "{\"input_tokens\":10,\"output_tokens\":5,\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":1000,\"output_tokens\":50},{\"type\":\"message\",\"input_tokens\":10,\"output_tokens\":5}]}";

    Usage counted =
        Replay.streamed(WireFormat.ANTHROPIC)
            .read(
                events(
                    "{\"type\":\"message_start\",\"message\":{\"usage\":" + usage + "}}",
                    "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":"
                        + usage
                        + "}"))
            .usage();

    assertThat(counted.input()).isEqualTo(1010);
    assertThat(counted.output()).isEqualTo(55);
  }

  @Test
  void geminiBuffered() {
    ResponseFacts facts =
        Replay.chat(WireFormat.GEMINI)
            .read(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"STOP\",\"index\":0},{\"finishReason\":\"SAFETY\",\"index\":1}],\"usageMetadata\":{\"promptTokenCount\":20,\"toolUsePromptTokenCount\":7,\"cachedContentTokenCount\":5,\"candidatesTokenCount\":30,\"thoughtsTokenCount\":40,\"totalTokenCount\":97,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":8},{\"modality\":\"AUDIO\",\"tokenCount\":9},{\"tokenCount\":3,\"modality\":\"IMAGE\"}],\"candidatesTokensDetails\":[{\"modality\":\"IMAGE\",\"tokenCount\":29}]},\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}");

    assertThat(facts.id()).isEqualTo("r1");
    assertThat(facts.model()).isEqualTo("gemini-2.5-flash");
    assertThat(facts.finishReasons()).containsExactly("STOP", "SAFETY");
    assertThat(facts.usage())
        .isEqualTo(
            Usage.builder()
                .input(27)
                .cacheRead(5)
                .audioInput(9)
                .imageInput(3)
                .output(70)
                .reasoning(40)
                .imageOutput(29)
                .build());
  }

  static final String GEMINI_ARRAY =
      "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"He}\"}]}}],\"usageMetadata\":{\"trafficType\":\"ON_DEMAND\"}}\r\n,\r\n"
          + "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"llo\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":2},\"modelVersion\":\"m\"}\r\n]";

  @Test
  void geminiStreamAsArrayAndAsEvents() {
    Replay array = Replay.streamed(WireFormat.GEMINI).headers("content-type", "application/json");
    ResponseFacts facts = array.read(GEMINI_ARRAY);
    assertThat(facts.finishReasons()).containsExactly("STOP");
    assertThat(facts.usage()).isEqualTo(Usage.builder().input(4).output(2).build());
    assertThat(facts.parsed()).isTrue();

    ResponseFacts streamed =
        Replay.streamed(WireFormat.GEMINI)
            .read(
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":1}}\r\n\r\n"
                    + "data: {\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":2}}\r\n\r\n");
    assertThat(streamed.usage()).isEqualTo(facts.usage());
  }

  @Test
  void geminiBlockedPromptTellsWhy() {
    ResponseFacts facts =
        Replay.chat(WireFormat.GEMINI)
            .read(
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":4}}");

    assertThat(facts.finishReasons()).containsExactly("SAFETY");
    assertThat(facts.usage().input()).isEqualTo(4);
  }

  @Test
  void geminiEmbeddings() {
    Replay embeddings = Replay.of(WireFormat.GEMINI, Operation.EMBEDDINGS).input(20);

    assertThat(embeddings.read("{\"embedding\":{\"values\":[1,2]}}").usage())
        .isEqualTo(Usage.builder().input(5).estimated(true).build());
    assertThat(
            embeddings
                .read(
                    "{\"predictions\":[{\"embeddings\":{\"statistics\":{\"token_count\":4,\"truncated\":false},\"values\":[1]}},{\"embeddings\":{\"statistics\":{\"token_count\":3}}}]}")
                .usage())
        .isEqualTo(Usage.builder().input(7).build());
    assertThat(
            Replay.of(WireFormat.GEMINI, Operation.IMAGE)
                .read(
                    "{\"predictions\":[{\"bytesBase64Encoded\":\"A\"},{\"bytesBase64Encoded\":\"B\"}]}")
                .usage()
                .units())
        .containsEntry(Usage.Unit.IMAGE, 2.0);
  }

  @Test
  void geminiError() {
    assertThat(
            Replay.chat(WireFormat.GEMINI)
                .status(429)
                .read(
                    "{\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"type\":\"x\"}]}}")
                .errorType())
        .isEqualTo("RESOURCE_EXHAUSTED");
  }

  @Test
  void cohereBillsBilledUnits() {
    ResponseFacts facts =
        Replay.chat(WireFormat.COHERE)
            .read(
                "{\"id\":\"c1\",\"finish_reason\":\"COMPLETE\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},\"usage\":{\"billed_units\":{\"input_tokens\":5,\"output_tokens\":2},\"tokens\":{\"input_tokens\":71,\"output_tokens\":9},\"cached_tokens\":1}}");

    assertThat(facts.finishReasons()).containsExactly("COMPLETE");
    assertThat(facts.usage()).isEqualTo(Usage.builder().input(5).cacheRead(1).output(2).build());
  }

  @Test
  void cohereStreamsAndRerank() {
    ResponseFacts v2 =
        Replay.streamed(WireFormat.COHERE)
            .read(
                "event: message-start\ndata: {\"id\":\"c2\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\":\"assistant\"}}}\n\n"
                    + "event: content-delta\ndata: {\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":{\"text\":\"abcd\"}}}}\n\n"
                    + "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"MAX_TOKENS\",\"usage\":{\"billed_units\":{\"input_tokens\":3,\"output_tokens\":4}}}}\n\n");
    assertThat(v2.id()).isEqualTo("c2");
    assertThat(v2.finishReasons()).containsExactly("MAX_TOKENS");
    assertThat(v2.usage()).isEqualTo(Usage.builder().input(3).output(4).build());

    ResponseFacts v1 =
        Replay.streamed(WireFormat.COHERE)
            .headers("content-type", "application/stream+json")
            .read(
                "{\"is_finished\":false,\"event_type\":\"text-generation\",\"text\":\"ab\"}\n"
                    + "{\"is_finished\":true,\"event_type\":\"stream-end\",\"response\":{\"response_id\":\"r\",\"text\":\"ab\",\"meta\":{\"billed_units\":{\"input_tokens\":6,\"output_tokens\":1}}},\"finish_reason\":\"COMPLETE\"}\n");
    assertThat(v1.id()).isEqualTo("r");
    assertThat(v1.finishReasons()).containsExactly("COMPLETE");
    assertThat(v1.usage()).isEqualTo(Usage.builder().input(6).output(1).build());

    assertThat(
            Replay.of(WireFormat.COHERE, Operation.RERANK)
                .read(
                    "{\"id\":\"r\",\"results\":[],\"meta\":{\"billed_units\":{\"search_units\":1}}}")
                .usage()
                .units())
        .containsEntry(Usage.Unit.SEARCH_UNIT, 1.0);
  }

  static final String OLLAMA_LINES =
      "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"He\"},\"done\":false}\n"
          + "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"y\"},\"done\":false}\n"
          + "{\"model\":\"llama3.2\",\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"total_duration\":5589157167,\"prompt_eval_count\":26,\"eval_count\":298}\n";

  @Test
  void ollamaLinesAndDocument() {
    ResponseFacts lines =
        Replay.streamed(WireFormat.OLLAMA)
            .headers("content-type", "application/x-ndjson")
            .read(OLLAMA_LINES);
    assertThat(lines.model()).isEqualTo("llama3.2");
    assertThat(lines.finishReasons()).containsExactly("stop");
    assertThat(lines.usage()).isEqualTo(Usage.builder().input(26).output(298).build());
    assertThat(lines.parsed()).isTrue();

    ResponseFacts document =
        Replay.chat(WireFormat.OLLAMA)
            .input(8)
            .read(
                "{\"model\":\"m\",\"response\":\"abcd\",\"done\":true,\"done_reason\":\"length\",\"eval_count\":7}");
    assertThat(document.usage().input()).isEqualTo(2);
    assertThat(document.usage().output()).isEqualTo(7);
    assertThat(document.usage().estimated()).isTrue();
  }

  @Test
  void ollamaErrorAsALine() {
    ResponseFacts facts =
        Replay.streamed(WireFormat.OLLAMA)
            .headers("content-type", "application/x-ndjson")
            .read(
                "{\"model\":\"m\",\"message\":{\"content\":\"abcd\"},\"done\":false}\n{\"error\":\"out of memory\"}\n");

    assertThat(facts.errorType()).isEqualTo("error");
    assertThat(facts.usage().isEmpty()).isTrue();
  }

  @Test
  void malformedLineDoesNotSpoilTheOthers() {
    ResponseFacts facts =
        Replay.streamed(WireFormat.OLLAMA)
            .headers("content-type", "application/x-ndjson")
            .read("{\"model\":\"m\",]\n" + OLLAMA_LINES);

    assertThat(facts.usage().output()).isEqualTo(298);
    assertThat(facts.parsed()).isFalse();
  }

  @Test
  void bedrockConverse() {
    ResponseFacts facts =
        Replay.chat(WireFormat.BEDROCK)
            .read(
                "{\"metrics\":{\"latencyMs\":1},\"output\":{\"message\":{\"content\":[{\"text\":\"x\"}],\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":11,\"outputTokens\":7,\"totalTokens\":48,\"cacheReadInputTokens\":20,\"cacheReadInputTokenCount\":20,\"cacheWriteInputTokens\":10}}");

    assertThat(facts.finishReasons()).containsExactly("end_turn");
    assertThat(facts.usage())
        .isEqualTo(Usage.builder().input(41).cacheRead(20).cacheWrite(10).output(7).build());
  }

  @Test
  void bedrockHeadersTellWhatTheBodyDoesNot() {
    ResponseFacts facts =
        Replay.chat(WireFormat.BEDROCK)
            .headers(
                "Content-Type",
                "application/json",
                "X-Amzn-Bedrock-Input-Token-Count",
                "12",
                "X-Amzn-Bedrock-Output-Token-Count",
                "3",
                "X-Amzn-Bedrock-Cache-Read-Input-Token-Count",
                "5")
            .read("{\"generation\":\"hello\"}");
    assertThat(facts.usage()).isEqualTo(Usage.builder().input(17).cacheRead(5).output(3).build());

    assertThat(
            Replay.chat(WireFormat.BEDROCK)
                .status(429)
                .headers("x-amzn-errortype", "ThrottlingException:http://internal/")
                .read("{\"message\":\"slow down\"}")
                .errorType())
        .isEqualTo("ThrottlingException");
  }

  @Test
  void otherFormatsAreNotRead() {
    assertThat(Replay.chat(WireFormat.OTHER).read(OpenAiAnswerTest.BUFFERED))
        .isEqualTo(ResponseFacts.NONE);
  }
}
