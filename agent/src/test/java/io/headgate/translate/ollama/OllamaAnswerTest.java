// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaAnswerTest {

  private static ChatAnswer read(String json) {
    return Ollama.DIALECT.answer(Ollama.tree(json));
  }

  @Test
  void wholeAnswerIsRead() {
    ChatAnswer answer =
        read(
            """
            {"model":"llama3","created_at":"2025-07-07T20:14:03.118294123Z","message":
              {"role":"assistant","thinking":"hm","content":"a","tool_calls":[
                {"function":{"name":"f","arguments":{"b":1.50,"a":[]}}},
                {"id":"own","function":{"name":"g"}}]},
             "done":true,"done_reason":"stop","prompt_eval_count":11,"eval_count":3}\
            """);
    assertThat(answer.model()).isEqualTo("llama3");
    assertThat(answer.choices().get(0).stop()).isEqualTo(StopReason.TOOLS);
    assertThat(answer.choices().get(0).parts())
        .containsExactly(
            new Part.Thinking("hm", null, null, Maker.OTHER),
            new Part.Text("a"),
            new Part.ToolCall("call_20250707T201403118294123Z_0", "f", "{\"b\":1.50,\"a\":[]}"),
            new Part.ToolCall("own", "g", "{}"));
    assertThat(answer.usage()).isEqualTo(Usage.builder().input(11).output(3).build());
  }

  @Test
  void idsThatAreMadeFitEverybody() {
    String call = "\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}}";
    for (String stamp : List.of("", "\"created_at\":\"" + "2025-".repeat(20) + "\",")) {
      Part part = read("{" + stamp + call).choices().get(0).parts().get(0);
      assertThat(part)
          .isInstanceOfSatisfying(
              Part.ToolCall.class, it -> assertThat(it.id()).matches("[a-zA-Z0-9_-]{6,40}"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          stop, END
          -, END
          length, LENGTH
          load, UNKNOWN
          7, END
          """)
  void everyReasonIsRead(@Nullable String word, StopReason reason) {
    String json = "{\"message\":{\"content\":\"a\"},\"done_reason\":" + quoted(word) + "}";
    assertThat(read(json).choices().get(0).stop()).isEqualTo(reason);
  }

  private static String quoted(@Nullable String word) {
    return word == null || word.equals("7") ? String.valueOf(word) : "\"" + word + "\"";
  }

  @Test
  void lengthIsNotPromotedToTools() {
    String json = "{\"message\":{\"tool_calls\":[{\"function\":{}}]},\"done_reason\":\"length\"}";
    assertThat(read(json).choices().get(0).stop()).isEqualTo(StopReason.LENGTH);
  }

  @Test
  void logprobsHaveAlternatives() {
    ChatAnswer answer =
        read(
            """
            {"message":{"content":"a"},"logprobs":[{"token":"a","logprob":-0.5,"top_logprobs":[
              {"token":"b","logprob":-1}]},{"token":"c"}]}\
            """);
    assertThat(answer.choices().get(0).logprobs())
        .containsExactly(
            new TokenLogprob("a", -0.5, List.of(new TokenLogprob("b", -1, List.of()))));
  }

  @Test
  void errorWithinASuccessIsUnreadable() {
    assertThatThrownBy(() -> read("{\"error\":\"no\"}"))
        .isInstanceOf(Unreadable.class)
        .hasMessage("no");
    assertThatThrownBy(() -> read("{\"done\":true}")).isInstanceOf(Unreadable.class);
  }

  @Test
  void linesAreEvents() {
    assertThat(
            Ollama.events(
                "{\"model\":\"m\",\"message\":{\"thinking\":\"hm\",\"content\":\"\"}}",
                "{\"model\":\"m\",\"message\":{\"content\":\"a\"},\"done\":false}",
                """
                {"model":"m","created_at":"2025-01-01T00:00:00Z","message":{"content":"",
                 "tool_calls":[{"function":{"name":"f","arguments":{"x":1}}},
                  {"function":{"name":"g","arguments":{}}}]},"done":false}\
                """,
                """
                {"model":"m","message":{"content":""},"done":true,"done_reason":"stop",
                 "prompt_eval_count":4,"eval_count":2}\
                """,
                "{\"message\":{\"content\":\"late\"}}"))
        .containsExactly(
            new ChatEvent.Begin(null, "m"),
            new ChatEvent.Thinking(0, "hm", Maker.OTHER),
            new ChatEvent.Text(0, "a"),
            new ChatEvent.CallBegin(0, 0, "call_20250101T000000Z_0", "f", null),
            new ChatEvent.CallArguments(0, 0, "{\"x\":1}"),
            new ChatEvent.CallBegin(0, 1, "call_20250101T000000Z_1", "g", null),
            new ChatEvent.CallArguments(0, 1, "{}"),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            new ChatEvent.UsageTold(Usage.builder().input(4).output(2).build()),
            new ChatEvent.End());
  }

  @Test
  void errorLineFailsTheStream() {
    assertThat(
            Ollama.events(
                "{\"message\":{\"content\":\"a\"}}", "{\"error\":\"no\"}", "{\"done\":true}"))
        .containsExactly(
            new ChatEvent.Begin(null, null),
            new ChatEvent.Text(0, "a"),
            new ChatEvent.Failed(new ApiFailure(Kind.SERVER, 0, "no", null, null)));
  }

  @Test
  void streamThatJustStopsHasNoEnd() {
    assertThat(Ollama.events("{\"message\":{\"content\":\"a\"}}"))
        .containsExactly(new ChatEvent.Begin(null, null), new ChatEvent.Text(0, "a"));
  }

  @Test
  void membersOfAnotherKindDoNoHarm() {
    List<ChatEvent> events = new ArrayList<>();
    Ollama.DIALECT.events().event(StreamEvent.DONE, events::add);
    events.addAll(Ollama.events("{\"model\":4,\"message\":[],\"done\":\"yes\",\"logprobs\":3}"));
    assertThat(events).containsExactly(new ChatEvent.Begin(null, null));
    assertThat(
            read("{\"message\":{\"content\":4,\"tool_calls\":[5,{\"function\":[]}]}}")
                .choices()
                .get(0)
                .parts())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400|does not support tools|BAD_REQUEST
          400|input length exceeds the context length|CONTEXT_LENGTH
          401|unauthorized|AUTHENTICATION
          402|pay|QUOTA
          403|no|PERMISSION
          404|model 'x' not found|NOT_FOUND
          413|big|TOO_LARGE
          422|no|UNPROCESSABLE
          429|too many|RATE_LIMIT
          429|you have reached your weekly usage limit|QUOTA
          500|llama runner process has terminated|SERVER
          503|server busy|OVERLOADED
          504|slow|TIMEOUT
          """)
  void everyErrorHasItsKind(int status, String message, Kind kind) {
    ApiFailure expected = new ApiFailure(kind, status, message, null, null);
    assertThat(
            Ollama.DIALECT.error(status, Ollama.tree("{\"error\":\"" + message + "\"}"), "other"))
        .isEqualTo(expected);
    assertThat(
            Ollama.DIALECT.error(
                status, Ollama.tree("{\"error\":{\"message\":\"" + message + "\"}}"), ""))
        .isEqualTo(expected);
    assertThat(Ollama.DIALECT.error(status, null, message)).isEqualTo(expected);
  }
}
