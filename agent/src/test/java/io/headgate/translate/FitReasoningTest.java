// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.call;
import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.result;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.thought;
import static io.headgate.translate.Fits.tool;
import static io.headgate.translate.Fits.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.chat.Sampling;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.WireFormat;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitReasoningTest {

  private final Notes notes = new Notes();

  private static Reasoning wish(String words) {
    if (words.equals("off")) {
      return Reasoning.OFF;
    }
    if (words.equals("on")) {
      return new Reasoning(Mode.ON, null, null, null);
    }
    return Character.isDigit(words.charAt(0))
        ? new Reasoning(Mode.ON, null, Long.valueOf(words), null)
        : new Reasoning(Mode.ON, Efforts.named(words), null, null);
  }

  private static String shown(Reasoning reasoning) {
    Effort effort = reasoning.effort();
    return switch (reasoning.mode()) {
      case DEFAULT -> "default";
      case OFF -> "off";
      case ON ->
          effort != null
              ? Efforts.word(effort)
              : reasoning.budget() == null ? "on" : reasoning.budget().toString();
    };
  }

  @ParameterizedTest
  @CsvSource({
    // Efforts and budgets, to those who are told by a word.
    "OPENAI, openai, gpt-5, minimal, minimal, ",
    "OPENAI, openai, gpt-5, xhigh, high, reasoning_effort xhigh->high",
    "OPENAI, openai, gpt-5, off, minimal, thinking off->as little as possible",
    "OPENAI, openai, gpt-5, 1500, low, ",
    "OPENAI, openai, gpt-5, 4096, medium, ",
    "OPENAI, openai, gpt-5, 32000, high, ",
    "OPENAI, openai, gpt-5, on, on, ",
    "OPENAI, openai, gpt-5.1, off, off, ",
    "OPENAI, openai, o3, minimal, low, reasoning_effort minimal->low",
    "OPENAI_RESPONSES, openai, gpt-5.6, max, max, ",
    "OPENAI, openai, gpt-4o, off, default, ",
    "OPENAI, openai, gpt-4o, high, default, -thinking",
    // Claude by a word.
    "ANTHROPIC, anthropic, claude-opus-4-8, minimal, low, reasoning_effort minimal->low",
    "ANTHROPIC, anthropic, claude-opus-4-8, xhigh, xhigh, ",
    "ANTHROPIC, anthropic, claude-opus-4-6, xhigh, max, reasoning_effort xhigh->max",
    "ANTHROPIC, anthropic, claude-opus-4-8, off, off, ",
    "ANTHROPIC, anthropic, claude-fable-5, off, low, thinking off->as little as possible",
    "ANTHROPIC, anthropic, claude-opus-4-8, 10000, high, ",
    // Claude by a budget.
    "ANTHROPIC, anthropic, claude-sonnet-4-5, minimal, 1024, ",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, low, 2048, ",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, medium, 8192, ",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, high, 16384, ",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, max, 32768, ",
    "ANTHROPIC, anthropic, claude-opus-4-1, max, 30976, ",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, on, 8192, ",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, off, off, ",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, 500, 1024, thinking_budget 500->1024",
    "ANTHROPIC, anthropic, claude-3-5-haiku-latest, high, default, -thinking",
    "BEDROCK, bedrock, anthropic.claude-sonnet-4-5-20250929-v1:0, high, 16384, ",
    // Gemini by a budget.
    "GEMINI, gemini, gemini-2.5-flash, off, off, ",
    "GEMINI, gemini, gemini-2.5-pro, off, 128, thinking off->as little as possible",
    "GEMINI, gemini, gemini-2.5-pro, minimal, 1024, ",
    "GEMINI, gemini, gemini-2.5-pro, high, 24576, ",
    "GEMINI, gemini, gemini-2.5-pro, max, 32768, ",
    "GEMINI, gemini, gemini-2.5-flash, max, 24576, ",
    "GEMINI, gemini, gemini-2.5-flash-lite, 100, 512, thinking_budget 100->512",
    "GEMINI, gemini, gemini-2.5-pro, on, on, ",
    // Gemini by a level.
    "GEMINI, gemini, gemini-3-pro-preview, medium, high, reasoning_effort medium->high",
    "GEMINI, gemini, gemini-3-pro-preview, off, low, thinking off->as little as possible",
    "GEMINI, gemini, gemini-3-flash-preview, off, minimal, thinking off->as little as possible",
    "GEMINI, gemini, gemini-3-flash-preview, 30000, high, ",
    "GEMINI, gemini, gemini-2.0-flash, low, default, -thinking",
    // On or off.
    "COHERE, cohere, command-a-reasoning-08-2025, low, 2048, ",
    "COHERE, cohere, command-a-reasoning-08-2025, medium, 8192, ",
    "COHERE, cohere, command-a-reasoning-08-2025, max, 31000, ",
    "COHERE, cohere, command-a-reasoning-08-2025, 500, 500, ",
    "COHERE, cohere, command-a-reasoning-08-2025, 60000, 31000, thinking_budget 60000->31000",
    "COHERE, cohere, command-a-reasoning-08-2025, on, on, ",
    "COHERE, cohere, command-a-plus-05-2026, high, 24576, ",
    "COHERE, cohere, command-a-reasoning-08-2025, off, off, ",
    "COHERE, cohere, command-r, low, default, -thinking",
    "OLLAMA, ollama, qwen3:8b, high, high, ",
    "OLLAMA, ollama, gpt-oss:20b, off, low, thinking off->as little as possible",
    "OLLAMA, mine, deepseek-v4-flash, low, low, ",
    "OLLAMA, ollama, gpt-oss:20b, minimal, low, reasoning_effort minimal->low",
    "OLLAMA, ollama, llama3.1:8b, on, default, -thinking",
  })
  void howMuchToThinkIsSaidAsTheTargetIsTold(
      WireFormat format,
      String provider,
      String model,
      String wanted,
      String sent,
      @Nullable String note) {
    ChatRequest.Builder request = hello();
    request.reasoning = wish(wanted);

    ChatRequest fitted =
        Fitting.fit(request.build(), Fits.CATALOG.of(format, provider, model), notes).request();

    assertThat(shown(fitted.reasoning())).isEqualTo(sent);
    boolean dropped = note != null && note.startsWith("-");
    assertThat(notes.dropped()).isEqualTo(dropped ? List.of("thinking") : List.of());
    assertThat(notes.changed()).isEqualTo(note == null || dropped ? List.of() : List.of(note));
  }

  @ParameterizedTest
  @CsvSource({
    // Said as it is, beside no wish to think.
    "ANTHROPIC, anthropic, claude-opus-4-8, DEFAULT, LOW, , false",
    "GEMINI, gemini, gemini-3-pro-preview, DEFAULT, LOW, , false",
    // They think in any case.
    "OPENAI, openai, gpt-5, ON, LOW, , false",
    "OPENAI_RESPONSES, openai, o3, ON, LOW, , false",
    "GEMINI, gemini, gemini-2.5-pro, ON, , 2048, false",
    "OLLAMA, ollama, gpt-oss:20b, ON, LOW, , false",
    // They might not, or cannot.
    "OPENAI, openai, gpt-5.1, DEFAULT, , , true",
    "OPENAI, openai, gpt-4o, DEFAULT, , , true",
    "GEMINI, gemini, gemini-2.5-flash, DEFAULT, , , true",
    "GEMINI, gemini, gemini-2.0-flash, DEFAULT, , , true",
    "ANTHROPIC, anthropic, claude-sonnet-4-5, DEFAULT, , , true",
    "ANTHROPIC, anthropic, claude-3-5-haiku-latest, DEFAULT, , , true",
    "COHERE, cohere, command-a-reasoning-08-2025, DEFAULT, , , true",
    "OLLAMA, ollama, qwen3:8b, DEFAULT, , , true",
    "BEDROCK, bedrock, us.amazon.nova-2-lite-v1:0, DEFAULT, , , true",
  })
  void anEffortWithoutThinkingIsSaidOrNoted(
      WireFormat format,
      String provider,
      String model,
      Mode mode,
      @Nullable Effort effort,
      @Nullable Long budget,
      boolean lost) {
    ChatRequest.Builder request = hello();
    request.reasoning = new Reasoning(Mode.DEFAULT, Effort.LOW, null, null);

    ChatRequest fitted =
        Fitting.fit(request.build(), Fits.CATALOG.of(format, provider, model), notes).request();

    assertThat(fitted.reasoning()).isEqualTo(new Reasoning(mode, effort, budget, null));
    assertThat(notes.dropped()).isEqualTo(lost ? List.of("effort") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // limit, wanted, budget
    "20000, high, 16384", "10000, high, 8976", "4096, high, 3072", "2000, low, 1500",
    "1200, low, ", "1500, 1200, 1200", "1100, 5000, 1099", "1024, 5000, ",
  })
  void thinkingLeavesRoomForTheAnswer(long limit, String wanted, @Nullable Long budget) {
    ChatRequest.Builder request = hello();
    request.reasoning = wish(wanted);
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = limit;
    request.sampling = sampling.build();

    Reasoning sent = Fitting.fit(request.build(), Fits.CLAUDE, notes).request().reasoning();

    assertThat(sent.budget()).isEqualTo(budget);
    assertThat(sent.mode()).isEqualTo(budget == null ? Mode.OFF : Mode.ON);
    assertThat(notes.dropped()).isEqualTo(budget == null ? List.of("thinking") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // limit, wanted, limit sent, budget
    "64000, 60000, 32000, 31000",
    "1000, medium, 1000, 750",
    "4096, low, 4096, 2048",
    "2000, 5000, 2000, 1999",
    "1, 500, 1, ",
  })
  void cohereThinksWithinItsLimits(long limit, String wanted, long sent, @Nullable Long budget) {
    ChatRequest.Builder request = hello();
    request.reasoning = wish(wanted);
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = limit;
    request.sampling = sampling.build();

    Traits traits = Fits.CATALOG.of(WireFormat.COHERE, "cohere", "command-a-reasoning-08-2025");
    ChatRequest fitted = Fitting.fit(request.build(), traits, notes).request();

    assertThat(fitted.sampling().maxTokens()).isEqualTo(sent);
    assertThat(fitted.reasoning().budget()).isEqualTo(budget);
    assertThat(fitted.reasoning().mode()).isEqualTo(budget == null ? Mode.OFF : Mode.ON);
  }

  @Test
  void claudeDoesNotThinkBeforeAToolThatItHasToCall() {
    ChatRequest.Builder request = hello();
    request.reasoning = wish("high");
    request.tools = List.of(tool("a"));
    request.toolChoice = ToolChoice.named("a");

    ChatRequest claude = Fitting.fit(request.build(), Fits.CLAUDE, notes).request();
    ChatRequest gpt = Fitting.fit(request.build(), Fits.GPT_5, new Notes()).request();

    assertThat(claude.reasoning()).isEqualTo(Reasoning.OFF);
    assertThat(claude.toolChoice()).isEqualTo(ToolChoice.named("a"));
    assertThat(notes.dropped()).containsExactly("thinking");
    assertThat(shown(gpt.reasoning())).isEqualTo("high");
  }

  @Test
  void claudeDrawsAsItLikesWhileItThinks() {
    ChatRequest.Builder request = hello();
    request.reasoning = wish("low");
    Sampling.Builder sampling = Sampling.builder();
    sampling.temperature = new BigDecimal("0.2");
    sampling.topK = 4L;
    request.sampling = sampling.build();

    Sampling sent = Fitting.fit(request.build(), Fits.CLAUDE, notes).request().sampling();

    assertThat(sent.temperature()).isNull();
    assertThat(sent.topK()).isNull();
    assertThat(notes.dropped()).containsExactly("temperature", "top_k");
  }

  @Test
  void wordsBehindResultsDoNotEndTheTurnInWhichToolsWereCalled() {
    Part.ToolCall call = call("c1", "x");
    ChatRequest.Builder foreign =
        talk(user("go"), assistant(call), user(result("c1", "1")), user("and be brief"));
    foreign.reasoning = wish("low");
    ChatRequest.Builder picture =
        talk(user("go"), assistant(call), user(result("c1", new Part.Image(Fits.PNG, null, null))));
    picture.reasoning = wish("low");
    Traits textOnly = Fits.without(Fits.BEDROCK, Traits.Feature.TOOL_RESULT_IMAGES);

    assertThat(shown(Fitting.fit(foreign.build(), Fits.BEDROCK, notes).request().reasoning()))
        .isEqualTo("off");
    assertThat(notes.dropped()).containsExactly("thinking");
    assertThat(shown(Fitting.fit(picture.build(), textOnly, notes).request().reasoning()))
        .isEqualTo("off");
  }

  @Test
  void oneThoughtIsEnoughForATurnInWhichToolsWereCalledTwice() {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(thought(Maker.ANTHROPIC), call("c1", "x")),
            user(result("c1", "1")),
            assistant(call("c2", "x")),
            user(result("c2", "2")));
    talk.reasoning = wish("low");

    assertThat(shown(Fitting.fit(talk.build(), Fits.BEDROCK, notes).request().reasoning()))
        .isEqualTo("2048");
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void claudeDoesNotGoOnThinkingAfterCallsOfAnother() {
    Part.ToolCall call = call("c1", "x");
    ChatRequest.Builder foreign =
        talk(user("go"), assistant(thought(Maker.OPENAI), call), user(result("c1", "1")));
    foreign.reasoning = wish("low");
    ChatRequest.Builder own =
        talk(user("go"), assistant(thought(Maker.ANTHROPIC), call), user(result("c1", "1")));
    own.reasoning = wish("low");
    ChatRequest.Builder over =
        talk(user("go"), assistant(call), user(result("c1", "1")), assistant("so"), user("ok"));
    over.reasoning = wish("low");

    assertThat(shown(Fitting.fit(foreign.build(), Fits.CLAUDE, notes).request().reasoning()))
        .isEqualTo("off");
    assertThat(notes.dropped()).containsExactly("thinking");
    assertThat(shown(Fitting.fit(own.build(), Fits.CLAUDE, notes).request().reasoning()))
        .isEqualTo("2048");
    assertThat(shown(Fitting.fit(over.build(), Fits.CLAUDE, notes).request().reasoning()))
        .isEqualTo("2048");
    assertThat(shown(Fitting.fit(foreign.build(), Fits.CLAUDE_NEW, notes).request().reasoning()))
        .isEqualTo("low");
  }
}
