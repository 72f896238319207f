// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge.Verdict;
import io.headgate.gateway.WireError;
import io.headgate.json.JsonTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WireErrorsTest {

  private static final String MESSAGE = "no \"more\" \\ \n\t\u0001 é \ud83d\ude00 \u2028";

  private final AnswerEdits edits = new AnswerEdits();

  private static WireError error(WireError.Kind kind) {
    return new WireError(kind, MESSAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMIT,429,rate_limit_error,rate_limit_exceeded,rate_limit_error,RESOURCE_EXHAUSTED,ThrottlingException,true",
    "QUOTA,429,insufficient_quota,budget_exceeded,rate_limit_error,RESOURCE_EXHAUSTED,ServiceQuotaExceededException,false",
    "DENIED,403,permission_error,denied,permission_error,PERMISSION_DENIED,AccessDeniedException,false",
    "CONTENT,400,invalid_request_error,content_filter,invalid_request_error,INVALID_ARGUMENT,ValidationException,false",
    "UPSTREAM,502,server_error,upstream_error,api_error,UNAVAILABLE,InternalServerException,false",
    "TIMEOUT,504,server_error,timeout,timeout_error,DEADLINE_EXCEEDED,ModelTimeoutException,false",
    "CACHE_MISS,504,invalid_request_error,cache_miss,api_error,NOT_FOUND,ResourceNotFoundException,false"
  })
  void eachFormatHasItsOwnWords(
      WireError.Kind kind,
      int status,
      String type,
      String code,
      String anthropic,
      String gemini,
      String bedrock,
      String again) {
    assertThat(edits.errorStatus(kind)).isEqualTo(status);
    for (WireFormat format :
        new WireFormat[] {WireFormat.OPENAI, WireFormat.OPENAI_RESPONSES, WireFormat.OTHER}) {
      Object body = JsonTree.read(edits.error(format, error(kind)));
      assertThat(JsonTree.at(body, "error.type")).isEqualTo(type);
      assertThat(JsonTree.at(body, "error.code")).isEqualTo(code);
      assertThat(JsonTree.at(body, "error.message")).isEqualTo(MESSAGE);
      assertThat(new String(edits.error(format, error(kind)), StandardCharsets.UTF_8))
          .contains("\"param\":null");
    }
    Object claude = JsonTree.read(edits.error(WireFormat.ANTHROPIC, error(kind)));
    assertThat(JsonTree.at(claude, "type")).isEqualTo("error");
    assertThat(JsonTree.at(claude, "error.type")).isEqualTo(anthropic);
    assertThat(JsonTree.at(claude, "error.message")).isEqualTo(MESSAGE);
    Object google = JsonTree.read(edits.error(WireFormat.GEMINI, error(kind)));
    assertThat(JsonTree.at(google, "error.status")).isEqualTo(gemini);
    assertThat(JsonTree.at(google, "error.code")).isEqualTo((long) status);
    assertThat(JsonTree.at(google, "error.message")).isEqualTo(MESSAGE);
    assertThat(edits.errorHeaders(WireFormat.BEDROCK, error(kind)).first("x-amzn-ErrorType"))
        .isEqualTo(bedrock);
    assertThat(edits.errorHeaders(WireFormat.OPENAI, error(kind)).contains("x-amzn-errortype"))
        .isFalse();
    assertThat(edits.errorHeaders(WireFormat.OPENAI, error(kind)).first("x-should-retry"))
        .isEqualTo(again);
    assertThat(edits.errorHeaders(WireFormat.GEMINI, error(kind)).first("content-type"))
        .isEqualTo("application/json");
  }

  @ParameterizedTest
  @CsvSource({"BEDROCK,message", "COHERE,message", "OLLAMA,error"})
  void someSayNoMoreThanAMessage(WireFormat format, String member) {
    Object body = JsonTree.read(edits.error(format, error(WireError.Kind.DENIED)));
    assertThat(JsonTree.at(body, member)).isEqualTo(MESSAGE);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BEDROCK", "OTHER"},
      mode = EnumSource.Mode.EXCLUDE)
  void ourOwnJudgeKnowsAnErrorInAStream(WireFormat format) {
    for (WireError.Kind kind : WireError.Kind.values()) {
      String event =
          new String(
              edits.streamError(format, new WireError(kind, "It broke")), StandardCharsets.UTF_8);
      assertThat(Judging.stream(format).of(event).verdict()).isEqualTo(Verdict.FAILED);
      assertThat(Judging.stream(format).of(event).failure())
          .isNotIn(FailureKind.EMPTY, FailureKind.INVALID_JSON);
    }
  }

  @Test
  void anErrorEndsALineThatWasCutOffAndItsEvent() {
    String event =
        new String(
            edits.streamError(
                WireFormat.ANTHROPIC, new WireError(WireError.Kind.UPSTREAM, "It broke")),
            StandardCharsets.UTF_8);
    assertThat(event)
        .isEqualTo(
            "\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"It broke\"}}\n\n");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BEDROCK", "OLLAMA"},
      mode = EnumSource.Mode.EXCLUDE)
  void anEventThatWasCutOffDoesNotSwallowTheError(WireFormat format) {
    byte[] error = edits.streamError(format, new WireError(WireError.Kind.UPSTREAM, "It broke"));
    for (String cut : new String[] {"data: {\"cut\":1}\n", "event: x\ndata: {\"cut", ""}) {
      String text = cut + new String(error, StandardCharsets.UTF_8);
      String[] events = text.strip().split("\\R\\R+");
      String last = events[events.length - 1];
      assertThat(last).contains("It broke").doesNotContain("cut");
      assertThat(last.lines().filter(line -> line.startsWith("data: "))).hasSize(1);
    }
  }

  @Test
  void theEventOfResponsesHasTheErrorTwice() {
    String event =
        new String(
            edits.streamError(WireFormat.OPENAI_RESPONSES, error(WireError.Kind.TIMEOUT)),
            StandardCharsets.UTF_8);
    assertThat(event).startsWith("\n\nevent: error\ndata: {");
    Object data = JsonTree.read(Judging.bytes(event.substring(event.indexOf('{'))));
    assertThat(JsonTree.at(data, "type")).isEqualTo("error");
    assertThat(JsonTree.at(data, "code")).isEqualTo("timeout");
    assertThat(JsonTree.at(data, "message")).isEqualTo(MESSAGE);
    assertThat(JsonTree.at(data, "error.code")).isEqualTo("timeout");
  }

  @Test
  void bedrocksErrorIsAFrameWhoseSumsAreRight() {
    byte[] bytes = edits.streamError(WireFormat.BEDROCK, error(WireError.Kind.RATE_LIMIT));
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    assertThat(frame.getInt()).isEqualTo(bytes.length);
    int fields = frame.getInt();
    assertThat(frame.getInt()).isEqualTo(sum(bytes, 8));
    byte[] header = new byte[fields];
    frame.get(header);
    assertThat(new String(header, StandardCharsets.ISO_8859_1))
        .isEqualTo(
            "\r:message-type\u0007\u0000\texception"
                + "\u000f:exception-type\u0007\u0000\u0013throttlingException"
                + "\r:content-type\u0007\u0000\u0010application/json");
    byte[] payload = new byte[frame.remaining() - 4];
    frame.get(payload);
    assertThat(JsonTree.at(JsonTree.read(payload), "message")).isEqualTo(MESSAGE);
    assertThat(frame.getInt()).isEqualTo(sum(bytes, bytes.length - 4));
  }

  private static int sum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }
}
