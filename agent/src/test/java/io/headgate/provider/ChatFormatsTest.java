// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatFormatsTest {

  private static @Nullable WireFormat asked(String provider, WireFormat caller, String model) {
    Provider its = ProviderCatalog.builtIn(new PathRules()).get(provider);
    assertThat(its).isNotNull();
    TargetBase base =
        new TargetBase(URI.create(its.baseUrl().replaceAll("\\{[a-z]+}", "some-name")), "", null);
    TargetPath path = ChatFormats.path(its, base, caller, model, false);
    return path == null ? null : path.found().rule().format();
  }

  @ParameterizedTest
  @CsvSource({
    // What only Responses has, whoever asks.
    "openai, ANTHROPIC, gpt-5-codex, OPENAI_RESPONSES",
    "openai, OPENAI, gpt-5.1-codex-max, OPENAI_RESPONSES",
    "openai, ANTHROPIC, codex-mini-latest, OPENAI_RESPONSES",
    "openai, ANTHROPIC, gpt-5-pro-2025-10-06, OPENAI_RESPONSES",
    "openai, GEMINI, gpt-5.4-pro, OPENAI_RESPONSES",
    "openai, ANTHROPIC, o1-pro, OPENAI_RESPONSES",
    "openai, ANTHROPIC, o3-pro, OPENAI_RESPONSES",
    "openai, ANTHROPIC, o4-mini-deep-research, OPENAI_RESPONSES",
    "openai, ANTHROPIC, gpt-5.6, OPENAI_RESPONSES",
    "openai, ANTHROPIC, gpt-5.6-terra, OPENAI_RESPONSES",
    "openai, ANTHROPIC, gpt-5.10-mini, OPENAI_RESPONSES",
    "openai, ANTHROPIC, gpt-6, OPENAI_RESPONSES",
    "openai, OPENAI_RESPONSES, gpt-5.6, ",
    "azure, ANTHROPIC, gpt-5.6-terra, OPENAI_RESPONSES",
    // What chat completions have, too.
    "openai, ANTHROPIC, gpt-5.5, OPENAI",
    "openai, ANTHROPIC, gpt-4o, OPENAI",
    "openai, ANTHROPIC, gpt-35-turbo, OPENAI",
    "openai, ANTHROPIC, gpt-4-turbo-preview, OPENAI",
    "openai, ANTHROPIC, gpt-oss-120b, OPENAI",
    "openai, OPENAI_RESPONSES, gpt-4o, ",
    "openai, OPENAI, gpt-5.5, ",
    "azure, ANTHROPIC, ours, OPENAI",
  })
  void aProviderIsAskedWhereItServesTheModel(
      String provider, WireFormat caller, String model, @Nullable WireFormat asked) {
    assertThat(asked(provider, caller, model)).isEqualTo(asked);
  }
}
