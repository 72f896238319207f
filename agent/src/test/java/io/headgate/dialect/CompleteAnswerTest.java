// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompleteAnswerTest {

  private static final DialectForms FORMS = new DialectForms();

  static Stream<Recording> recordings() {
    return Recording.all();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Endpoint at(WireFormat format, Operation operation, boolean streaming) {
    return new Endpoint("p", "p", format, operation, null, streaming);
  }

  private static boolean complete(WireFormat format, Operation operation, String whole) {
    return FORMS.complete(at(format, operation, false), AnswerForm.WHOLE, bytes(whole));
  }

  private static boolean streamed(WireFormat format, AnswerForm form, String stream) {
    return FORMS.complete(at(format, Operation.CHAT, true), form, bytes(stream));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aStreamIsCompleteAndCutAtAnyByteItIsNot(Recording recording) {
    byte[] body = recording.stream();
    assertThat(FORMS.complete(recording.endpoint(), recording.form(), body)).isTrue();
    // An event ends with its blank line; what ends by its own nature needs no line end.
    String text = new String(body, StandardCharsets.UTF_8).stripTrailing();
    boolean byNature = recording.form() != AnswerForm.SSE || text.endsWith("[DONE]");
    int end = recording.form() == AnswerForm.EVENT_STREAM ? body.length : bytes(text).length;
    assertThat(FORMS.complete(recording.endpoint(), recording.form(), Arrays.copyOf(body, end)))
        .isEqualTo(byNature);
    for (int length = 0; length < end; length++) {
      assertThat(
              FORMS.complete(recording.endpoint(), recording.form(), Arrays.copyOf(body, length)))
          .as("%s of %s bytes", length, body.length)
          .isFalse();
    }
    if (!byNature) {
      assertThat(
              FORMS.complete(recording.endpoint(), recording.form(), Arrays.copyOf(body, end + 1)))
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anAnswerAtOnceIsCompleteAndCutAtAnyByteItIsNot(Recording recording) {
    byte[] body = recording.whole();
    int end = bytes(new String(body, StandardCharsets.UTF_8).stripTrailing()).length;
    assertThat(FORMS.complete(recording.endpoint(), AnswerForm.WHOLE, body)).isTrue();
    for (int length = 0; length < end; length++) {
      assertThat(
              FORMS.complete(recording.endpoint(), AnswerForm.WHOLE, Arrays.copyOf(body, length)))
          .as("%s of %s bytes", length, body.length)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void theEventsOfAStreamAreAllOfItAndEachIsRead(Recording recording) {
    byte[] body = recording.stream();
    List<ByteBuffer> events = FORMS.events(recording.form(), body);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer event : events) {
      byte[] bytes = new byte[event.remaining()];
      event.get(bytes);
      assertThat(bytes).isNotEmpty();
      all.writeBytes(bytes);
    }
    assertThat(all.toByteArray()).isEqualTo(body);
    List<StreamEvent> read = StreamEvents.read(recording.form(), body);
    String text = new String(body, StandardCharsets.UTF_8);
    boolean lines = recording.form() != AnswerForm.EVENT_STREAM;
    long comments = lines ? text.lines().filter(line -> line.startsWith(":")).count() : 0;
    assertThat(read).hasSize(events.size() - (int) comments);
  }

  @Test
  void framesAndWholeAnswersAreDividedToo() {
    byte[] frames = new byte[16 + 20 + 3];
    frames[3] = 16;
    frames[16 + 3] = 20;
    assertThat(FORMS.events(AnswerForm.EVENT_STREAM, frames))
        .extracting(ByteBuffer::remaining)
        .containsExactly(16, 20, 3);
    assertThat(FORMS.events(AnswerForm.WHOLE, frames)).hasSize(1);
    assertThat(FORMS.events(AnswerForm.WHOLE, new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anErrorAnywhereMakesAStreamABadOne(Recording recording) {
    if (recording.form() != AnswerForm.SSE) {
      return;
    }
    byte[] body = recording.stream();
    String error = "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"x\"}}\n\n";
    int at = 0;
    for (ByteBuffer event : FORMS.events(AnswerForm.SSE, body)) {
      String text = new String(body, 0, at, StandardCharsets.UTF_8);
      String rest = new String(body, at, body.length - at, StandardCharsets.UTF_8);
      assertThat(FORMS.complete(recording.endpoint(), AnswerForm.SSE, bytes(text + error + rest)))
          .isFalse();
      at += event.remaining();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "OPENAI|{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"length\"}]}|true",
        "OPENAI|{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"content_filter\"}]}|false",
        "OPENAI|{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"error\"}]}|false",
        "OPENAI|{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"No.\"},\"finish_reason\":\"stop\"}]}|true",
        "OPENAI|{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"stop\"}]}|false",
        "OPENAI|{\"choices\":[],\"error\":{\"message\":\"x\"}}|false",
        "OPENAI|{\"error\":null,\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}|true",
        "OPENAI|<html>502</html>|false",
        "OPENAI_RESPONSES|{\"status\":\"completed\",\"error\":null,\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}]}|true",
        "OPENAI_RESPONSES|{\"status\":\"queued\",\"error\":null,\"output\":[]}|false",
        "OPENAI_RESPONSES|{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}]}|false",
        "ANTHROPIC|{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\"max_tokens\"}|true",
        "ANTHROPIC|{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\"refusal\"}|false",
        "ANTHROPIC|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}|false",
        "GEMINI|{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"MAX_TOKENS\"}]}|true",
        "GEMINI|{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"SAFETY\"}]}|false",
        "GEMINI|{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}|false",
        "GEMINI|{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]}|false",
        "GEMINI|{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}|false",
        "BEDROCK|{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"x\"}]}},\"stopReason\":\"end_turn\"}|true",
        "BEDROCK|{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"x\"}]}},\"stopReason\":\"guardrail_intervened\"}|false",
        "BEDROCK|{\"results\":[{\"outputText\":\"x\",\"completionReason\":\"CONTENT_FILTERED\"}]}|false",
        "COHERE|{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]},\"finish_reason\":\"MAX_TOKENS\"}|true",
        "COHERE|{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]},\"finish_reason\":\"ERROR\"}|false",
        "COHERE|{\"text\":\"x\",\"finish_reason\":\"ERROR_TOXIC\"}|false",
        "OLLAMA|{\"model\":\"m\",\"message\":{\"content\":\"x\"},\"done\":true,\"done_reason\":\"length\"}|true",
        "OLLAMA|{\"model\":\"m\",\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"load\"}|false",
        "OLLAMA|{\"error\":\"x\"}|false",
        "OTHER|{\"output\":[\"a\"]}|true",
        "OTHER|{\"error\":\"a\"}|false",
        "OTHER|[{\"generated_text\":\"a\"}]|true",
        "OTHER|[]|false",
        "OTHER|{}|false"
      })
  void aChatIsCompleteIfItEndedWellAndSaysSomething(
      WireFormat format, String body, boolean complete) {
    assertThat(complete(format, Operation.CHAT, body)).isEqualTo(complete);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "OPENAI|EMBEDDINGS|{\"data\":[{\"embedding\":[1]}]}|{\"data\":[]}",
        "GEMINI|EMBEDDINGS|{\"embedding\":{\"values\":[1]}}|{\"usageMetadata\":{}}",
        "COHERE|EMBEDDINGS|{\"embeddings\":{\"float\":[[1]]}}|{\"embeddings\":{}}",
        "OLLAMA|EMBEDDINGS|{\"embeddings\":[[1]]}|{\"embeddings\":[]}",
        "BEDROCK|EMBEDDINGS|{\"embedding\":[1]}|{\"inputTextTokenCount\":3}",
        "OTHER|EMBEDDINGS|[[1]]|[]",
        "OPENAI|IMAGE|{\"data\":[{\"b64_json\":\"AA\"}]}|{\"created\":1,\"data\":[]}",
        "COHERE|RERANK|{\"results\":[{\"index\":0}]}|{\"results\":[]}",
        "OPENAI|MODERATION|{\"results\":[{\"flagged\":false}]}|not json",
        "OPENAI|TRANSCRIPTION|{\"text\":\"\"}|{\"error\":{\"message\":\"x\"}}",
        "OPENAI|TRANSCRIPTION|Hello.|{",
        "ANTHROPIC|COUNT_TOKENS|{\"input_tokens\":3}|<html>"
      })
  void otherAnswersAreCompleteWithWhatTheyWereAskedFor(
      WireFormat format, Operation operation, String good, String bad) {
    assertThat(complete(format, operation, good)).isTrue();
    assertThat(complete(format, operation, bad)).isFalse();
    assertThat(streamed(format, AnswerForm.EVENT_STREAM, good)).isFalse();
    assertThat(
            FORMS.complete(
                at(format, operation, true), AnswerForm.SSE, bytes("data: " + good + "\n\n")))
        .isFalse();
  }

  @Test
  void soundIsCompleteIfThereIsAny() {
    byte[] sound = {(byte) 0xFF, (byte) 0xFB, 0, 1};
    Endpoint speech = at(WireFormat.OPENAI, Operation.SPEECH, false);
    assertThat(FORMS.complete(speech, AnswerForm.WHOLE, sound)).isTrue();
    assertThat(FORMS.complete(speech, AnswerForm.WHOLE, new byte[0])).isFalse();
  }

  @Test
  void streamsThatEndBadlyAreNotComplete() {
    String filtered =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"content_filter\"}]}\n\ndata: [DONE]\n\n";
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, filtered)).isFalse();
    String good = filtered.replace("content_filter", "length");
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, good)).isTrue();
    // One of the choices never came to its end.
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, good.replace("\"length\"", "null")))
        .isFalse();
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, good.replace("\"x\"", "\"\"")))
        .isFalse();
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, "data: {\"no\n\n" + good)).isFalse();
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, "data: oops\n\n" + good)).isFalse();
    String gemini =
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"index\":0,\"finishReason\":\"STOP\"}]}\r\n\r\n";
    assertThat(streamed(WireFormat.GEMINI, AnswerForm.SSE, gemini)).isTrue();
    assertThat(streamed(WireFormat.GEMINI, AnswerForm.SSE, gemini.replace("STOP", "RECITATION")))
        .isFalse();
    assertThat(
            streamed(
                WireFormat.GEMINI,
                AnswerForm.SSE,
                gemini.replace("\"index\":0,\"finishReason\":\"STOP\"", "\"index\":1") + gemini))
        .isFalse();
    // What follows was cut.
    assertThat(streamed(WireFormat.GEMINI, AnswerForm.SSE, gemini + "data: {\"usa")).isFalse();
    assertThat(
            streamed(
                WireFormat.OLLAMA,
                AnswerForm.NDJSON,
                "{\"message\":{\"content\":\"x\"},\"done\":false}\n{\"error\":\"x\"}\n"))
        .isFalse();
  }

  @Test
  void aConversationOfMistralEndsInItsOwnWay() {
    String stream =
        "event: message.output.delta\ndata: {\"type\":\"message.output.delta\",\"content\":\"x\"}\n\n";
    String end =
        "event: conversation.response.done\ndata: {\"type\":\"conversation.response.done\",\"usage\":{\"total_tokens\":3}}\n\n";
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, stream)).isFalse();
    assertThat(streamed(WireFormat.OPENAI, AnswerForm.SSE, stream + end)).isTrue();
    byte[] body = bytes(stream + end);
    assertThat(
            FORMS.converted(
                at(WireFormat.OPENAI, Operation.CHAT, false),
                AnswerForm.SSE,
                body,
                AnswerForm.SSE,
                false))
        .isSameAs(body);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI,CHAT,false,true,https://h/v1/chat/completions,SSE",
    "OPENAI,CHAT,false,false,https://h/v1/chat/completions,WHOLE",
    "OPENAI,CHAT,true,true,https://h/endpoints/e/invocations-response-stream,EVENT_STREAM",
    "ANTHROPIC,CHAT,true,true,https://h/m:streamRawPredict,SSE",
    "GEMINI,CHAT,true,true,https://h/m:streamGenerateContent?key=k&alt=sse,SSE",
    "GEMINI,CHAT,true,true,https://h/m:streamGenerateContent?x=alt=sse,JSON_ARRAY",
    "GEMINI,CHAT,true,true,https://h/m:streamGenerateContent,JSON_ARRAY",
    "GEMINI,CHAT,false,false,https://h/m:generateContent?alt=sse,WHOLE",
    "COHERE,CHAT,false,true,https://h/v2/chat,SSE",
    "COHERE,CHAT,false,true,https://h/v1/chat,NDJSON",
    "COHERE,EMBEDDINGS,false,false,https://h/v2/embed,WHOLE",
    "OLLAMA,CHAT,false,true,http://h/api/chat,NDJSON",
    "OLLAMA,CHAT,false,false,http://h/api/chat,WHOLE",
    "BEDROCK,CHAT,true,true,https://h/model/m/converse-stream,EVENT_STREAM",
    "BEDROCK,CHAT,false,false,https://h/model/m/converse,WHOLE"
  })
  void theFormThatIsAskedForIsKnown(
      WireFormat format,
      Operation operation,
      boolean streaming,
      boolean stream,
      URI uri,
      AnswerForm form) {
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.stream = stream;
    GatewayRequest request =
        new GatewayRequest("POST", uri, Headers.EMPTY, RequestBody.of(bytes("{}")));
    assertThat(FORMS.asked(at(format, operation, streaming), request, facts.build()))
        .isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({
    "text/event-stream; charset=utf-8,WHOLE,SSE",
    "Text/Event-Stream,NDJSON,SSE",
    "application/x-ndjson,SSE,NDJSON",
    "application/stream+json,SSE,NDJSON",
    "application/vnd.amazon.eventstream,SSE,EVENT_STREAM",
    "application/json,SSE,WHOLE",
    "application/json; charset=UTF-8,JSON_ARRAY,JSON_ARRAY",
    "application/json,NDJSON,WHOLE",
    "audio/mpeg,SSE,WHOLE",
    "text/plain,SSE,SSE",
    ",NDJSON,NDJSON"
  })
  void theFormOfAnAnswerIsToldByItsType(String type, AnswerForm asked, AnswerForm form) {
    Headers headers = type == null ? Headers.EMPTY : Headers.ofFlat("Content-Type", type);
    assertThat(FORMS.of(headers, asked)).isEqualTo(form);
  }
}
