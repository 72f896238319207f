// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Model names: which dated snapshot answers for an alias, which are unknown, and what the families
 * differ in. A name of no family known here is a model that accepts everything.
 */
final class Models {

  private static final Map<String, String> SNAPSHOTS =
      Map.ofEntries(
          Map.entry("gpt-4o", "gpt-4o-2024-08-06"),
          Map.entry("gpt-4o-mini", "gpt-4o-mini-2024-07-18"),
          Map.entry("gpt-4.1", "gpt-4.1-2025-04-14"),
          Map.entry("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"),
          Map.entry("gpt-4.1-nano", "gpt-4.1-nano-2025-04-14"),
          Map.entry("gpt-5", "gpt-5-2025-08-07"),
          Map.entry("gpt-5-mini", "gpt-5-mini-2025-08-07"),
          Map.entry("gpt-5-nano", "gpt-5-nano-2025-08-07"),
          Map.entry("o3", "o3-2025-04-16"),
          Map.entry("o4-mini", "o4-mini-2025-04-16"),
          Map.entry("gpt-3.5-turbo", "gpt-3.5-turbo-0125"),
          Map.entry("gpt-3.5-turbo-instruct", "gpt-3.5-turbo-instruct:20230824-v2"),
          Map.entry("claude-sonnet-4-5", "claude-sonnet-4-5-20250929"),
          Map.entry("claude-haiku-4-5", "claude-haiku-4-5-20251001"),
          Map.entry("claude-opus-4-5", "claude-opus-4-5-20251101"),
          Map.entry("claude-opus-4-1", "claude-opus-4-1-20250805"),
          Map.entry("claude-sonnet-4-0", "claude-sonnet-4-20250514"));

  private static final Pattern CLAUDE =
      Pattern.compile("claude-(?:[a-z]+-)?(\\d)(?:[-.](\\d{1,2})(?!\\d))?");
  private static final Pattern GEMINI = Pattern.compile("gemini-(\\d)(?:[.](\\d))?");
  private static final Pattern REASONING = Pattern.compile("(?:.*/)?(?:o[1-9]|gpt-5)(?!.*chat).*");
  private static final Pattern PLAIN =
      Pattern.compile("(?:.*/)?(?:gpt-3|gpt-4|chatgpt|gpt-5.*chat).*");

  private Models() {}

  /** The name the host answers with. */
  static String answered(String asked) {
    return SNAPSHOTS.getOrDefault(asked, asked);
  }

  /** Retired models, and anything with {@code no-such-model} in its name. */
  static boolean unknown(String asked) {
    return asked.contains("no-such-model")
        || asked.startsWith("claude-2")
        || asked.startsWith("claude-instant")
        || asked.startsWith("text-davinci");
  }

  /** A Claude's generation, 405 for 4.5, whatever host's prefix is before it; 0 if it is none. */
  static int claude(String model) {
    Matcher found = CLAUDE.matcher(model);
    return found.find() ? version(found) : 0;
  }

  /** A Gemini's generation, 205 for 2.5; 0 if it is none. */
  static int gemini(String model) {
    Matcher found = GEMINI.matcher(model);
    return found.find() ? version(found) : 0;
  }

  private static int version(Matcher found) {
    String minor = found.group(2);
    return Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
  }

  /** One of OpenAI's that reason, which want default sampling. */
  static boolean reasons(String model) {
    return REASONING.matcher(model).matches();
  }

  /** One of OpenAI's that do not reason. */
  static boolean plain(String model) {
    return PLAIN.matcher(model).matches();
  }

  /** The most tokens a model writes; the largest number if that is not known. */
  static int mostOutput(String model) {
    int claude = claude(model);
    if (claude > 0) {
      boolean opus = model.contains("opus");
      return claude >= 406
          ? 128_000
          : claude >= 405
              ? 64_000
              : claude >= 400 ? (opus ? 32_000 : 64_000) : claude >= 307 ? 128_000 : 8_192;
    }
    if (model.startsWith("gpt-4o")) {
      return 16_384;
    }
    if (model.startsWith("gpt-4.1")) {
      return 32_768;
    }
    return model.startsWith("gpt-3.5") || model.startsWith("gpt-4-turbo")
        ? 4_096
        : Integer.MAX_VALUE;
  }
}
