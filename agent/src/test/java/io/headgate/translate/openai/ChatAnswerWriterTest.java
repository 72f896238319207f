// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.asked;
import static io.headgate.translate.openai.ChatJson.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChatAnswerWriterTest {

  private static final Usage NONE = Usage.builder().build();

  private static Map<String, Object> whole(Asked asked, ChatAnswer answer) {
    return ChatJson.DIALECT.answer(asked).whole(answer);
  }

  private static ChatAnswer of(StopReason stop, Part... parts) {
    return new ChatAnswer(
        "id1",
        "served",
        List.of(new ChatAnswer.Choice(List.of(parts), stop, null, List.of())),
        NONE);
  }

  private static Map<String, Object> choice(StopReason stop, Part... parts) {
    return Nodes.map(Nodes.list(whole(asked(), of(stop, parts)).get("choices")).get(0));
  }

  private static Object message(Part... parts) {
    return plain(choice(StopReason.END, parts).get("message"));
  }

  @Test
  void allMembersThatSdksInsistOnAreThere() {
    ChatAnswer answer =
        new ChatAnswer(
            null,
            null,
            List.of(
                new ChatAnswer.Choice(
                    List.of(new Part.Text("a"), new Part.Text("b")),
                    StopReason.END,
                    null,
                    List.of())),
            Usage.builder().input(10).cacheRead(4).cacheWrite(1).output(5).reasoning(2).build());
    assertThat(plain(whole(asked(), answer)))
        .isEqualTo(
            plain(
                """
                {"id":"chatcmpl-Ab12","object":"chat.completion","created":1700000000,
                 "model":"asked-model",
                 "choices":[{"index":0,
                   "message":{"role":"assistant","content":"ab","refusal":null},
                   "logprobs":null,"finish_reason":"stop"}],
                 "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,
                   "prompt_tokens_details":{"cached_tokens":4,"cache_write_tokens":1},
                   "completion_tokens_details":{"reasoning_tokens":2}}}
                """));
  }

  @Test
  void whatNobodyToldIsNotInvented() {
    assertThat(whole(asked(), of(StopReason.END)))
        .containsOnlyKeys("id", "object", "created", "model", "choices")
        .containsEntry("id", "id1")
        .containsEntry("model", "served");
  }

  @Test
  void anAnswerThatOnlyCallsToolsHasNullContent() {
    assertThat(
            message(
                new Part.ToolCall("c", "f", "{\"a\":1}"),
                new Part.ToolCall("", "g", "", "sig", null)))
        .isEqualTo(
            plain(
                """
                {"role":"assistant","content":null,"refusal":null,"tool_calls":[
                  {"id":"c","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},
                  {"id":"call_Ab12_0_1","type":"function",
                   "function":{"name":"g","arguments":"{}"},
                   "extra_content":{"google":{"thought_signature":"sig"}}}]}
                """));
    assertThat(message())
        .isEqualTo(plain("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"));
  }

  @Test
  void argumentsThatBreakOffStayAsTheyAre() {
    Map<String, Object> choice = choice(StopReason.LENGTH, new Part.ToolCall("c", "f", "{\"a\":"));
    assertThat(choice).containsEntry("finish_reason", "length");
    assertThat(ChatJson.json(choice)).contains("\"arguments\":\"{\\\"a\\\":\"");
  }

  @Test
  void aRefusalHasItsOwnMember() {
    Map<String, Object> choice = choice(StopReason.REFUSAL, new Part.Refusal("no"));
    assertThat(choice).containsEntry("finish_reason", "content_filter");
    assertThat(plain(choice.get("message")))
        .isEqualTo(plain("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\"}"));
  }

  @Test
  void thoughtsAreShownAndSignedOnesCanBeGivenBack() {
    assertThat(
            message(
                new Part.Thinking("hm", "s", null, Maker.ANTHROPIC),
                new Part.Thinking("", null, "d", Maker.ANTHROPIC),
                new Part.Thinking("!", "g", null, Maker.GOOGLE),
                new Part.Text("yes")))
        .isEqualTo(
            plain(
                """
                {"role":"assistant","content":"yes","refusal":null,"reasoning_content":"hm!",
                 "thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"s"},
                                    {"type":"redacted_thinking","data":"d"}]}
                """));
  }

  @Test
  void citationsOfPagesCountFromTheBeginningOfTheMessage() {
    Citation placed = new Citation("https://x", "X", "quote", 1, 3);
    Citation unplaced = new Citation("https://y", null, null, -1, -1);
    Citation document = new Citation(null, "doc", null, 0, 1);
    assertThat(
            message(
                new Part.Text("12345"),
                new Part.Text("abc", null, List.of(placed, unplaced, document))))
        .isEqualTo(
            plain(
                """
                {"role":"assistant","content":"12345abc","refusal":null,"annotations":[
                  {"type":"url_citation","url_citation":
                    {"start_index":6,"end_index":8,"url":"https://x","title":"X"}},
                  {"type":"url_citation","url_citation":
                    {"start_index":5,"end_index":8,"url":"https://y","title":""}}]}
                """));
  }

  @Test
  void logprobsHaveAllTheirMembers() {
    ChatAnswer answer =
        new ChatAnswer(
            "i",
            "m",
            List.of(
                new ChatAnswer.Choice(
                    List.of(new Part.Text("a")),
                    StopReason.END,
                    null,
                    List.of(
                        new ChatAnswer.TokenLogprob(
                            "a",
                            -0.25,
                            List.of(
                                new ChatAnswer.TokenLogprob(
                                    "b", Double.NEGATIVE_INFINITY, List.of())))))),
            NONE);
    Map<String, Object> choice =
        Nodes.map(Nodes.list(whole(asked(), answer).get("choices")).get(0));
    assertThat(plain(choice.get("logprobs")))
        .isEqualTo(
            plain(
                """
                {"content":[{"token":"a","logprob":-0.25,"bytes":null,"top_logprobs":[
                   {"token":"b","logprob":-9999.0,"bytes":null}]}],"refusal":null}
                """));
  }

  @Test
  void choicesAreNumbered() {
    ChatAnswer.Choice one =
        new ChatAnswer.Choice(List.of(new Part.Text("a")), StopReason.END, null, List.of());
    Map<String, Object> body = whole(asked(), new ChatAnswer("i", "m", List.of(one, one), NONE));
    assertThat(Nodes.list(body.get("choices")))
        .extracting(choice -> Nodes.map(choice).get("index"))
        .containsExactly(0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "END, stop, tool_calls",
    "STOP_SEQUENCE, stop, stop",
    "LENGTH, length, length",
    "TOOLS, stop, tool_calls",
    "FILTER, content_filter, content_filter",
    "REFUSAL, content_filter, content_filter",
    "PAUSE, stop, stop",
    "CONTEXT_FULL, length, length",
    "MALFORMED_CALL, stop, stop",
    "ERROR, stop, stop",
    "UNKNOWN, stop, tool_calls",
  })
  void everyStopHasAWordOfOpenAis(StopReason stop, String plainly, String withCalls) {
    assertThat(choice(stop, new Part.Text("x"))).containsEntry("finish_reason", plainly);
    assertThat(choice(stop, new Part.ToolCall("c", "f", "{}")))
        .containsEntry("finish_reason", withCalls);
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void noOtherWordIsEverUsed(StopReason stop) {
    assertThat(choice(stop, new Part.Text("x")).get("finish_reason"))
        .isIn("stop", "length", "tool_calls", "content_filter", "function_call");
  }

  @Test
  void anAppThatKnowsFunctionsGetsAFunctionCall() {
    Asked asked = asked("{\"messages\":[],\"functions\":[{\"name\":\"f\"}]}");
    Map<String, Object> choice =
        Nodes.map(
            Nodes.list(
                    whole(asked, of(StopReason.TOOLS, new Part.ToolCall("c", "f", "")))
                        .get("choices"))
                .get(0));
    assertThat(plain(choice))
        .isEqualTo(
            plain(
                """
                {"index":0,"message":{"role":"assistant","content":null,"refusal":null,
                   "function_call":{"name":"f","arguments":"{}"}},
                 "logprobs":null,"finish_reason":"function_call"}
                """));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    ChatAnswer answer =
        new ChatAnswer(
            "id1",
            "served",
            List.of(
                new ChatAnswer.Choice(
                    List.of(
                        new Part.Thinking("hm", "s", null, Maker.ANTHROPIC),
                        new Part.Text(
                            "yes", null, List.of(new Citation("https://x", "X", null, 0, 3))),
                        new Part.ToolCall("c", "f", "{\"a\":1.50}", "sig", null)),
                    StopReason.TOOLS,
                    null,
                    List.of(new ChatAnswer.TokenLogprob("yes", -0.5, List.of())))),
            Usage.builder()
                .input(10)
                .cacheRead(1)
                .cacheWrite(2)
                .audioInput(0)
                .output(5)
                .reasoning(3)
                .build());
    assertThat(answer(whole(asked(), answer))).isEqualTo(answer);
  }

  private static ChatAnswer answer(Map<String, Object> body) {
    return ChatJson.answer(ChatJson.json(body));
  }
}
