// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.call;
import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.result;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.target;
import static io.headgate.translate.Fits.tool;
import static io.headgate.translate.Fits.user;
import static io.headgate.translate.Fits.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.translate.Traits.Feature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitToolsTest {

  private static final Map<String, ToolChoice> CHOICES =
      Map.of(
          "auto", ToolChoice.AUTO,
          "none", new ToolChoice(ToolChoice.Kind.NONE, List.of()),
          "must", new ToolChoice(ToolChoice.Kind.REQUIRED, List.of()),
          "a", ToolChoice.named("a"),
          "a+b", new ToolChoice(ToolChoice.Kind.REQUIRED, List.of("a", "b")),
          "auto b", new ToolChoice(ToolChoice.Kind.AUTO, List.of("b")));

  private final Notes notes = new Notes();

  private ChatRequest fitted(String target, ChatRequest.Builder request) {
    return Fitting.fit(request.build(), target(target), notes).request();
  }

  private static String shown(ChatRequest request) {
    ToolChoice choice = request.toolChoice();
    return String.join("", request.tools().stream().map(Tool::name).toList())
        + " "
        + choice.kind()
        + (choice.names().isEmpty() ? "" : " " + String.join("+", choice.names()));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, auto, abc AUTO, false",
    "openai, must, abc REQUIRED, false",
    "openai, a, abc REQUIRED a, false",
    "openai, a+b, abc REQUIRED a+b, false",
    "openai, none, abc NONE, false",
    "claude, must, abc REQUIRED, false",
    "claude, a, abc REQUIRED a, false",
    "claude, a+b, ab REQUIRED, false",
    "claude, auto b, b AUTO, false",
    "claude, none, abc NONE, false",
    "gemini, a, abc REQUIRED a, false",
    "gemini, a+b, ab REQUIRED, false",
    "gemini, none, abc NONE, false",
    "bedrock, must, abc REQUIRED, false",
    "bedrock, a, abc REQUIRED a, false",
    "bedrock, none, ' DEFAULT', false",
    "cohere, must, abc REQUIRED, false",
    "cohere, a, a REQUIRED, false",
    "cohere, none, abc NONE, false",
    "ollama, must, abc DEFAULT, true",
    "ollama, a, a DEFAULT, true",
    "ollama, none, ' DEFAULT', false",
  })
  void aChoiceOfToolsIsSaidAsFarAsItCanBe(
      String target, String choice, String sent, boolean noted) {
    ChatRequest.Builder request = hello();
    request.tools = List.of(tool("a"), tool("b"), tool("c"));
    request.toolChoice = CHOICES.get(choice);

    assertThat(shown(fitted(target, request))).isEqualTo(sent);
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("tool_choice") : List.of());
  }

  @ParameterizedTest
  @CsvSource({"auto, false", "none, false", "must, true"})
  void aChoiceOfNoToolsIsNone(String choice, boolean noted) {
    ChatRequest.Builder request = hello();
    request.toolChoice = CHOICES.get(choice);
    request.parallelTools = false;

    ChatRequest fitted = fitted("openai", request);

    assertThat(shown(fitted)).isEqualTo(" DEFAULT");
    assertThat(fitted.parallelTools()).isNull();
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("tool_choice") : List.of());
  }

  private static ChatRequest.Builder history() {
    return talk(user("go"), assistant(call("c1", "x"), call("c2", "y")), user(result("c1", "1")));
  }

  @ParameterizedTest
  @CsvSource({
    "claude, xy NONE, true",
    "bedrock, xy DEFAULT, true",
    "openai, ' DEFAULT', false",
    "gemini, ' DEFAULT', false",
  })
  void toolsOfTheHistoryAreDeclaredWhereTheyHaveToBe(String target, String sent, boolean noted) {
    assertThat(shown(fitted(target, history()))).isEqualTo(sent);
    assertThat(notes.changed().contains("tools none->those of the history")).isEqualTo(noted);
  }

  @Test
  void bedrockKeepsToolsThatAreNotToBeCalledForItsHistory() {
    ChatRequest.Builder request = history();
    request.tools = List.of(tool("x"), tool("y"));
    request.toolChoice = CHOICES.get("none");

    assertThat(shown(fitted("bedrock", request))).isEqualTo("xy DEFAULT");
    assertThat(notes.dropped()).containsExactly("tool_choice");
  }

  @Test
  void toolsRuleOutWhoTakesNone() {
    Traits none = without(Fits.OPENAI, Feature.TOOLS);
    ChatRequest.Builder request = hello();
    request.tools = List.of(tool("a"));

    assertThatThrownBy(() -> Fitting.fit(request.build(), none, notes))
        .isInstanceOf(Ineligible.class)
        .hasMessage("gpt-4o takes no tools");
    assertThatThrownBy(() -> Fitting.fit(history().build(), none, notes))
        .isInstanceOf(Ineligible.class);

    request.toolChoice = CHOICES.get("none");
    assertThat(shown(Fitting.fit(request.build(), none, notes).request())).isEqualTo(" DEFAULT");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, false, false, false", "claude, false, false, false", "gemini, false, , true",
    "gemini, true, , false", "cohere, false, , true", "ollama, false, , true",
  })
  void whetherSeveralMayBeCalledIsSaidOrNoted(
      String target, boolean wanted, Boolean sent, boolean noted) {
    ChatRequest.Builder request = hello();
    request.tools = List.of(tool("a"));
    request.parallelTools = wanted;

    assertThat(fitted(target, request).parallelTools()).isEqualTo(sent);
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("parallel_tool_calls") : List.of());
  }

  @ParameterizedTest
  @CsvSource({"openai, true, false", "claude-4, , true", "gemini, , true", "claude, true, false"})
  void strictnessIsSaidOrNoted(String target, Boolean sent, boolean noted) {
    ChatRequest.Builder request = hello();
    request.tools = List.of(new Tool("a", null, null, true, null));

    assertThat(fitted(target, request).tools().get(0).strict()).isEqualTo(sent);
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("strict") : List.of());
  }
}
