// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.translate.Traits.Budgets;
import io.headgate.translate.Traits.IdRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraitsLimitsTest {

  private final TraitsCatalog catalog = new TraitsCatalog();

  @ParameterizedTest
  @CsvSource({
    "OPENAI, openai, gpt-4o, 2, 4, SHORT, 64",
    "OPENAI_RESPONSES, openai, gpt-4o, 2, 0, WORD, 64",
    "ANTHROPIC, anthropic, claude-opus-4-1, 1, 1000, WORD, 64",
    "GEMINI, gemini, gemini-2.5-pro, 2, 5, ANY, 64",
    "BEDROCK, bedrock, amazon.nova-pro-v1:0, 1, 4, WORD, 64",
    "BEDROCK, bedrock, mistral.mistral-large-2407-v1:0, 1, 4, WORD, 64",
    "COHERE, cohere, command-r, 1, 5, ANY, 64",
    "OPENAI, mistral, codestral-latest, 1.5, 100, NINE, 64",
    "OPENAI, vllm, mistralai/Mistral-Small-3.2-24B-Instruct-2506, 1.5, 4, NINE, 64",
    "OPENAI, vllm, my-own, 2, 4, ANY, 64",
    "OPENAI, openrouter, anthropic/claude-sonnet-4.5, 1, 4, SHORT, 64",
    "OPENAI, zai, glm-4.6, 1, 1, SHORT, 64",
  })
  void limitsAreThoseOfFormatProviderAndModelTogether(
      WireFormat format,
      String provider,
      String model,
      double temperature,
      int stops,
      IdRule ids,
      int toolName) {
    Traits traits = catalog.of(format, provider, model);

    assertThat(traits.maxTemperature()).isEqualTo(temperature);
    assertThat(traits.maxStops()).isEqualTo(stops);
    assertThat(traits.ids()).isEqualTo(ids);
    assertThat(traits.toolNameLength()).isEqualTo(toolName);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, openai, gpt-5-mini, 'minimal low medium high'",
    "OPENAI, openai, gpt-5.1, 'none low medium high'",
    "OPENAI, openai, gpt-5.6, 'none low medium high xhigh max'",
    "OPENAI, openai, gpt-5-pro, 'high'",
    "OPENAI, openai, o4-mini, 'low medium high'",
    "ANTHROPIC, anthropic, claude-opus-4-6, 'low medium high max'",
    "ANTHROPIC, anthropic, claude-opus-5, 'low medium high xhigh max'",
    "GEMINI, gemini, gemini-3-pro-preview, 'low high'",
    "OPENAI, openrouter, google/gemini-2.5-pro, 'low medium high'",
    "OLLAMA, ollama, gpt-oss:20b, 'low medium high'",
  })
  void wordsForEffortAreTheModels(WireFormat format, String provider, String model, String words) {
    assertThat(catalog.of(format, provider, model).efforts())
        .containsExactlyInAnyOrder(words.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro, 128, 32768",
    "gemini-2.5-flash, 1, 24576",
    "gemini-2.5-flash-lite, 512, 24576",
  })
  void budgetsOfGeminiAreTheModels(String model, long least, long most) {
    assertThat(catalog.of(WireFormat.GEMINI, "gemini", model).budgets())
        .isEqualTo(new Budgets(least, most));
  }

  @Test
  void mistralHasOtherNamesForSomeParameters() {
    Traits traits = catalog.of(WireFormat.OPENAI, "mistral", "mistral-small-latest");

    assertThat(traits.name("seed")).isEqualTo("random_seed");
    assertThat(traits.name("required")).isEqualTo("any");
    assertThat(traits.name("temperature")).isEqualTo("temperature");
  }
}
