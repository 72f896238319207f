// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesAnswerWriterTest {

  @Test
  void aMessageIsComplete() {
    assertThat(Trees.json(Trees.whole(StopReason.END, new Part.Text("Hi"))))
        .isEqualTo(
            Trees.line(
                """
                {"id":"msg_r4nd0m","type":"message","role":"assistant","model":"gpt-5",
                 "content":[{"type":"text","text":"Hi"}],
                 "stop_reason":"end_turn","stop_sequence":null,
                 "usage":{"input_tokens":0,"cache_creation_input_tokens":0,
                  "cache_read_input_tokens":0,"cache_creation":
                   {"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},
                  "output_tokens":0}}
                """));
  }

  @Test
  void anIdOfAnthropicsIsKeptAndTheModelMayBeRenamed() {
    ChatAnswer answer =
        new ChatAnswer("msg_bdrk_1", "claude-x", List.of(), Usage.builder().build());
    Asked asked = new Asked(Trees.ask(new Part.Text("Hi")).build(), Map.of(), "mine", true, 0, "r");
    assertThat(Trees.DIALECT.answer(asked).whole(answer))
        .containsEntry("id", "msg_bdrk_1")
        .containsEntry("model", "mine")
        .containsEntry("content", List.of())
        .containsEntry("stop_reason", "end_turn");
  }

  @ParameterizedTest
  @CsvSource({
    "END, end_turn",
    "STOP_SEQUENCE, stop_sequence",
    "LENGTH, max_tokens",
    "FILTER, refusal",
    "REFUSAL, refusal",
    "PAUSE, pause_turn",
    "CONTEXT_FULL, model_context_window_exceeded",
    "MALFORMED_CALL, end_turn",
    "ERROR, end_turn",
    "UNKNOWN, end_turn",
  })
  void reasonsToStopAreWritten(StopReason reason, String word) {
    assertThat(Trees.whole(reason, new Part.Text("Hi"))).containsEntry("stop_reason", word);
  }

  @ParameterizedTest
  @CsvSource({
    "END, tool_use",
    "TOOLS, tool_use",
    "UNKNOWN, tool_use",
    "LENGTH, max_tokens",
    "FILTER, refusal"
  })
  void aCallIsAReasonToStopUnlessThereIsAnother(StopReason reason, String word) {
    assertThat(Trees.whole(reason, new Part.ToolCall("call_1", "t", "{}")))
        .containsEntry("stop_reason", word);
  }

  @Test
  void callsHaveObjectsAndIdsThatCanBeSentBack() {
    Map<String, @Nullable Object> message =
        Trees.whole(
            StopReason.TOOLS,
            new Part.Text(""),
            new Part.ToolCall("call_1", "t", "{\"b\":1.50,\"a\":\"ü\"}"),
            new Part.ToolCall("functions.t:1", "t", " "),
            new Part.ToolCall("", "t", "null"));
    assertThat(Trees.json(message.get("content")))
        .isEqualTo(
            Trees.line(
                """
                [{"type":"tool_use","id":"call_1","name":"t","input":{"b":1.50,"a":"ü"}},
                 {"type":"tool_use","id":"functions_t_1","name":"t","input":{}},
                 {"type":"tool_use","id":"toolu_r4nd0m2","name":"t","input":{}}]
                """));
  }

  @ParameterizedTest
  @CsvSource({"LENGTH, max_tokens", "TOOLS, end_turn"})
  void aCallThatWasBrokenOffIsNoCall(StopReason reason, String word) {
    Map<String, @Nullable Object> message =
        Trees.whole(
            reason, new Part.Text("Let me"), new Part.ToolCall("call_1", "t", "{\"city\":\"Z"));
    assertThat(Trees.json(message.get("content")))
        .isEqualTo("[{\"type\":\"text\",\"text\":\"Let me\"}]");
    assertThat(message).containsEntry("stop_reason", word);
  }

  @Test
  void theStopSequenceIsNamedIfItIsKnown() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    Sampling.Builder sampling = Sampling.builder();
    sampling.stop = List.of("END");
    request.sampling = sampling.build();
    assertThat(stopped(request.build(), null)).containsEntry("stop_sequence", "END");
    sampling.stop = List.of("END", "FIN");
    request.sampling = sampling.build();
    assertThat(stopped(request.build(), null)).containsEntry("stop_sequence", null);
    assertThat(stopped(request.build(), "FIN")).containsEntry("stop_sequence", "FIN");
  }

  @Test
  void aRefusalIsSaidAndExplained() {
    Map<String, @Nullable Object> message =
        Trees.whole(StopReason.END, new Part.Refusal("I would rather not."));
    assertThat(message).containsEntry("stop_reason", "refusal");
    assertThat(Trees.json(message.get("content"))).contains("I would rather not.");
    assertThat(Trees.json(message.get("stop_details")))
        .isEqualTo(
            Trees.line(
                """
                {"type":"refusal","category":null,"explanation":"I would rather not."}
                """));
    assertThat(Trees.whole(StopReason.FILTER)).doesNotContainKey("stop_details");
  }

  @Test
  void claudesThoughtsComeWithTheirSignatures() {
    Map<String, @Nullable Object> message =
        Trees.whole(
            StopReason.END,
            new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
            new Part.Thinking("", "only", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "xyz", Maker.ANTHROPIC),
            new Part.Thinking("", null, "abc", Maker.OPENAI));
    assertThat(Trees.json(message.get("content")))
        .isEqualTo(
            Trees.line(
                """
                [{"type":"thinking","thinking":"Hm","signature":"sig"},
                 {"type":"thinking","thinking":"","signature":"only"},
                 {"type":"redacted_thinking","data":"xyz"}]
                """));
  }

  @ParameterizedTest
  @CsvSource({"ON,, true", "ON, true, true", "ON, false, false", "DEFAULT,, false", "OFF,, false"})
  void othersThoughtsAreShownToWhoAskedForThem(
      Reasoning.Mode mode, @Nullable Boolean shown, boolean written) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.reasoning = new Reasoning(mode, null, null, shown);
    Part thought = new Part.Thinking("Hm", "theirs", null, Maker.GOOGLE);
    Part opaque = new Part.Thinking("", "theirs", null, Maker.OPENAI);
    Map<String, @Nullable Object> message =
        Trees.writer(request.build()).whole(answer(null, thought, opaque));
    assertThat(Trees.json(message.get("content")))
        .isEqualTo(
            written ? "[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"\"}]" : "[]");
  }

  @Test
  void whatAnthropicWouldNotTakeBackIsNotCited() {
    Map<String, @Nullable Object> message =
        Trees.whole(
            StopReason.END,
            new Part.Text(
                "Two.",
                null,
                List.of(
                    new Citation("https://x", null, null, 0, 4),
                    new Citation(null, "D", "zwei", 0, 4))));
    assertThat(Trees.json(message.get("content")))
        .isEqualTo("[{\"type\":\"text\",\"text\":\"Two.\"}]");
  }

  @Test
  void whatIsForeignAndWhatIsBlankIsNotShown() {
    Map<String, @Nullable Object> message =
        Trees.whole(StopReason.END, new Part.Foreign("web_search_call"), new Part.Text(" \n"));
    assertThat(message).containsEntry("content", List.of());
  }

  @Test
  void cachedTokensAreCountedBesideTheInput() {
    Usage usage =
        Usage.builder()
            .input(140)
            .cacheRead(100)
            .cacheWrite(20)
            .cacheWriteHour(10)
            .output(7)
            .reasoning(3)
            .unit(Usage.Unit.WEB_SEARCH, 2)
            .build();
    assertThat(Trees.json(MessagesUsage.write(usage)))
        .isEqualTo(
            Trees.line(
                """
                {"input_tokens":10,"cache_creation_input_tokens":30,"cache_read_input_tokens":100,
                 "cache_creation":
                  {"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":10},
                 "output_tokens":7,"output_tokens_details":{"thinking_tokens":3},
                 "server_tool_use":{"web_search_requests":2}}
                """));
    assertThat(MessagesUsage.read(Trees.tree(Trees.json(MessagesUsage.write(usage)))))
        .isEqualTo(usage);
  }

  @Test
  void inputIsNeverNegative() {
    Usage usage = Usage.builder().input(5).cacheRead(9).output(1).build();
    assertThat(MessagesUsage.write(usage)).containsEntry("input_tokens", 0L);
  }

  @Test
  void onlyTheFirstOfSeveralAnswersIsWritten() {
    ChatAnswer answer =
        new ChatAnswer(
            null,
            null,
            List.of(
                new ChatAnswer.Choice(List.of(new Part.Text("a")), StopReason.END, null, List.of()),
                new ChatAnswer.Choice(
                    List.of(new Part.Text("b")), StopReason.END, null, List.of())),
            Usage.builder().build());
    Map<String, @Nullable Object> message =
        Trees.writer(Trees.ask(new Part.Text("Hi")).build()).whole(answer);
    assertThat(Nodes.list(message.get("content"))).hasSize(1);
    assertThat(message).containsEntry("model", "claude-asked");
  }

  private static Map<String, @Nullable Object> stopped(
      ChatRequest request, @Nullable String sequence) {
    return Trees.writer(request).whole(answer(sequence, new Part.Text("Hi")));
  }

  private static ChatAnswer answer(@Nullable String sequence, Part... parts) {
    ChatAnswer.Choice choice =
        new ChatAnswer.Choice(List.of(parts), StopReason.STOP_SEQUENCE, sequence, List.of());
    return new ChatAnswer(null, null, List.of(choice), Usage.builder().build());
  }
}
