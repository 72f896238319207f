// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import java.util.Locale;
import java.util.regex.Pattern;

/** Frees the names of models from what providers put around them. */
final class ModelWords {

  /**
   * Amazon's {@code us.anthropic.}, {@code anthropic.}, {@code global.amazon.}: regions, makers.
   */
  private static final Pattern AMAZON =
      Pattern.compile(
          "^(?:[a-z]{2,6}(?:-gov)?\\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai"
              + "|qwen|google|moonshot|moonshotai|minimax|nvidia|writer|xai|zai|stability)\\.");

  private static final String[] PREFIXES = {"ft:", "databricks-", "meta-", "openai-", "zai-"};

  private ModelWords() {}

  /** A name in lower case without resource path, region, maker, and fine tuning. */
  static String core(String raw) {
    String name = raw.strip().toLowerCase(Locale.ROOT).replace("%3a", ":").replace("%2f", "/");
    int slash = name.lastIndexOf('/');
    if (slash >= 0 && slash < name.length() - 1) {
      name = name.substring(slash + 1);
    }
    name = AMAZON.matcher(name).replaceFirst("");
    for (String prefix : PREFIXES) {
      name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
    // Vertex AI marks versions by @; Claude's are written with dots by some.
    name = name.replace('@', '-');
    return name.contains("claude") ? name.replace('.', '-') : name;
  }
}
