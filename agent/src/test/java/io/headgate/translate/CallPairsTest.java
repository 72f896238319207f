// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.call;
import static io.headgate.translate.Fits.result;
import static io.headgate.translate.Fits.shown;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.target;
import static io.headgate.translate.Fits.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallPairsTest {

  private final Notes notes = new Notes();

  private String fitted(String target, ChatRequest.Builder request) {
    return shown(Fitting.fit(request.build(), target(target), notes).request());
  }

  @Test
  void resultsOfParallelCallsAreInOneTurnInTheOrderOfTheCalls() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(call("c1", "x"), call("c2", "y")),
            user(result("c2", "two")),
            user(result("c1", "one")),
            user("and?"));

    assertThat(fitted("claude", talk)).isEqualTo("U:go A:<c1 x>,<c2 y> U:[c1 one],[c2 two],and?");
  }

  @Test
  void aResultThatComesLateIsBroughtToItsCall() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(call("c1", "x")),
            user("are you there?"),
            user(result("c1", "one")));

    assertThat(fitted("openai", talk)).isEqualTo("U:go A:<c1 x> U:[c1 one],are you there?");
  }

  @Test
  void aResultOfAnUnknownCallIsText() {
    ChatRequest.Builder talk = talk(user("go"), user(result("c9", "nine")));

    assertThat(fitted("claude", talk)).isEqualTo("U:go,Result of a tool:,nine");
    assertThat(notes.changed()).containsExactly("tool_result of no call->text");
  }

  @Test
  void aSecondResultOfOneCallIsText() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(call("c1", "x")),
            user(result("c1", "one"), new Part.ToolResult("c1", "x", List.of(), true, null)));

    assertThat(fitted("claude", talk)).isEqualTo("U:go A:<c1 x> U:[c1 one],Error of x:");
  }

  @Test
  void aCallWithoutResultGetsOneThatSaysSo() {
    ChatRequest.Builder talk =
        talk(user("go"), assistant(call("c1", "x"), call("c2", "y")), user(result("c2", "two")));

    assertThat(fitted("claude", talk)).isEqualTo("U:go A:<c1 x>,<c2 y> U:[c1 !no result],[c2 two]");
    assertThat(notes.changed()).contains("tool_result none->error");
  }

  @Test
  void callsOfOneIdAreToldApart() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(call("same", "x")),
            user(result("same", "one")),
            assistant(call("same", "x")),
            user(result("same", "two")));

    Fitted fitted = Fitting.fit(talk.build(), Fits.CLAUDE, notes);
    List<Turn> turns = fitted.request().turns();
    Part.ToolCall second = (Part.ToolCall) turns.get(3).parts().get(0);
    assertThat(second.id()).isNotEqualTo("same").startsWith("call_");
    assertThat(shown(fitted.request())).endsWith("U:[" + second.id() + " two]");
  }

  @Test
  void aResultKnowsTheNameOfItsTool() {
    ChatRequest.Builder talk =
        talk(user("go"), assistant(call("c1", "weather")), user(result("c1", "sun")));

    Fitted fitted = Fitting.fit(talk.build(), Fits.GEMINI, notes);
    Part.ToolResult result = (Part.ToolResult) fitted.request().turns().get(2).parts().get(0);
    assertThat(result.name()).isEqualTo("weather");
  }
}
