// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.translate.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesAnswerReaderTest {

  @Test
  void everyKindOfBlockIsRead() {
    ChatAnswer answer =
        read(
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
             {"type":"thinking","thinking":"Hm","signature":"sig"},
             {"type":"redacted_thinking","data":"xyz"},
             {"type":"text","text":""},
             {"type":"text","text":"One, "},
             {"type":"server_tool_use","id":"s","name":"web_search","input":{}},
             {"type":"text","text":"two.","citations":[
              {"type":"web_search_result_location","url":"https://x","title":"X",
               "cited_text":"dos","encrypted_index":"e"},
              {"type":"char_location","document_title":"D","cited_text":"zwei",
               "document_index":0,"start_char_index":1,"end_char_index":5}]},
             {"type":"tool_use","id":"toolu_1","name":"w","input":{"b":1.50,"a":"ü"}},
             {"type":"tool_use","id":"toolu_2","name":"w"}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":1,"output_tokens":2}}
            """);
    assertThat(answer.id()).isEqualTo("msg_1");
    assertThat(answer.model()).isEqualTo("claude-x");
    assertThat(answer.choices()).hasSize(1);
    assertThat(answer.choices().get(0).stop()).isEqualTo(StopReason.TOOLS);
    assertThat(answer.choices().get(0).parts())
        .containsExactly(
            new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "xyz", Maker.ANTHROPIC),
            new Part.Text("One, "),
            new Part.Foreign("server_tool_use"),
            new Part.Text(
                "two.",
                null,
                List.of(
                    new Citation("https://x", "X", "dos", 0, 4),
                    new Citation(null, "D", "zwei", 0, 4))),
            new Part.ToolCall("toolu_1", "w", "{\"b\":1.50,\"a\":\"ü\"}"),
            new Part.ToolCall("toolu_2", "w", "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, END",
    "stop_sequence, STOP_SEQUENCE",
    "max_tokens, LENGTH",
    "tool_use, TOOLS",
    "pause_turn, PAUSE",
    "refusal, REFUSAL",
    "model_context_window_exceeded, CONTEXT_FULL",
    "something_new, UNKNOWN",
  })
  void reasonsToStopAreRead(String word, StopReason reason) {
    ChatAnswer answer =
        read("{\"content\":[],\"stop_reason\":\"" + word + "\",\"stop_sequence\":\"X\"}");
    assertThat(answer.choices().get(0).stop()).isEqualTo(reason);
    assertThat(answer.choices().get(0).stopSequence()).isEqualTo("X");
  }

  @ParameterizedTest
  @CsvSource({"end_turn, TOOLS", "max_tokens, LENGTH", "refusal, REFUSAL"})
  void onlyAPlainEndBecomesACall(String word, StopReason reason) {
    ChatAnswer answer =
        read(
            "{\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"t\",\"input\":{}}],"
                + "\"stop_reason\":\""
                + word
                + "\"}");
    assertThat(answer.choices().get(0).stop()).isEqualTo(reason);
  }

  @Test
  void aRefusalIsExplained() {
    ChatAnswer answer =
        read(
            """
            {"content":[],"stop_reason":"refusal",
             "stop_details":{"type":"refusal","category":"bio","explanation":"No."}}
            """);
    assertThat(answer.choices().get(0).parts()).containsExactly(new Part.Refusal("No."));
  }

  @Test
  void cachedTokensAreInput() {
    Usage usage =
        read("""
        {"content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":100,
         "cache_creation_input_tokens":30,
         "cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":10},
         "output_tokens":7,"output_tokens_details":{"thinking_tokens":3},
         "server_tool_use":{"web_search_requests":2}}}
        """)
            .usage();
    assertThat(usage)
        .isEqualTo(
            Usage.builder()
                .input(140)
                .cacheRead(100)
                .cacheWrite(20)
                .cacheWriteHour(10)
                .output(7)
                .reasoning(3)
                .unit(Usage.Unit.WEB_SEARCH, 2)
                .build());
  }

  @Test
  void whatTheSplitDoesNotExplainIsShortLived() {
    Usage usage =
        read("""
        {"content":[],"usage":{"input_tokens":1,"cache_creation_input_tokens":30,
         "cache_creation":{"ephemeral_1h_input_tokens":10}}}
        """)
            .usage();
    assertThat(List.of(usage.input(), usage.cacheWrite(), usage.cacheWriteHour()))
        .containsExactly(31L, 20L, 10L);
  }

  @Test
  void noUsageIsNone() {
    assertThat(read("{\"content\":[]}").usage().isEmpty()).isTrue();
  }

  @Test
  void anErrorIsNoAnswerWhateverItsStatus() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
                    """))
        .isInstanceOfSatisfying(
            Unreadable.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(
                        new ApiFailure(
                            ApiFailure.Kind.OVERLOADED,
                            0,
                            "Overloaded",
                            "overloaded_error",
                            null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"content\":\"Hi\"}", "{\"content\":null,\"id\":1}"})
  void withoutContentThereIsNoAnswer(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(Unreadable.class);
  }

  @Test
  void membersOfTheWrongKindAreNoFailure() {
    ChatAnswer answer =
        read(
            """
            {"id":1,"model":[],"content":[1,null,{"type":7},{"type":"text","text":3},
             {"type":"tool_use","input":[1]},{"type":"tool_use","input":" "}],
             "stop_reason":{},"usage":[],"stop_details":"x"}
            """);
    assertThat(answer.choices().get(0).parts())
        .containsExactly(
            new Part.Foreign(""),
            new Part.ToolCall("", "", "[1]"),
            new Part.ToolCall("", "", "{}"));
  }

  private static ChatAnswer read(String body) {
    return Trees.DIALECT.answer(Trees.tree(body));
  }
}
