// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.chat.Sampling;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is thought where something else stands in the way. */
class FitEffortTest {

  private static final Reasoning HIGH = new Reasoning(Mode.ON, Effort.HIGH, null, null);

  private final Notes notes = new Notes();

  private ChatRequest fitted(ChatRequest.Builder request, String provider, String model) {
    WireFormat format = provider.equals("anthropic") ? WireFormat.ANTHROPIC : WireFormat.OPENAI;
    return fitted(request, Fits.CATALOG.of(format, provider, model));
  }

  private ChatRequest fitted(ChatRequest.Builder request, Traits traits) {
    return Fitting.fit(request.build(), traits, notes).request();
  }

  @ParameterizedTest
  @CsvSource({"openai, gpt-5.4, false", "azure, gpt-5.5, false", "openai, gpt-5.2, true"})
  void effortGivesWayToToolsWhereTheyExcludeEachOther(String provider, String model, boolean both) {
    ChatRequest.Builder request = hello();
    request.reasoning = HIGH;
    request.tools = List.of(tool("a"));

    assertThat(fitted(request, provider, model).reasoning())
        .isEqualTo(both ? HIGH : Reasoning.DEFAULT);
    assertThat(notes.dropped()).isEqualTo(both ? List.of() : List.of("thinking"));
    request.tools = List.of();
    assertThat(fitted(request, provider, model).reasoning()).isEqualTo(HIGH);
    request.tools = List.of(tool("a"));
    request.reasoning = Reasoning.OFF;
    assertThat(fitted(request, provider, model).reasoning()).isEqualTo(Reasoning.OFF);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aChoiceOfToolGivesWayToThinkingThatCannotBeLeft(boolean asked) {
    ChatRequest.Builder request = hello();
    request.reasoning = asked ? HIGH : Reasoning.DEFAULT;
    request.tools = List.of(tool("a"));
    request.toolChoice = ToolChoice.named("a");

    ChatRequest sent = fitted(request, "anthropic", "claude-fable-5");

    assertThat(sent.reasoning()).isEqualTo(request.reasoning);
    assertThat(sent.toolChoice()).isEqualTo(ToolChoice.AUTO);
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).containsExactly("tool_choice required->auto");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, openai, gpt-5, 300, MINIMAL",
    "OPENAI, openai, o3, 300, LOW",
    "OPENAI_RESPONSES, openai, gpt-5.1, 300, OFF",
    "GEMINI, gemini, gemini-2.5-flash, 300, ",
    "OPENAI, openai, gpt-5, 5000, ",
    "OPENAI, openai, gpt-5, , ",
    "OPENAI, openai, gpt-4o, 300, ",
    "OPENAI_RESPONSES, openai, gpt-5-pro, 300, ",
    "ANTHROPIC, anthropic, claude-opus-4-8, 300, ",
    "OPENAI, groq, openai/gpt-oss-120b, 300, ",
  })
  void aShortAnswerIsNotUsedUpByThinkingThatNobodyAskedFor(
      WireFormat format,
      String provider,
      String model,
      @Nullable Long limit,
      @Nullable String how) {
    ChatRequest.Builder request = hello();
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = limit;
    request.sampling = sampling.build();

    Reasoning sent = fitted(request, Fits.CATALOG.of(format, provider, model)).reasoning();

    Effort effort = sent.effort();
    assertThat(sent.mode() == Mode.OFF ? "OFF" : effort == null ? null : effort.name())
        .isEqualTo(how);
    assertThat(notes.changed())
        .isEqualTo(how == null ? List.of() : List.of("thinking default->as little as possible"));
  }

  @Test
  void aShortAnswerLeavesWhatTheAppSaidOfThinking() {
    ChatRequest.Builder request = hello();
    request.reasoning = HIGH;
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = 300L;
    request.sampling = sampling.build();

    assertThat(fitted(request, "openai", "gpt-5").reasoning()).isEqualTo(HIGH);
  }
}
