// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers long prompt prefixes, as the hosts' own prompt caches do. */
final class PromptCache {

  /** Shorter prefixes are not cached, at OpenAI and Anthropic alike. */
  static final int LEAST_TOKENS = 1024;

  private static final int MOST_PREFIXES = 1000;

  private final Set<String> prefixes = ConcurrentHashMap.newKeySet();

  /** Whether the prefix was there; it is afterwards. */
  boolean seen(String model, String prefix) {
    if (prefixes.size() > MOST_PREFIXES) {
      prefixes.clear();
    }
    return !prefixes.add(model + '\n' + prefix);
  }
}
