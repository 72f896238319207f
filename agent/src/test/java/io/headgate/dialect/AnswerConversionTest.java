// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Endpoint;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerConversionTest {

  private static final DialectForms FORMS = new DialectForms();

  static Stream<Recording> recordings() {
    return Recording.all();
  }

  /** As the recordings, and one whose stream is not recorded. */
  static Stream<Recording> wholes() {
    return Stream.concat(
        Recording.all(),
        Stream.of(Recording.chat("responses-items", WireFormat.OPENAI_RESPONSES, AnswerForm.SSE)));
  }

  private static byte[] toWhole(Recording recording, byte[] stream) {
    return good(
        FORMS.converted(recording.endpoint(), recording.form(), stream, AnswerForm.WHOLE, true));
  }

  private static byte[] toStream(Recording recording, byte[] whole) {
    return good(
        FORMS.converted(recording.endpoint(), AnswerForm.WHOLE, whole, recording.form(), true));
  }

  private static byte[] good(byte @Nullable [] bytes) {
    assertThat(bytes).isNotNull();
    return bytes == null ? new byte[0] : bytes;
  }

  private static String text(byte @Nullable [] bytes) {
    return new String(good(bytes), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertSame(byte[] json, byte[] other) {
    assertThat(JsonTree.exact(json)).isNotNull().isEqualTo(JsonTree.exact(other));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aStreamSaysAtOnceWhatItSays(Recording recording) {
    byte[] whole = toWhole(recording, recording.stream());
    assertSame(whole, recording.whole());
    assertThat(FORMS.complete(recording.endpoint(), AnswerForm.WHOLE, whole)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void anAnswerSurvivesItsWayThroughAStream(Recording recording) {
    byte[] stream = toStream(recording, recording.whole());
    assertThat(FORMS.complete(recording.endpoint(), recording.form(), stream)).isTrue();
    byte[] whole = toWhole(recording, stream);
    assertSame(whole, recording.whole());
    assertThat(toStream(recording, whole))
        .isEqualTo(toStream(recording, toWhole(recording, stream)));
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void theSameFormIsTheSameBytes(Recording recording) {
    byte[] whole = recording.whole();
    assertThat(
            FORMS.converted(recording.endpoint(), AnswerForm.WHOLE, whole, AnswerForm.WHOLE, false))
        .isSameAs(whole);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void onlyTheFormatsOwnFormsAreMade(Recording recording) {
    for (AnswerForm to : AnswerForm.values()) {
      boolean own =
          to == recording.form()
              || to == AnswerForm.WHOLE
              || (recording.format() == WireFormat.GEMINI
                  && (to == AnswerForm.SSE || to == AnswerForm.JSON_ARRAY))
              || (recording.format() == WireFormat.COHERE
                  && recording.form() == AnswerForm.NDJSON
                  && to == AnswerForm.NDJSON);
      byte[] made =
          FORMS.converted(recording.endpoint(), AnswerForm.WHOLE, recording.whole(), to, true);
      assertThat(made != null).as(to.name()).isEqualTo(own);
    }
  }

  @Test
  void geminisTwoKindsOfStreamHaveTheSameChunks() {
    Recording sse = Recording.chat("gemini-tools", WireFormat.GEMINI, AnswerForm.SSE);
    Recording array = Recording.chat("gemini-array", WireFormat.GEMINI, AnswerForm.JSON_ARRAY);
    byte[] made =
        good(
            FORMS.converted(
                sse.endpoint(), AnswerForm.SSE, sse.stream(), AnswerForm.JSON_ARRAY, false));
    assertSame(made, array.stream());
    byte[] back =
        good(
            FORMS.converted(
                sse.endpoint(), AnswerForm.JSON_ARRAY, array.stream(), AnswerForm.SSE, false));
    assertThat(StreamEvents.read(AnswerForm.SSE, back))
        .isEqualTo(StreamEvents.read(AnswerForm.SSE, sse.stream()));
    assertThat(text(back)).endsWith("\r\n\r\n");
  }

  @Test
  void usageIsToldAsItIsAskedFor() {
    Recording chat = Recording.chat("openai-text", WireFormat.OPENAI, AnswerForm.SSE);
    Endpoint at = chat.endpoint();
    byte[] without =
        good(FORMS.converted(at, AnswerForm.SSE, chat.stream(), AnswerForm.SSE, false));
    assertThat(text(without)).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    assertThat(FORMS.complete(at, AnswerForm.SSE, without)).isTrue();
    byte[] stream = chat.stream();
    assertThat(FORMS.converted(at, AnswerForm.SSE, stream, AnswerForm.SSE, true)).isSameAs(stream);
    assertThat(FORMS.converted(at, AnswerForm.SSE, without, AnswerForm.SSE, false))
        .isSameAs(without);
    // What is not in the stream cannot be told in one; an answer at once does without.
    assertThat(FORMS.converted(at, AnswerForm.SSE, without, AnswerForm.SSE, true)).isNull();
    assertThat(text(FORMS.converted(at, AnswerForm.SSE, without, AnswerForm.WHOLE, true)))
        .doesNotContain("usage");
    byte[] made = good(FORMS.converted(at, AnswerForm.WHOLE, chat.whole(), AnswerForm.SSE, false));
    assertThat(text(made)).doesNotContain("usage");
    String asked = text(FORMS.converted(at, AnswerForm.WHOLE, chat.whole(), AnswerForm.SSE, true));
    assertThat(asked.split("\"usage\":null", -1).length - 1)
        .isEqualTo(asked.split("\"finish_reason\"", -1).length - 1);
    assertThat(asked).containsOnlyOnce("\"choices\":[],\"usage\":{\"prompt_tokens\":19,");
  }

  @Test
  void usageThatComesUnaskedStays() {
    Recording chat = Recording.chat("openai-perplexity", WireFormat.OPENAI, AnswerForm.SSE);
    byte[] stream = chat.stream();
    for (boolean wanted : new boolean[] {true, false}) {
      assertThat(FORMS.converted(chat.endpoint(), AnswerForm.SSE, stream, AnswerForm.SSE, wanted))
          .isSameAs(stream);
    }
  }

  @Test
  void aChatOfOpenAiComesInItsChunks() {
    byte[] whole =
        bytes(
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hé\",\"refusal\":null,\"tool_calls\":[{\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],\"usage\":{\"total_tokens\":3}}");
    Endpoint at = Recording.chat("", WireFormat.OPENAI, AnswerForm.SSE).endpoint();
    String head =
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[";
    String rest = ",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
    assertThat(text(FORMS.converted(at, AnswerForm.WHOLE, whole, AnswerForm.SSE, false)))
        .isEqualTo(
            head
                + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"
                + rest
                + head
                + "{\"index\":0,\"delta\":{\"content\":\"Hé\"}"
                + rest
                + head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"
                + rest
                + head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}"
                + rest
                + head
                + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}]}\n\n"
                + "data: [DONE]\n\n");
  }

  @Test
  void aMessageOfAnthropicComesInItsBlocks() {
    byte[] whole =
        bytes(
            "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":[{\"type\":\"text\",\"text\":\"Hé\"},{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}],\"stop_reason\":\"tool_use\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":2,\"output_tokens\":7}}");
    Endpoint at = Recording.chat("", WireFormat.ANTHROPIC, AnswerForm.SSE).endpoint();
    assertThat(text(FORMS.converted(at, AnswerForm.WHOLE, whole, AnswerForm.SSE, false)))
        .isEqualTo(
            named(
                "message_start",
                "\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":2,\"output_tokens\":0}}",
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}",
                "content_block_delta",
                "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hé\"}",
                "content_block_stop",
                "\"index\":0",
                "content_block_start",
                "\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}",
                "content_block_delta",
                "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}",
                "content_block_stop",
                "\"index\":1",
                "message_delta",
                "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"input_tokens\":2,\"output_tokens\":7}",
                "message_stop",
                ""));
  }

  private static String named(String... typesAndMembers) {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < typesAndMembers.length; i += 2) {
      String type = typesAndMembers[i];
      events.append("event: ").append(type).append("\ndata: {\"type\":\"").append(type).append('"');
      events.append(typesAndMembers[i + 1].isEmpty() ? "" : ",").append(typesAndMembers[i + 1]);
      events.append("}\n\n");
    }
    return events.toString();
  }

  @Test
  void aResponseComesInNumberedEventsOfEachItem() {
    Recording recording =
        Recording.chat("responses-items", WireFormat.OPENAI_RESPONSES, AnswerForm.SSE);
    byte[] stream = toStream(recording, recording.whole());
    List<StreamEvent> events = StreamEvents.read(AnswerForm.SSE, stream);
    assertThat(events).isNotNull();
    if (events == null) {
      return;
    }
    for (int i = 0; i < events.size(); i++) {
      assertThat(Nodes.number(events.get(i).get("sequence_number"), -1)).isEqualTo(i);
      assertThat(events.get(i).name()).isEqualTo(events.get(i).type());
    }
    assertThat(events.stream().map(StreamEvent::type).map(type -> type.substring(9)))
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added",
            "reasoning_summary_part.added",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.done",
            "reasoning_summary_part.done",
            "output_item.done",
            "output_item.added",
            "web_search_call.in_progress",
            "web_search_call.completed",
            "output_item.done",
            "output_item.added",
            "content_part.added",
            "output_text.delta",
            "output_text.annotation.added",
            "output_text.done",
            "content_part.done",
            "output_item.done",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "output_item.added",
            "custom_tool_call_input.delta",
            "custom_tool_call_input.done",
            "output_item.done",
            "output_item.added",
            "content_part.added",
            "refusal.delta",
            "refusal.done",
            "content_part.done",
            "output_item.done",
            "completed");
    assertThat(text(stream))
        .contains(
            "\"item\":{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"in_progress\",\"arguments\":\"\",\"call_id\":\"call_1\",\"name\":\"get_weather\"}")
        .contains(
            "\"item_id\":\"msg_1\",\"output_index\":2,\"content_index\":0,\"delta\":\"Hé there\",\"logprobs\":[]");
  }

  @Test
  void whatACompletedResponseLeavesOutIsTakenFromItsItems() {
    Recording recording =
        Recording.chat("responses-text", WireFormat.OPENAI_RESPONSES, AnswerForm.SSE);
    String stream = text(recording.stream());
    int last = stream.lastIndexOf("\"output\":[");
    String emptied =
        stream.substring(0, last)
            + "\"output\":[]"
            + stream.substring(stream.indexOf(",\"parallel", last));
    assertSame(toWhole(recording, bytes(emptied)), recording.whole());
  }

  @Test
  void longTextComesInPiecesAndIsWholeAgain() {
    String long1 =
        "Das ist 😀 ein langer Text, der in Stücken kommt. ".repeat(200) + "😀".repeat(500);
    for (String text : new String[] {long1, "😀".repeat(100), "x".repeat(100_000), " ", "\n\n"}) {
      List<String> pieces = Pieces.of(text);
      assertThat(String.join("", pieces)).isEqualTo(text);
      assertThat(pieces.size()).isLessThanOrEqualTo(1001);
      for (String piece : pieces) {
        assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
      }
    }
    assertThat(Pieces.of("")).isEmpty();
    assertThat(Pieces.of(long1).size()).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "null",
        "{\"choices\":{}}",
        "{\"choices\":[1]}",
        "{\"choices\":[{\"message\":1,\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}]}",
        "{\"choices\":[{\"message\":{\"audio\":{\"data\":\"AA==\"}},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"text\":3,\"finish_reason\":\"stop\"}]}"
      })
  void whatIsNotUnderstoodIsNotConverted(String body) {
    Endpoint at = Recording.chat("", WireFormat.OPENAI, AnswerForm.SSE).endpoint();
    assertThat(FORMS.converted(at, AnswerForm.WHOLE, bytes(body), AnswerForm.SSE, true)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void garbageIsNeverAnError(WireFormat format) {
    String[] bodies = {
      "",
      "x",
      "data: {}\n\n",
      "data: {\"type\":\"message_start\"}\n\n",
      "[1]",
      "[{}]",
      "{}\n",
      "data: {\"choices\":[{\"delta\":{\"tool_calls\":[3]}}]}\n\n",
      "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{}}\n\n",
      "data: {\"type\":\"content-delta\",\"index\":0,\"delta\":{}}\n\ndata: {\"type\":\"message-end\"}\n\n",
      "data: {\"candidates\":[3]}\n\n",
      "{\"message\":3,\"done\":true}\n",
      "data: [DONE]"
    };
    for (Operation operation : Operation.values()) {
      Endpoint at = new Endpoint("p", "p", format, operation, null, false);
      for (String body : bodies) {
        for (AnswerForm from : AnswerForm.values()) {
          for (AnswerForm to : AnswerForm.values()) {
            var unused = FORMS.converted(at, from, bytes(body), to, true);
          }
          if (from != AnswerForm.WHOLE) {
            assertThat(FORMS.complete(at, from, bytes(body))).isFalse();
          }
          assertThat(FORMS.events(from, bytes(body)).stream().mapToInt(e -> e.remaining()).sum())
              .isEqualTo(body.length());
        }
      }
    }
  }

  @Test
  void aCharacterThatCameInHalvesIsWholeAgain() {
    Endpoint at = Recording.chat("", WireFormat.OPENAI, AnswerForm.SSE).endpoint();
    String half = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";
    String stream = half.formatted("a\\ud83d") + half.formatted("\\ude00b") + "data: [DONE]\n\n";
    byte[] whole =
        good(FORMS.converted(at, AnswerForm.SSE, bytes(stream), AnswerForm.WHOLE, false));
    assertThat(JsonTree.at(JsonTree.exact(whole), "choices.0.message.content")).isEqualTo("a😀b");
    String alone = half.formatted("a\\ud83d") + "data: [DONE]\n\n";
    whole = good(FORMS.converted(at, AnswerForm.SSE, bytes(alone), AnswerForm.WHOLE, false));
    assertThat(JsonTree.at(JsonTree.exact(whole), "choices.0.message.content"))
        .isEqualTo("a\ud83d");
  }

  @Test
  void unknownThingsInAStreamAreNotDropped() {
    Endpoint claude = Recording.chat("", WireFormat.ANTHROPIC, AnswerForm.SSE).endpoint();
    String begin =
        named(
            "message_start", "\"message\":{\"type\":\"message\",\"content\":[]}",
            "content_block_start", "\"index\":0,\"content_block\":{\"type\":\"new\"}");
    String end =
        named("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}", "message_stop", "");
    String text =
        named("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"n\",\"words\":\"a\"}");
    String other =
        named("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"n\",\"words\":[1]}");
    String event = named("content_block_news", "\"index\":0");
    assertThat(
            text(
                FORMS.converted(
                    claude,
                    AnswerForm.SSE,
                    bytes(begin + text + text + end),
                    AnswerForm.WHOLE,
                    false)))
        .contains("\"content\":[{\"type\":\"new\",\"words\":\"aa\"}]");
    for (String unknown : new String[] {other, event}) {
      assertThat(
              FORMS.converted(
                  claude, AnswerForm.SSE, bytes(begin + unknown + end), AnswerForm.WHOLE, false))
          .isNull();
    }
    Endpoint gemini = Recording.chat("", WireFormat.GEMINI, AnswerForm.SSE).endpoint();
    String partial =
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"willContinue\":true}}]},\"finishReason\":\"STOP\"}]}\r\n\r\n";
    assertThat(FORMS.converted(gemini, AnswerForm.SSE, bytes(partial), AnswerForm.WHOLE, false))
        .isNull();
  }

  @Test
  void callsThatAllCallThemselvesTheFirstAreToldApart() {
    Endpoint at = Recording.chat("", WireFormat.OPENAI, AnswerForm.SSE).endpoint();
    StringBuilder stream = new StringBuilder();
    for (String id : new String[] {"a", "b"}) {
      stream
          .append(
              "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"")
          .append(id)
          .append("\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}\n\n");
    }
    stream.append("data: [DONE]\n\n");
    assertThat(
            text(
                FORMS.converted(
                    at, AnswerForm.SSE, bytes(stream.toString()), AnswerForm.WHOLE, false)))
        .contains(
            "\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]");
  }
}
