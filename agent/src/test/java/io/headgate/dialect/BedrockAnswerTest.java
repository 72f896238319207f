// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockAnswerTest {

  private static final Replay WHOLE = Replay.chat(WireFormat.BEDROCK).input(40);
  private static final Replay STREAM =
      WHOLE.headers("Content-Type", "application/vnd.amazon.eventstream");

  private static final String METRICS =
      ",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":%d,\"outputTokenCount\":%d,\"invocationLatency\":712,\"firstByteLatency\":301}}";

  /** An event with Bedrock's figures beside what it says. */
  private static String last(String event, int input, int output) {
    return event.substring(0, event.length() - 1) + METRICS.formatted(input, output);
  }

  /**
   * A model's answer by InvokeModel, as a stream.
   *
   * @param finish why it ended, as the model says
   */
  record Invoked(String family, byte[] stream, Usage usage, String finish, @Nullable String model) {
    @Override
    public String toString() {
      return family;
    }
  }

  private static Invoked invoked(
      String family, int input, int output, String finish, String... events) {
    return new Invoked(
        family,
        Frames.chunks(events),
        Usage.builder().input(input).output(output).build(),
        finish,
        null);
  }

  static Stream<Invoked> streams() {
    return Stream.of(
        new Invoked(
            "Claude",
            Recording.chat("bedrock-claude", WireFormat.BEDROCK, AnswerForm.EVENT_STREAM).stream(),
            Usage.builder()
                .input(479)
                .output(89)
                .cacheRead(7)
                .cacheWrite(0)
                .cacheWriteHour(0)
                .build(),
            "tool_use",
            "claude-sonnet-4-5"),
        new Invoked(
            "Nova",
            Frames.chunks(
                "{\"messageStart\":{\"role\":\"assistant\"}}",
                "{\"contentBlockDelta\":{\"delta\":{\"text\":\"Bern\"},\"contentBlockIndex\":0}}",
                "{\"contentBlockStop\":{\"contentBlockIndex\":0}}",
                "{\"messageStop\":{\"stopReason\":\"end_turn\"}}",
                last(
                    "{\"metadata\":{\"usage\":{\"inputTokens\":9,\"outputTokens\":4,\"cacheReadInputTokenCount\":2,\"cacheWriteInputTokenCount\":1},\"metrics\":{},\"trace\":{}}}",
                    9,
                    4)),
            Usage.builder().input(12).output(4).cacheRead(2).cacheWrite(1).build(),
            "end_turn",
            null),
        invoked(
            "Titan",
            11,
            6,
            "FINISH",
            "{\"outputText\":\"\\nBern is\",\"index\":0,\"totalOutputTextTokenCount\":null,\"completionReason\":null,\"inputTextTokenCount\":11}",
            last(
                "{\"outputText\":\" the capital.\",\"index\":0,\"totalOutputTextTokenCount\":6,\"completionReason\":\"FINISH\",\"inputTextTokenCount\":null}",
                11,
                6)),
        invoked(
            "Llama",
            25,
            3,
            "stop",
            "{\"generation\":\"\\n\\nBern\",\"prompt_token_count\":25,\"generation_token_count\":2,\"stop_reason\":null}",
            last(
                "{\"generation\":\"\",\"prompt_token_count\":null,\"generation_token_count\":3,\"stop_reason\":\"stop\"}",
                25,
                3)),
        invoked(
            "Mistral, text",
            14,
            5,
            "length",
            "{\"outputs\":[{\"text\":\" Bern\",\"stop_reason\":null}]}",
            last("{\"outputs\":[{\"text\":\" is\",\"stop_reason\":\"length\"}]}", 14, 5)),
        invoked(
            "Mistral, chat",
            14,
            5,
            "stop",
            "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Bern\"},\"stop_reason\":null}]}",
            last(
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"stop_reason\":\"stop\"}]}",
                14,
                5)),
        invoked(
            "Cohere, Command",
            7,
            8,
            "COMPLETE",
            "{\"is_finished\":false,\"text\":\" Bern\"}",
            last(
                "{\"is_finished\":true,\"finish_reason\":\"COMPLETE\",\"response\":{\"id\":\"c\",\"generations\":[{\"id\":\"g\",\"text\":\" Bern\"}]}}",
                7,
                8)),
        invoked(
            "Cohere, Command R",
            7,
            8,
            "MAX_TOKENS",
            "{\"event_type\":\"stream-start\",\"is_finished\":false}",
            "{\"event_type\":\"text-generation\",\"is_finished\":false,\"text\":\"Bern\"}",
            last(
                "{\"event_type\":\"stream-end\",\"is_finished\":true,\"finish_reason\":\"MAX_TOKENS\",\"response\":{\"text\":\"Bern\",\"finish_reason\":\"MAX_TOKENS\",\"chat_history\":[{\"role\":\"USER\",\"message\":\"q\"}]}}",
                7,
                8)),
        new Invoked(
            "OpenAI",
            Frames.chunks(
                "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"openai.gpt-oss-20b-1:0\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Bern\"},\"finish_reason\":null}]}",
                last(
                    "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"openai.gpt-oss-20b-1:0\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                    70,
                    9)),
            Usage.builder().input(70).output(9).build(),
            "stop",
            "openai.gpt-oss-20b-1:0"));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void theStreamOfEachModelIsMeteredWhereverItIsSplit(Invoked invoked) {
    for (int chunk : new int[] {1, 7, 100, invoked.stream().length}) {
      ResponseFacts facts = STREAM.read(invoked.stream(), chunk, true);
      assertThat(facts.usage()).isEqualTo(invoked.usage());
      assertThat(facts.finishReasons()).containsExactly(invoked.finish());
      assertThat(facts.model()).isEqualTo(invoked.model());
      assertThat(facts.parsed()).isTrue();
      assertThat(facts.errorType()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void theStreamOfEachModelMayBeKeptOnceItIsComplete(Invoked invoked) {
    DialectForms forms = new DialectForms();
    byte[] stream = invoked.stream();
    assertThat(forms.complete(STREAM.endpoint(), AnswerForm.EVENT_STREAM, stream)).isTrue();
    assertThat(
            forms.converted(
                STREAM.endpoint(), AnswerForm.EVENT_STREAM, stream, AnswerForm.EVENT_STREAM, false))
        .isSameAs(stream);
    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThat(forms.complete(STREAM.endpoint(), AnswerForm.EVENT_STREAM, cut)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void anExceptionAnywhereMakesAStreamABadOne(Invoked invoked) {
    DialectForms forms = new DialectForms();
    byte[] exception = Frames.of("!modelStreamErrorException {\"message\":\"no\"}");
    int at = 0;
    for (var event : forms.events(AnswerForm.EVENT_STREAM, invoked.stream())) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      stream.write(invoked.stream(), 0, at);
      stream.writeBytes(exception);
      stream.write(invoked.stream(), at, invoked.stream().length - at);
      byte[] bytes = stream.toByteArray();
      assertThat(forms.complete(STREAM.endpoint(), AnswerForm.EVENT_STREAM, bytes)).isFalse();
      assertThat(STREAM.read(bytes, 100, true).errorType()).isEqualTo("modelStreamErrorException");
      at += event.remaining();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"outputs\":[{\"text\":\"x\",\"stop_reason\":\"stop\"}]}",
        "{\"generation\":\"x\",\"stop_reason\":\"stop\"}",
        "{\"type\":\"message_stop\"}",
      })
  void aStreamWithoutBedrocksFiguresIsNotKept(String only) {
    assertThat(
            new DialectForms()
                .complete(STREAM.endpoint(), AnswerForm.EVENT_STREAM, Frames.chunks(only)))
        .isFalse();
  }

  @Test
  void converseStreamTellsTheSameAsConverse() {
    for (String name : new String[] {"bedrock-converse", "bedrock-tools"}) {
      Recording recording = Recording.chat(name, WireFormat.BEDROCK, AnswerForm.EVENT_STREAM);
      byte[] stream = recording.stream();
      ResponseFacts facts = STREAM.read(stream, 64, true);
      assertThat(facts).isEqualTo(WHOLE.read(recording.whole(), 64, true));
      assertThat(facts.parsed()).isTrue();
    }
    Recording tools = Recording.chat("bedrock-tools", WireFormat.BEDROCK, AnswerForm.EVENT_STREAM);
    ResponseFacts facts = STREAM.read(tools.stream(), 64, true);
    assertThat(facts.usage()).isEqualTo(Usage.builder().input(400).output(81).build());
    assertThat(facts.finishReasons()).containsExactly("tool_use");
    assertThat(facts.serviceTier()).isEqualTo("priority");
    assertThat(facts.model()).contains("inference-profile/us.anthropic.claude-3-5-haiku");
  }

  @Test
  void whatIsKeptForAnHourIsToldApart() {
    ResponseFacts facts =
        STREAM.read(
            Frames.of(
                "messageStop {\"stopReason\":\"end_turn\"}\n"
                    + "metadata {\"usage\":{\"inputTokens\":5,\"outputTokens\":2,\"cacheReadInputTokens\":0,\"cacheWriteInputTokens\":30,\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":20},{\"ttl\":\"5m\",\"inputTokens\":10}]}}"),
            9,
            true);
    assertThat(facts.usage())
        .isEqualTo(
            Usage.builder()
                .input(35)
                .output(2)
                .cacheRead(0)
                .cacheWrite(10)
                .cacheWriteHour(20)
                .build());
  }

  @Test
  void aStreamThatWasCutIsEstimatedByWhatCame() {
    byte[] stream =
        Frames.of(
            "messageStart {\"role\":\"assistant\"}\n"
                + "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"%s\"}}"
                    .formatted("word ".repeat(40)));
    for (boolean complete : new boolean[] {true, false}) {
      ResponseFacts facts = STREAM.read(Arrays.copyOf(stream, stream.length), 50, complete);
      assertThat(facts.parsed()).isFalse();
      assertThat(facts.usage().estimated()).isTrue();
      assertThat(facts.usage().output()).isBetween(30L, 80L);
    }
    byte[] within = Arrays.copyOf(stream, stream.length - 3);
    assertThat(STREAM.read(within, 50, true).parsed()).isFalse();
  }

  @Test
  void aWrongChecksumEndsTheReadingAndTheAnswerIsNotParsed() {
    byte[] stream =
        Recording.chat("bedrock-converse", WireFormat.BEDROCK, AnswerForm.EVENT_STREAM).stream();
    stream[stream.length - 1] ^= 1;
    ResponseFacts facts = STREAM.read(stream, 30, true);
    assertThat(facts.parsed()).isFalse();
    assertThat(facts.finishReasons()).containsExactly("end_turn");
  }

  @ParameterizedTest
  @CsvSource({
    "!throttlingException {\"message\":\"slow down\"}, throttlingException",
    "!validationException {}, validationException",
    "! {}, error"
  })
  void anExceptionIsAFailureOfItsName(String line, String type) {
    ResponseFacts facts =
        STREAM.read(Frames.of("messageStart {\"role\":\"assistant\"}\n" + line), 11, true);
    assertThat(facts.errorType()).isEqualTo(type);
    assertThat(facts.usage().isEmpty()).isTrue();
  }

  @Test
  void anErrorThatNoModelKnowsIsAFailureToo() {
    ResponseFacts facts = STREAM.read(Frames.error("internalFailure", "It broke."), 11, true);
    assertThat(facts.errorType()).isEqualTo("internalFailure");
  }

  @Test
  void aChunkThatCannotBeUnwrappedIsNotParsed() {
    for (String payload : new String[] {"{\"bytes\":\"!\"}", "{\"bytes\":1}", "{}", "x"}) {
      assertThat(STREAM.read(Frames.raw("chunk", payload), 50, true).parsed()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Claude, Nova, Titan, Llama.
        "{\"id\":\"m\",\"type\":\"message\",\"model\":\"claude-3-haiku\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":5,\"output_tokens\":2}}|5|2|end_turn",
        "{\"output\":{\"message\":{\"content\":[{\"text\":\"x\"}],\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":7}}|5|2|end_turn",
        "{\"inputTextTokenCount\":5,\"results\":[{\"tokenCount\":2,\"outputText\":\"x\",\"completionReason\":\"FINISH\"}]}|5|2|FINISH",
        "{\"generation\":\"x\",\"prompt_token_count\":5,\"generation_token_count\":2,\"stop_reason\":\"stop\"}|5|2|stop",
        // Mistral, Cohere, Jamba, Jurassic: some tell no tokens but in the header.
        "{\"outputs\":[{\"text\":\"x\",\"stop_reason\":\"stop\"}]}|31|13|stop",
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"x\"},\"stop_reason\":\"stop\"}]}|31|13|stop",
        "{\"generations\":[{\"finish_reason\":\"COMPLETE\",\"id\":\"g\",\"text\":\"x\"}],\"id\":\"c\",\"prompt\":\"p\"}|31|13|COMPLETE",
        "{\"response_id\":\"r\",\"text\":\"x\",\"generation_id\":\"g\",\"chat_history\":[],\"finish_reason\":\"COMPLETE\"}|31|13|COMPLETE",
        "{\"id\":\"j\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}|5|2|stop",
        "{\"id\":1,\"prompt\":{},\"completions\":[{\"data\":{\"text\":\"x\"},\"finishReason\":{\"reason\":\"endoftext\"}}]}|31|13|endoftext",
        "{\"completion\":\" x\",\"stop_reason\":\"stop_sequence\",\"stop\":\"\\n\\nHuman:\"}|31|13|stop_sequence"
      })
  void theAnswerOfEachModelIsMetered(String body, long input, long output, String finish) {
    Replay replay =
        WHOLE.headers(
            "content-type",
            "application/json",
            "x-amzn-bedrock-input-token-count",
            "31",
            "x-amzn-bedrock-output-token-count",
            "13");
    ResponseFacts facts = replay.read(body);
    assertThat(facts.usage()).isEqualTo(Usage.builder().input(input).output(output).build());
    assertThat(facts.finishReasons()).containsExactly(finish);
    assertThat(facts.parsed()).isTrue();
  }

  @Test
  void withoutACountTheTextIsEstimated() {
    ResponseFacts facts = WHOLE.read("{\"outputs\":[{\"text\":\"" + "word ".repeat(40) + "\"}]}");
    assertThat(facts.usage().estimated()).isTrue();
    assertThat(facts.usage().output()).isBetween(30L, 80L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"embedding\":[0.1,0.2],\"inputTextTokenCount\":8}|8",
        "{\"embeddingsByType\":{\"float\":[0.1]},\"inputTextTokenCount\":8}|8",
        "{\"embeddings\":[[0.1],[0.2]],\"id\":\"e\",\"response_type\":\"embeddings_floats\",\"texts\":[\"a\"]}|31"
      })
  void embeddingsAreMetered(String body, long input) {
    Replay replay =
        Replay.of(WireFormat.BEDROCK, Operation.EMBEDDINGS)
            .headers("content-type", "application/json", "x-amzn-bedrock-input-token-count", "31");
    assertThat(replay.read(body).usage().input()).isEqualTo(input);
    assertThat(replay.read(body).parsed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"images\":[\"iVBORw0KGgo=\",\"iVBORw0KGgo=\"],\"error\":null}",
        "{\"seeds\":[1,2],\"finish_reasons\":[null,null],\"images\":[\"iVBOR\",\"iVBOR\"]}",
        "{\"result\":\"success\",\"artifacts\":[{\"base64\":\"iVBOR\"},{\"base64\":\"iVBOR\"}]}"
      })
  void picturesAreCounted(String body) {
    ResponseFacts facts = Replay.of(WireFormat.BEDROCK, Operation.IMAGE).read(body);
    assertThat(facts.usage().units()).isEqualTo(Map.of(Usage.Unit.IMAGE, 2.0));
    assertThat(facts.parsed()).isTrue();
  }

  @Test
  void framesOfOtherFormatsAreNotRead() {
    ResponseFacts facts =
        Replay.chat(WireFormat.OPENAI)
            .headers("content-type", "application/vnd.amazon.eventstream")
            .read(Frames.raw("PayloadPart", "data: {\"choices\":"), 10, true);
    assertThat(facts.parsed()).isFalse();
    assertThat(facts.usage().isEmpty()).isTrue();
  }
}
