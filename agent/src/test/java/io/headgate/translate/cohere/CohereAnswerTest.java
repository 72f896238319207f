// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
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

class CohereAnswerTest {

  private static ChatAnswer read(String json) {
    return Cohere.DIALECT.answer(Cohere.tree(json));
  }

  @Test
  void wholeAnswerIsRead() {
    ChatAnswer answer =
        read(
            """
            {"id":"c1","finish_reason":"TOOL_CALL","message":{"role":"assistant",
              "tool_plan":"I look","content":[{"type":"thinking","thinking":"hm"},
                {"type":"text","text":"a fact"}],
              "tool_calls":[
                {"id":"t1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},
                {"id":"t2","type":"function","function":{"name":"g","arguments":"null"}},
                {"id":"t3","type":"function","function":{"name":"h"}}],
              "citations":[{"start":2,"end":6,"text":"fact","content_index":1,"sources":[
                {"type":"document","id":"d","document":{"title":"T","url":"http://x",
                 "snippet":"s"}},{"type":"tool","tool_output":{"title":"U"}}]}]},
             "usage":{"billed_units":{"input_tokens":1,"search_units":2},
               "tokens":{"input_tokens":12.0,"output_tokens":7},"cached_tokens":4}}\
            """);
    assertThat(answer.id()).isEqualTo("c1");
    assertThat(answer.choices().get(0).stop()).isEqualTo(StopReason.TOOLS);
    assertThat(answer.choices().get(0).parts())
        .containsExactly(
            new Part.Thinking("I look", null, null, Maker.OTHER),
            new Part.Thinking("hm", null, null, Maker.OTHER),
            new Part.Text(
                "a fact",
                null,
                List.of(
                    new Citation("http://x", "T", "s", 2, 6), new Citation(null, "U", null, 2, 6))),
            new Part.ToolCall("t1", "f", "{\"a\":1}"),
            new Part.ToolCall("t2", "g", "{}"),
            new Part.ToolCall("t3", "h", "{}"));
    assertThat(answer.usage())
        .isEqualTo(
            Usage.builder()
                .input(12)
                .output(7)
                .cacheRead(4)
                .unit(Usage.Unit.SEARCH_UNIT, 2)
                .build());
  }

  @Test
  void contentMayBeOneText() {
    ChatAnswer answer =
        read(
            "{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"COMPLETE\",\"usage\":"
                + "{\"billed_units\":{\"input_tokens\":3,\"output_tokens\":2}}}");
    assertThat(answer.choices().get(0).parts()).containsExactly(new Part.Text("hi"));
    assertThat(answer.usage().input()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETE,END",
    "STOP_SEQUENCE,STOP_SEQUENCE",
    "MAX_TOKENS,LENGTH",
    "TOOL_CALL,TOOLS",
    "ERROR_LIMIT,CONTEXT_FULL",
    "ERROR_TOXIC,FILTER",
    "NEW,UNKNOWN"
  })
  void everyFinishReasonIsRead(String word, StopReason reason) {
    String json =
        "{\"message\":{\"content\":[{\"text\":\"a\"}]},\"finish_reason\":\"" + word + "\"}";
    assertThat(read(json).choices().get(0).stop()).isEqualTo(reason);
  }

  @Test
  void onlyCompleteWithCallsIsPromoted() {
    String calls = "\"message\":{\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\"}}]}";
    assertThat(read("{" + calls + ",\"finish_reason\":\"COMPLETE\"}").choices().get(0).stop())
        .isEqualTo(StopReason.TOOLS);
    assertThat(read("{" + calls + ",\"finish_reason\":\"MAX_TOKENS\"}").choices().get(0).stop())
        .isEqualTo(StopReason.LENGTH);
  }

  @Test
  void logprobsAreOfPieces() {
    ChatAnswer answer =
        read(
            """
            {"message":{"content":[]},"finish_reason":"COMPLETE","logprobs":[
              {"token_ids":[1],"text":"a","logprobs":[-0.5]},
              {"token_ids":[2,3],"text":"bc","logprobs":[-1,-0.25]},{"text":"d"},7]}\
            """);
    assertThat(answer.choices().get(0).logprobs())
        .containsExactly(
            new ChatAnswer.TokenLogprob("a", -0.5, List.of()),
            new ChatAnswer.TokenLogprob("bc", -1.25, List.of()));
  }

  @Test
  void errorsWithinASuccessAreUnreadable() {
    assertThatThrownBy(() -> read("{\"message\":\"no\"}"))
        .isInstanceOf(Unreadable.class)
        .hasMessage("no");
    assertThatThrownBy(() -> read("{}")).isInstanceOf(Unreadable.class);
    assertThatThrownBy(() -> read("{\"message\":{},\"finish_reason\":\"TIMEOUT\"}"))
        .isInstanceOfSatisfying(
            Unreadable.class, e -> assertThat(e.failure().kind()).isEqualTo(Kind.TIMEOUT));
  }

  @ParameterizedTest
  @CsvSource({"ERROR,SERVER", "TIMEOUT,TIMEOUT"})
  void halfAnAnswerIsAFailure(String word, Kind kind) {
    assertThatThrownBy(
            () ->
                read(
                    "{\"message\":{\"content\":[{\"text\":\"The first half\"}]},"
                        + "\"finish_reason\":\""
                        + word
                        + "\"}"))
        .isInstanceOfSatisfying(
            Unreadable.class, e -> assertThat(e.failure().kind()).isEqualTo(kind));
  }

  @Test
  void membersOfAnotherKindDoNoHarm() {
    ChatAnswer answer =
        read(
            """
            {"id":5,"message":{"content":[null,{"text":[]},4],"tool_calls":[7,{"function":1}],
              "citations":[3]},"finish_reason":[],"usage":{"tokens":{"input_tokens":"x"}},
             "logprobs":{}}\
            """);
    assertThat(answer.choices().get(0).parts()).containsExactly(new Part.ToolCall("", "", "{}"));
    assertThat(answer.usage().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400|invalid request|BAD_REQUEST
          400|too many tokens: total number of tokens is 9|CONTEXT_LENGTH
          400|blocked content|CONTENT_FILTER
          401|invalid api token|AUTHENTICATION
          498|invalid token|AUTHENTICATION
          402|please add billing|QUOTA
          403|no|PERMISSION
          404|model not found|NOT_FOUND
          409|busy|CONFLICT
          413|big|TOO_LARGE
          422|cannot|UNPROCESSABLE
          429|rate limit|RATE_LIMIT
          429|You are using a Trial key, limited to 1000 calls / month|QUOTA
          499|cancelled|TIMEOUT
          500|oops|SERVER
          503|busy|OVERLOADED
          504|slow|TIMEOUT
          """)
  void everyErrorHasItsKind(int status, String message, Kind kind) {
    ApiFailure failure =
        Cohere.DIALECT.error(
            status, Cohere.tree("{\"id\":\"1\",\"message\":\"" + message + "\"}"), "");
    assertThat(failure).isEqualTo(new ApiFailure(kind, status, message, null, null));
    assertThat(Cohere.DIALECT.error(status, null, message).kind()).isEqualTo(kind);
  }
}
