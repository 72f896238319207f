// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.call;
import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.result;
import static io.headgate.translate.Fits.shown;
import static io.headgate.translate.Fits.system;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.target;
import static io.headgate.translate.Fits.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.WireFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitTurnsTest {

  private final Notes notes = new Notes();

  private String fitted(String target, ChatRequest.Builder request) {
    return shown(Fitting.fit(request.build(), target(target), notes).request());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "claude", "gemini", "bedrock", "cohere"})
  void adjacentTurnsOfOneRoleAreOne(String target) {
    ChatRequest.Builder talk =
        talk(user("a"), user("b"), assistant("c"), assistant("d"), user("e"));

    assertThat(fitted(target, talk)).isEqualTo("U:a,b A:c,d U:e");
    assertThat(notes.changed()).isEmpty();
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void textsAndTurnsWithoutAnythingAreLeftOut() {
    ChatRequest.Builder talk =
        talk(user("a"), assistant(""), user(new Part.Text(" \n"), new Part.Text("b")));
    talk.system = List.of(new Part.Text(""), new Part.Text("be kind"));

    assertThat(fitted("claude", talk)).isEqualTo("s:be kind U:a,b");
  }

  @Test
  void callsThatComeAsTurnsOfTheirOwnAreOneTurn() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant("well"),
            assistant(call("c1", "x")),
            assistant(call("c2", "y")),
            user(result("c1", "one")),
            user(result("c2", "two")));

    assertThat(fitted("openai", talk)).isEqualTo("U:go A:well,<c1 x>,<c2 y> U:[c1 one],[c2 two]");
  }

  @Test
  void stepsOfAnAgentStayApart() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(call("c1", "x")),
            user(result("c1", "one")),
            assistant(call("c2", "x")),
            user(result("c2", "two")),
            assistant("done"),
            user("thanks"));

    assertThat(fitted("bedrock", talk))
        .isEqualTo("U:go A:<c1 x> U:[c1 one] A:<c2 x> U:[c2 two] A:done U:thanks");
  }

  @Test
  void textBeforeAResultComesAfterIt() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(call("c1", "x")),
            user(new Part.Text("look:"), result("c1", "one")));

    assertThat(fitted("claude", talk)).isEqualTo("U:go A:<c1 x> U:[c1 one],look:");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, U:a S:x A:b U:c",
    "mistral, U:a S:x A:b U:c",
    "claude, s:x U:a A:b U:c",
    "gemini, s:x U:a A:b U:c",
    "bedrock, s:x U:a A:b U:c",
    "claude-new, U:a S:x A:b U:c",
  })
  void instructionsInTheMiddleStayOrGoToTheTop(String target, String expected) {
    ChatRequest.Builder talk = talk(user("a"), system("x"), assistant("b"), user("c"));

    assertThat(fitted(target, talk)).isEqualTo(expected);
    assertThat(notes.changed())
        .isEqualTo(
            expected.startsWith("s:") ? List.of("system in the middle->at the top") : List.of());
  }

  @Test
  void instructionsAreToldToClaudeAfterTheUsersTurn() {
    ChatRequest.Builder talk =
        talk(user("a"), assistant("b"), system("x"), user("c"), assistant("d"), user("e"));

    assertThat(fitted("claude-new", talk)).isEqualTo("U:a A:b U:c S:x A:d U:e");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, true",
    "claude, true",
    "cohere, true",
    "ollama, true",
    "gemini, false",
    "bedrock, false",
  })
  void notEveryTargetLetsTheAssistantBegin(String target, boolean can) {
    ChatRequest.Builder talk = talk(assistant("hi"), user("a"));

    if (can) {
      assertThat(fitted(target, talk)).isEqualTo("A:hi U:a");
    } else {
      assertThatThrownBy(() -> fitted(target, talk))
          .isInstanceOf(Ineligible.class)
          .hasMessageContaining("that the assistant begins");
    }
  }

  @ParameterizedTest
  @CsvSource({"claude, true", "openai, true", "claude-new, false", "mistral, false"})
  void notEveryTargetGoesOnWithAnAnswer(String target, boolean can) {
    ChatRequest.Builder talk = talk(user("a"), assistant("{ "));

    if (can) {
      assertThat(fitted(target, talk)).isEqualTo(target.equals("claude") ? "U:a A:{" : "U:a A:{ ");
    } else {
      assertThatThrownBy(() -> fitted(target, talk))
          .isInstanceOf(Ineligible.class)
          .hasMessageContaining("does not go on");
    }
  }

  @ParameterizedTest
  @CsvSource({"openai, true", "responses, true", "ollama, true", "claude, false", "gemini, false"})
  void notEveryTargetTakesInstructionsAlone(String target, boolean can) {
    ChatRequest.Builder talk = talk();
    talk.system = List.of(new Part.Text("write"));

    if (can) {
      assertThat(fitted(target, talk)).isEqualTo("s:write");
    } else {
      assertThatThrownBy(() -> fitted(target, talk)).isInstanceOf(Ineligible.class);
    }
  }

  @Test
  void whoTakesNoInstructionsIsToldByTheUser() {
    ChatRequest.Builder talk = hello();
    talk.system = List.of(new Part.Text("be kind"));
    Traits gemma = Fits.CATALOG.of(WireFormat.GEMINI, "gemini", "gemma-3-27b-it");

    Fitted fitted = Fitting.fit(talk.build(), gemma, notes);

    assertThat(shown(fitted.request())).isEqualTo("U:be kind,hello");
    assertThat(notes.changed()).containsExactly("system system->user");
  }
}
