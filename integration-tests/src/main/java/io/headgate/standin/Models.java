// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.Map;

/** Model names: which dated snapshot answers for an alias, and which are unknown. */
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
}
