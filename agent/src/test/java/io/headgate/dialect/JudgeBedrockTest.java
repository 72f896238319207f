// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import io.headgate.chat.WireFormat;
import io.headgate.dialect.BedrockAnswerTest.Invoked;
import io.headgate.dialect.Judging.Sentence;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.AnswerJudge.Verdict;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeBedrockTest {

  private static final Judging STREAM =
      Judging.stream(WireFormat.BEDROCK)
          .headers("content-type", "application/vnd.amazon.eventstream");

  private static final String START = "messageStart {\"role\":\"assistant\",\"p\":\"abc\"}";
  private static final String TEXT =
      "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hé\"},\"p\":\"ab\"}";

  static Stream<Invoked> streams() {
    return BedrockAnswerTest.streams();
  }

  private static Verdict sofar(byte[] stream) {
    AnswerJudge judge = STREAM.judge();
    judge.read(ByteBuffer.wrap(stream));
    return judge.verdict();
  }

  private static byte[] converse() {
    return Recording.chat("bedrock-converse", WireFormat.BEDROCK, AnswerForm.EVENT_STREAM).stream();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        START,
        START + "\ncontentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"\"}}",
        START + "\ncontentBlockStop {\"contentBlockIndex\":0}",
        START
            + "\nmessageStop {\"stopReason\":\"end_turn\"}\nmetadata {\"usage\":{\"inputTokens\":1},\"serviceTier\":{\"type\":\"default\"}}",
        "chunk {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"usage\":{\"service_tier\":\"standard\"}}}",
        "chunk {\"type\":\"ping\"}",
        "chunk {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        "chunk {\"messageStart\":{\"role\":\"assistant\"}}",
        "chunk {\"outputText\":\"\",\"index\":0,\"completionReason\":null}",
        "chunk {\"generation\":\"\",\"stop_reason\":null}",
        "chunk {\"outputs\":[{\"text\":\"\",\"stop_reason\":\"stop\"}]}",
        "chunk {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"length\"}]}",
        "chunk {\"event_type\":\"stream-start\",\"is_finished\":false}"
      })
  void aStreamIsOpenWhileNothingComes(String lines) {
    assertThat(sofar(Frames.of(lines))).isEqualTo(Verdict.OPEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TEXT,
        "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"name\":\"f\",\"toolUseId\":\"t\"}}}",
        "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"hm\"}}}",
        "eventOfALaterYear {}",
        "chunk {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"H\"}}",
        "chunk {\"contentBlockDelta\":{\"delta\":{\"text\":\"H\"},\"contentBlockIndex\":0}}",
        "chunk {\"outputText\":\"H\"}",
        "chunk {\"generation\":\"H\"}",
        "chunk {\"outputs\":[{\"text\":\"H\"}]}",
        "chunk {\"choices\":[{\"message\":{\"content\":\"H\"}}]}",
        "chunk {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}]}",
        "chunk {\"is_finished\":false,\"text\":\"H\"}"
      })
  void theFirstContentDecides(String line) {
    byte[] stream = Frames.of(line);
    assertThat(sofar(stream)).isEqualTo(Verdict.CONTENT);
    // A message counts only once all of it is there, and right.
    assertThat(sofar(Arrays.copyOf(stream, stream.length - 1))).isEqualTo(Verdict.OPEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throttlingException|{\"message\":\"Too many tokens, please wait.\"}|RATE_LIMIT",
        "modelStreamErrorException|{\"message\":\"x\",\"originalStatusCode\":500,\"originalMessage\":\"y\"}|SERVER_ERROR",
        "internalServerException|{\"message\":\"x\"}|SERVER_ERROR",
        "serviceUnavailableException|{\"message\":\"x\"}|SERVER_ERROR",
        "modelTimeoutException|{}|SERVER_ERROR",
        "validationException|{\"message\":\"Input is too long for requested model.\"}|CONTEXT_WINDOW",
        "validationException|{\"message\":\"The model returned the following errors: x\"}|CLIENT_ERROR",
        "accessDeniedException|{\"message\":\"x\"}|AUTH"
      })
  void anExceptionBeforeTheFirstContentFails(String type, String payload, FailureKind kind) {
    Sentence expected = new Sentence(Verdict.FAILED, kind, type, null);
    byte[] alone = Frames.of("!" + type + " " + payload);
    byte[] begun = Frames.of(START + "\n!" + type + " " + payload + "\n" + TEXT);
    for (int chunk : new int[] {1, 30, begun.length}) {
      assertThat(STREAM.of(alone, chunk)).isEqualTo(expected);
      assertThat(STREAM.of(begun, chunk)).isEqualTo(expected);
    }
    assertThat(STREAM.asWhole().of(begun, 9))
        .isEqualTo(new Sentence(Verdict.FAILED, kind, type, ""));
  }

  @Test
  void anErrorThatNoModelKnowsFailsByItsCode() {
    assertThat(STREAM.of(Frames.error("internalFailure", "It \"broke\"."), 10))
        .isEqualTo(new Sentence(Verdict.FAILED, FailureKind.SERVER_ERROR, "internalFailure", null));
  }

  @Test
  void anErrorOfTheModelWithinAChunkFails() {
    byte[] stream =
        Frames.chunks(
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
    assertThat(STREAM.of(stream, 10))
        .isEqualTo(new Sentence(Verdict.FAILED, FailureKind.OVERLOADED, "overloaded_error", null));
  }

  @Test
  void aStreamThatIsBrokenOrEndsBeforeItsEndIsNone() {
    Sentence none = new Sentence(Verdict.FAILED, FailureKind.INVALID_JSON, null, null);
    byte[] start = Frames.of(START);
    assertThat(STREAM.of(start, 10)).isEqualTo(none);
    assertThat(STREAM.of(Arrays.copyOf(start, start.length - 2), 10)).isEqualTo(none);
    byte[] changed = converse();
    changed[20] ^= 1;
    assertThat(STREAM.of(changed, 10)).isEqualTo(none);
    assertThat(STREAM.of(Frames.raw("chunk", "{\"bytes\":\"?\"}"), 10)).isEqualTo(none);
    assertThat(STREAM.of(Frames.raw("messageStart", "<html>"), 10)).isEqualTo(none);
    byte[] cut = Arrays.copyOf(converse(), converse().length / 2);
    assertThat(STREAM.asWhole().of(cut, 10).failure()).isEqualTo(FailureKind.INVALID_JSON);
  }

  @Test
  void aStreamWithoutContentIsEmptyOrKeptBack() {
    String end = "\nmetadata {\"usage\":{\"inputTokens\":1,\"outputTokens\":0}}";
    assertThat(STREAM.of(Frames.of(START + "\nmessageStop {\"stopReason\":\"end_turn\"}" + end), 9))
        .isEqualTo(new Sentence(Verdict.FAILED, FailureKind.EMPTY, "end_turn", null));
    assertThat(
            STREAM.of(
                Frames.of(START + "\nmessageStop {\"stopReason\":\"guardrail_intervened\"}" + end),
                9))
        .isEqualTo(
            new Sentence(Verdict.FAILED, FailureKind.CONTENT_FILTER, "guardrail_intervened", null));
  }

  @Test
  void everyCutGivesTheSameTextAtTheEnd() {
    byte[] stream = converse();
    Sentence expected = new Sentence(Verdict.COMPLETE, null, null, "Grüße from 東京 😀.");
    for (int cut = 0; cut <= stream.length; cut++) {
      assertThat(STREAM.asWhole().cut(stream, cut)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void theTextOfEachModelIsKnown(Invoked invoked) {
    Sentence sentence = STREAM.asWhole().of(invoked.stream(), 50);
    assertThat(sentence.verdict()).isEqualTo(Verdict.COMPLETE);
    assertThat(sentence.text()).containsAnyOf("Bern", "Sure.");
    assertThat(STREAM.of(invoked.stream(), 50).verdict()).isEqualTo(Verdict.CONTENT);
  }

  @Test
  void framesThatArePackedAreJudgedByTheirStatus() {
    Judging packed =
        STREAM.headers(
            "content-type", "application/vnd.amazon.eventstream", "content-encoding", "gzip");
    assertThat(packed.sofar("")).isEqualTo(Verdict.CONTENT);
  }
}
