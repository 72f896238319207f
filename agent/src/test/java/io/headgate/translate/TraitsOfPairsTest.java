// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on who sells a model as much as on the model. */
class TraitsOfPairsTest {

  @ParameterizedTest
  @CsvSource({
    // provider, model, developer rather than system, max_completion_tokens
    "openai, gpt-5, true, true",
    "openai, o3, true, true",
    "openai, gpt-4o, false, true",
    "azure, gpt-5-mini, true, true",
    "azure, gpt-35-turbo, false, true",
    "azure, ours, false, true",
    "azure, Llama-3.3-70B, false, false",
    "azure, DeepSeek-V3, false, false",
    "github-models, openai/gpt-5, true, true",
    "github-models, mistral-large-2411, false, false",
    "groq, llama-3.3-70b-versatile, false, true",
  })
  void openAisNewWordsAreForItsOwnModels(
      String provider, String model, boolean developer, boolean output) {
    Traits traits = Fits.CATALOG.of(WireFormat.OPENAI, provider, model);

    assertThat(traits.can(Feature.DEVELOPER_ROLE)).isEqualTo(developer);
    assertThat(traits.can(Feature.MAX_COMPLETION_TOKENS)).isEqualTo(output);
    assertThat(traits.can(Feature.METADATA)).isFalse(); // It needs the answer stored.
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, openai, gpt-5.4, false",
    "OPENAI, azure, gpt-5.5-mini, false",
    "OPENAI, azure, gpt-5.6-terra, false",
    "OPENAI, openai, gpt-5.2, true",
    "OPENAI, openrouter, openai/gpt-5.4, true",
    "OPENAI_RESPONSES, openai, gpt-5.4, true",
    "ANTHROPIC, anthropic, claude-opus-4-8, true",
    "BEDROCK, bedrock, claude-opus-4-8, true",
    "GEMINI, gemini, gemini-3-pro, true",
    "OLLAMA, ollama, qwen3, true",
    "COHERE, cohere, command-a-03-2025, true",
  })
  void someAreNotToldHowMuchToThinkWithTools(
      WireFormat format, String provider, String model, boolean told) {
    assertThat(Fits.CATALOG.of(format, provider, model).can(Feature.REASONING_WITH_TOOLS))
        .isEqualTo(told);
  }

  @Test
  void aGeminiThatDrawsIsNotToldToThink() {
    assertThat(Fits.CATALOG.of(WireFormat.GEMINI, "gemini", "gemini-2.5-flash-image").reasoning())
        .isEqualTo(ReasoningStyle.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek, deepseek-v4-pro, true",
    "deepseek, deepseek-reasoner, true",
    "deepseek, deepseek-chat, false",
    "moonshot, kimi-k2.6, true",
    "moonshot, kimi-k2-thinking, true",
    "moonshot, kimi-k2-0711-preview, false",
    "moonshot, moonshot-v1-8k, false",
    "openai, gpt-5, false",
  })
  void someWantThoughtsBeforeCalls(String provider, String model, boolean want) {
    assertThat(Fits.CATALOG.of(WireFormat.OPENAI, provider, model).can(Feature.CALL_THOUGHTS))
        .isEqualTo(want);
  }
}
