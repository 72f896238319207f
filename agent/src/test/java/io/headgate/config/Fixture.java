// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** A loader with variables and properties of its own, and files that are only text. */
final class Fixture {
  static final Set<String> PROVIDERS =
      Set.of(
          "openai",
          "azure",
          "anthropic",
          "gemini",
          "bedrock",
          "workers-ai",
          "cloudflare",
          "ollama");

  final Map<String, String> env = new HashMap<>();
  final Properties props = new Properties();

  ConfigLoader loader() {
    return new ConfigLoader(PROVIDERS, env, props);
  }

  Config file(String... lines) {
    return loader().parse("headgate.yaml", bytes(String.join("\n", lines)));
  }

  Config overridesOnly() {
    return loader().parse(null, new byte[0]);
  }

  List<String> problems(String... lines) {
    return failure(lines).problems();
  }

  ConfigException failure(String... lines) {
    return catchThrowableOfType(ConfigException.class, () -> file(lines));
  }

  List<String> overrideProblems() {
    return catchThrowableOfType(ConfigException.class, this::overridesOnly).problems();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
