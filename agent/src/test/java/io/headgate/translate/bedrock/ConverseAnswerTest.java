// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.translate.Unreadable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverseAnswerTest {

  private static ChatAnswer read(String json) {
    return Converse.DIALECT.answer(Converse.tree(json));
  }

  private static String whole(String body, ChatAnswer answer) {
    return Converse.written(Converse.DIALECT.answer(Converse.asked(body)).whole(answer));
  }

  private static ChatAnswer answer(StopReason stop, Part... parts) {
    return new ChatAnswer(
        "id",
        "m",
        List.of(new ChatAnswer.Choice(List.of(parts), stop, "END", List.of())),
        Usage.builder().build());
  }

  private static final String FULL =
      """
      {"output":{"message":{"role":"assistant","content":[
        {"reasoningContent":{"reasoningText":{"text":"hm","signature":"s"}}},
        {"reasoningContent":{"redactedContent":"r"}},
        {"text":"hello"},
        {"toolUse":{"toolUseId":"t1","name":"f","input":{"b":1.50,"a":[]}}},
        {"toolUse":{"toolUseId":"t2","name":"g","input":{}}}]}},
       "stopReason":"tool_use",
       "usage":{"inputTokens":10,"outputTokens":5,"totalTokens":45,"cacheReadInputTokens":20,
         "cacheWriteInputTokens":10},
       "metrics":{"latencyMs":0}}\
      """;

  @Test
  void wholeAnswerIsRead() {
    ChatAnswer answer = read(FULL);
    assertThat(answer.choices().get(0).parts())
        .containsExactly(
            new Part.Thinking("hm", "s", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "r", Maker.ANTHROPIC),
            new Part.Text("hello"),
            new Part.ToolCall("t1", "f", "{\"b\":1.50,\"a\":[]}"),
            new Part.ToolCall("t2", "g", "{}"));
    assertThat(answer.choices().get(0).stop()).isEqualTo(StopReason.TOOLS);
    assertThat(answer.usage().input()).isEqualTo(40);
    assertThat(answer.usage().cacheRead()).isEqualTo(20);
    assertThat(answer.usage().cacheWrite()).isEqualTo(10);
    assertThat(answer.usage().output()).isEqualTo(5);
  }

  @Test
  void thoughtsWithoutASignatureAreTheModels() {
    Map<String, @Nullable Object> body =
        Converse.tree(
            """
            {"output":{"message":{"content":[
              {"reasoningContent":{"reasoningText":{"text":"hm"}}},{"text":"yes"}]}},
             "stopReason":"end_turn"}\
            """);
    assertThat(Converse.DIALECT.by(Maker.OTHER).answer(body).choices().get(0).parts())
        .contains(new Part.Thinking("hm", null, null, Maker.OTHER));
    assertThat(Converse.CLAUDE.answer(body).choices().get(0).parts())
        .contains(new Part.Thinking("hm", null, null, Maker.ANTHROPIC));
  }

  @Test
  void whatIsReadIsWrittenTheSame() {
    assertThat(whole("{}", read(FULL))).isEqualTo(Converse.compact(FULL));
  }

  @Test
  void stopSequenceIsToldToThoseWhoAsked() {
    ChatAnswer answer = answer(StopReason.STOP_SEQUENCE, new Part.Text("a"));
    assertThat(whole("{\"additionalModelResponseFieldPaths\":[\"/stop_sequence\"]}", answer))
        .contains("\"additionalModelResponseFields\":{\"stop_sequence\":\"END\"}");
    assertThat(whole("{}", answer))
        .contains("\"stopReason\":\"stop_sequence\"")
        .doesNotContain("additionalModelResponseFields");
    assertThat(
            read("""
            {"output":{"message":{"content":[{"text":"a"}]}},"stopReason":"stop_sequence",
             "additionalModelResponseFields":{"stop_sequence":"X"}}\
            """)
                .choices()
                .get(0)
                .stopSequence())
        .isEqualTo("X");
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,END",
    "tool_use,TOOLS",
    "max_tokens,LENGTH",
    "stop_sequence,STOP_SEQUENCE",
    "guardrail_intervened,FILTER",
    "content_filtered,FILTER",
    "malformed_tool_use,MALFORMED_CALL",
    "malformed_model_output,ERROR",
    "model_context_window_exceeded,CONTEXT_FULL",
    "something_new,UNKNOWN"
  })
  void everyStopReasonIsRead(String word, StopReason reason) {
    String json = "{\"output\":{\"message\":{}},\"stopReason\":\"" + word + "\"}";
    assertThat(read(json).choices().get(0).stop()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "END,end_turn",
    "STOP_SEQUENCE,stop_sequence",
    "LENGTH,max_tokens",
    "FILTER,content_filtered",
    "REFUSAL,content_filtered",
    "PAUSE,end_turn",
    "CONTEXT_FULL,model_context_window_exceeded",
    "MALFORMED_CALL,malformed_tool_use",
    "ERROR,malformed_model_output",
    "UNKNOWN,end_turn"
  })
  void everyStopReasonIsOneOfBedrocks(StopReason reason, String word) {
    assertThat(whole("{}", answer(reason, new Part.Text("a"))))
        .contains("\"stopReason\":\"" + word + "\"");
  }

  @Test
  void endWithCallsIsToolUse() {
    assertThat(whole("{}", answer(StopReason.END, new Part.ToolCall("t", "f", ""))))
        .contains("\"input\":{}", "\"stopReason\":\"tool_use\"");
    assertThat(
            read("""
            {"output":{"message":{"content":[{"toolUse":{"toolUseId":"t","name":"f"}}]}},
             "stopReason":"end_turn"}\
            """)
                .choices()
                .get(0)
                .stop())
        .isEqualTo(StopReason.TOOLS);
  }

  @Test
  void callThatBrokeOffIsLeftOut() {
    assertThat(whole("{}", answer(StopReason.LENGTH, new Part.ToolCall("t", "f", "{\"a\":"))))
        .contains("\"content\":[]", "\"stopReason\":\"max_tokens\"");
  }

  @Test
  void idsThatBedrockCouldNotHaveGivenAreReplaced() {
    assertThat(
            whole(
                "{}",
                answer(
                    StopReason.TOOLS,
                    new Part.ToolCall("", "f", "{}"),
                    new Part.ToolCall("a:b", "g", "{}"),
                    new Part.ToolCall("call_1", "h", "{}"))))
        .contains("\"tooluse_aB3_0\"", "\"tooluse_aB3_1\"", "\"call_1\"");
  }

  @Test
  void signaturesOfOthersAreKeptBack() {
    assertThat(
            whole("{}", answer(StopReason.END, new Part.Thinking("hm", "g", null, Maker.GOOGLE))))
        .contains("\"reasoningText\":{\"text\":\"hm\"}");
  }

  @Test
  void emptyTextsAreNoBlocks() {
    assertThat(whole("{}", answer(StopReason.END, new Part.Text(""), new Part.Refusal("no"))))
        .contains("\"content\":[{\"text\":\"no\"}]");
  }

  @Test
  void picturesAreWrittenIfTheyCanBe() {
    assertThat(
            whole(
                "{}",
                answer(
                    StopReason.END,
                    new Part.Image(new Media(Media.Kind.BASE64, "AA", "image/png"), null, null),
                    new Part.Image(new Media(Media.Kind.URL, "http://x", null), null, null))))
        .contains("\"content\":[{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"AA\"}}}]");
  }

  @Test
  void citationsAreForThoseWhoAsked() {
    Part cited = new Part.Text("a", null, List.of(new Citation("http://x", "t", "q", -1, -1)));
    String asked =
        """
        {"messages":[{"content":[{"document":{"citations":{"enabled":true}}}]}]}\
        """;
    String json = whole(asked, answer(StopReason.END, cited));
    assertThat(json)
        .contains(
            "{\"citationsContent\":{\"content\":[{\"text\":\"a\"}],\"citations\":[{\"title\":\"t\","
                + "\"sourceContent\":[{\"text\":\"q\"}],"
                + "\"location\":{\"web\":{\"url\":\"http://x\"}}}]}}");
    assertThat(read(json).choices().get(0).parts()).containsExactly(cited);
    assertThat(whole("{}", answer(StopReason.END, cited)))
        .contains("\"content\":[{\"text\":\"a\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"output\":7}", "{\"output\":{\"message\":[]}}"})
  void answerWithoutAMessageIsUnreadable(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(Unreadable.class);
  }

  @Test
  void errorWithinASuccessKeepsItsKind() {
    assertThatThrownBy(() -> read("{\"__type\":\"a#ThrottlingException\",\"message\":\"slow\"}"))
        .isInstanceOfSatisfying(
            Unreadable.class,
            e -> assertThat(e.failure().kind()).isEqualTo(ApiFailure.Kind.RATE_LIMIT));
  }

  @Test
  void membersOfAnotherKindDoNoHarm() {
    ChatAnswer answer =
        read(
            """
            {"output":{"message":{"role":5,"content":[null,7,{},{"text":5},{"toolUse":"x"},
              {"reasoningContent":{"reasoningText":[]}},{"toolUse":{"input":[1]}}]}},
             "stopReason":{},"usage":[],"additionalModelResponseFields":4}\
            """);
    assertThat(answer.choices().get(0).parts()).containsExactly(new Part.ToolCall("", "", "[1]"));
    assertThat(answer.usage().isEmpty()).isTrue();
  }
}
