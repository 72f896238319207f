// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.headgate.chat.FailureKind;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.AnswerJudge.Verdict;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Headers;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeDocumentTest {

  private static final int MEGABYTE = 1 << 20;

  /** A good answer and its text. */
  record Good(WireFormat format, String body, String text) {}

  static Stream<Good> answers() {
    return Stream.of(
        new Good(WireFormat.OPENAI, OpenAiAnswerTest.BUFFERED, "a \"model\":\"x\" é"),
        new Good(
            WireFormat.OPENAI,
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}",
            ""),
        new Good(
            WireFormat.OPENAI,
            "{\"error\":null,\"choices\":[{\"message\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"Hé\"}]},\"finish_reason\":\"content_filter\"}]}",
            "Hé"),
        new Good(WireFormat.OPENAI, "{\"predictions\":[{\"0\":\"Hé\"}]}", ""),
        new Good(
            WireFormat.OPENAI_RESPONSES,
            "{\"status\":\"completed\",\"error\":null,\"output\":[{\"type\":\"reasoning\",\"summary\":[]},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"},{\"type\":\"output_text\",\"text\":\"b\"}]}]}",
            "ab"),
        new Good(
            WireFormat.OPENAI_RESPONSES,
            "{\"status\":\"queued\",\"error\":null,\"output\":[]}",
            ""),
        new Good(
            WireFormat.ANTHROPIC,
            "{\"type\":\"message\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}],\"stop_reason\":\"end_turn\"}",
            "ab"),
        new Good(
            WireFormat.GEMINI,
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"text\":\"Hé\"}]},\"finishReason\":\"STOP\"}]}",
            "Hé"),
        new Good(
            WireFormat.BEDROCK,
            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hé\"}]}},\"stopReason\":\"end_turn\"}",
            "Hé"),
        new Good(WireFormat.BEDROCK, "{\"generation\":\"Hé\",\"stop_reason\":\"stop\"}", "Hé"),
        new Good(
            WireFormat.COHERE,
            "{\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hé\"}]},\"finish_reason\":\"COMPLETE\"}",
            "Hé"),
        new Good(WireFormat.COHERE, "{\"text\":\"Hé\",\"finish_reason\":\"COMPLETE\"}", "Hé"),
        new Good(
            WireFormat.OLLAMA,
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hé\"},\"done\":true}",
            "Hé"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aGoodDocumentIsCompleteAtItsEndAndNotBefore(Good good) {
    Judging judging = Judging.chat(good.format);
    byte[] body = Judging.bytes(good.body);
    assertThat(judging.sofar(good.body)).isEqualTo(Verdict.OPEN);
    for (int cut = 0; cut <= body.length; cut++) {
      assertThat(judging.cut(body, cut))
          .isEqualTo(new Judging.Sentence(Verdict.COMPLETE, null, null, null));
    }
    assertThat(judging.asWhole().of(body, 1))
        .isEqualTo(new Judging.Sentence(Verdict.COMPLETE, null, null, good.text));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aDocumentThatIsCutOffIsNoAnswer(Good good) {
    String body = good.body.stripTrailing();
    for (int length = 1; length < body.length(); length++) {
      assertThat(Judging.chat(good.format).of(body.substring(0, length)).failure())
          .isEqualTo(FailureKind.INVALID_JSON);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "OPENAI|{\"choices\":[]}|EMPTY",
        "OPENAI|{\"id\":\"x\",\"object\":\"chat.completion\"}|EMPTY",
        "OPENAI|{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":\"stop\"}]}|EMPTY",
        "OPENAI|{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null},\"finish_reason\":\"content_filter\"}]}|CONTENT_FILTER",
        "OPENAI|{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}|SERVER_ERROR",
        "OPENAI|{\"error\":{\"message\":\"Upstream is rate limited\",\"code\":429}}|RATE_LIMIT",
        "OPENAI|{\"object\":\"error\",\"message\":\"x\",\"code\":\"context_length_exceeded\"}|CONTEXT_WINDOW",
        "OPENAI_RESPONSES|{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"x\"},\"output\":[]}|SERVER_ERROR",
        "OPENAI_RESPONSES|{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"},\"output\":[]}|CONTENT_FILTER",
        "OPENAI_RESPONSES|{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[]}|EMPTY",
        "ANTHROPIC|{\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\"}|EMPTY",
        "ANTHROPIC|{\"type\":\"message\",\"content\":[],\"stop_reason\":\"refusal\"}|CONTENT_FILTER",
        "GEMINI|{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{}}|CONTENT_FILTER",
        "GEMINI|{\"candidates\":[{\"finishReason\":\"MAX_TOKENS\"}]}|EMPTY",
        "GEMINI|{\"usageMetadata\":{\"promptTokenCount\":3}}|EMPTY",
        "BEDROCK|{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[]}},\"stopReason\":\"content_filtered\"}|CONTENT_FILTER",
        "COHERE|{\"message\":{\"role\":\"assistant\",\"content\":[]},\"finish_reason\":\"ERROR\"}|SERVER_ERROR",
        "COHERE|{\"text\":\"\",\"finish_reason\":\"ERROR_TOXIC\"}|CONTENT_FILTER",
        "OLLAMA|{\"error\":\"model runner has unexpectedly stopped\"}|SERVER_ERROR",
        "OLLAMA|{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}|EMPTY"
      })
  void aSuccessWithoutAnAnswerIsAFailure(WireFormat format, String body, FailureKind kind) {
    assertThat(Judging.chat(format).of(body).failure()).isEqualTo(kind);
    assertThat(Judging.chat(format).asWhole().of(Judging.bytes(body), 3).failure()).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"OTHER"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsNoJsonIsNoAnswer(WireFormat format) {
    for (Judging judging :
        new Judging[] {Judging.chat(format), Judging.chat(format).headers("server", "x")}) {
      for (String empty : new String[] {"", "  \r\n", "{}", " { } ", "null", "[]", "\"\""}) {
        assertThat(judging.of(empty).failure()).as(empty).isEqualTo(FailureKind.EMPTY);
      }
      for (String bad :
          new String[] {
            "<!DOCTYPE html><html>502</html>",
            "upstream connect error",
            "true",
            "12",
            "{\"choices\":[{\"message\":{\"content\":\"x\"}}]} x",
            "{\"a\":\"b\",}",
            "{\"content\":\"x\"",
            "\u0000\u0001"
          }) {
        assertThat(judging.of(bad).failure()).as(bad).isEqualTo(FailureKind.INVALID_JSON);
      }
      String deep = "{\"content\":\"x\",\"a\":" + "[".repeat(9000) + "]".repeat(9000) + "}";
      assertThat(judging.of(deep).failure()).isEqualTo(FailureKind.INVALID_JSON);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EMBEDDINGS", "MODERATION", "RERANK", "IMAGE"})
  void otherOperationsNeedOnlyBeJsonThatIsNoError(Operation operation) {
    Judging judging = Judging.chat(WireFormat.OPENAI).operation(operation);
    assertThat(judging.of("{\"data\":[{\"embedding\":[1,2]}]}").verdict())
        .isEqualTo(Verdict.COMPLETE);
    assertThat(judging.of("{}").failure()).isEqualTo(FailureKind.EMPTY);
    assertThat(judging.of("<html>").failure()).isEqualTo(FailureKind.INVALID_JSON);
    assertThat(judging.of("{\"error\":{\"code\":\"x\"}}").failure())
        .isEqualTo(FailureKind.SERVER_ERROR);
  }

  @Test
  void theTranscriptOfASilenceIsEmptyAndGood() {
    Judging judging =
        Judging.chat(WireFormat.OPENAI)
            .operation(Operation.TRANSCRIPTION)
            .headers("content-type", "text/plain");
    assertThat(judging.of("").verdict()).isEqualTo(Verdict.COMPLETE);
  }

  @Test
  void whatCannotBeReadIsJudgedByItsStatus() {
    Judging packed =
        Judging.chat(WireFormat.OPENAI)
            .headers("content-type", "application/json", "content-encoding", "gzip");
    Judging frames =
        Judging.chat(WireFormat.OPENAI)
            .headers("content-type", "application/vnd.amazon.eventstream");
    for (Judging judging :
        new Judging[] {
          packed,
          frames,
          Judging.chat(WireFormat.OTHER),
          Judging.chat(WireFormat.OPENAI).operation(Operation.FILES),
          Judging.chat(WireFormat.OPENAI).status(304)
        }) {
      assertThat(judging.sofar("")).isEqualTo(Verdict.CONTENT);
      assertThat(judging.asWhole().sofar("x")).isEqualTo(Verdict.OPEN);
      assertThat(judging.asWhole().of("x").verdict()).isEqualTo(Verdict.COMPLETE);
      assertThat(judging.status(503).of("x").failure()).isEqualTo(FailureKind.SERVER_ERROR);
    }
    assertThat(packed.status(429).sofar("")).isEqualTo(Verdict.FAILED);
    assertThat(
            Judging.chat(WireFormat.OPENAI)
                .headers("content-encoding", "identity")
                .of("{\"choices\":[]}")
                .failure())
        .isEqualTo(FailureKind.EMPTY);
  }

  @Test
  void whoAsksForNoTokensGetsNone() {
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.maxTokens = 0L;
    AnswerJudge judge =
        new AnswerEdits()
            .judge(
                new Endpoint("a", "a", WireFormat.ANTHROPIC, Operation.CHAT, null, false),
                facts.build(),
                200,
                Headers.EMPTY,
                false);
    judge.read(ByteBuffer.wrap(Judging.bytes("{\"content\":[],\"stop_reason\":\"max_tokens\"}")));
    judge.end();
    assertThat(judge.verdict()).isEqualTo(Verdict.COMPLETE);
  }

  @Test
  void fiftyMegabytesCostNoMemory() {
    byte[] filler = new byte[MEGABYTE];
    Arrays.fill(filler, (byte) 'a');
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    AnswerJudge judge = Judging.chat(WireFormat.OPENAI).judge();
    long before = threads.getCurrentThreadAllocatedBytes();
    judge.read(ByteBuffer.wrap(Judging.bytes("{\"choices\":[{\"message\":{\"content\":\"")));
    for (int i = 0; i < 50; i++) {
      judge.read(ByteBuffer.wrap(filler));
    }
    judge.read(ByteBuffer.wrap(Judging.bytes("\"}}]}")));
    judge.end();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(judge.verdict()).isEqualTo(Verdict.COMPLETE);
    assertThat(allocated).isLessThan(MEGABYTE / 2);
  }

  @Test
  void theTextOfAnAnswerIsBounded() {
    Judging judging = Judging.chat(WireFormat.OPENAI).asWhole();
    String start = "{\"choices\":[{\"message\":{\"content\":\"";
    assertThat(judging.of(start + "a".repeat(2 * MEGABYTE) + "\"}}]}").text()).hasSize(MEGABYTE);
    Judging.Sentence huge = judging.of(start + "a".repeat(5 * MEGABYTE) + "\"}}]}");
    assertThat(huge.verdict()).isEqualTo(Verdict.COMPLETE);
    assertThat(huge.text()).isEmpty();
  }
}
