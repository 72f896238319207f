// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.Reasoning;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much a model on Bedrock is to think, as a budget or as a word. */
final class ConverseEfforts {

  /** The smallest budget that Claude takes, in tokens. */
  private static final long LEAST = 1024;

  private static final Set<String> COMMON = Set.of("low", "medium", "high");

  private ConverseEfforts() {}

  /**
   * The budget in tokens; null if so short an answer leaves no room for thought.
   *
   * @param maxTokens of thoughts and answer together; null if that is not limited
   */
  static @Nullable Long budget(Reasoning wanted, @Nullable Long maxTokens) {
    Long told = wanted.budget();
    long budget = told == null ? ofEffort(wanted.effort()) : told;
    if (maxTokens != null) {
      // A budget that the app has named is its own concern; one of ours leaves half for the answer.
      budget = Math.min(budget, told == null ? maxTokens / 2 : maxTokens - 1);
      if (budget < LEAST && maxTokens - 1 < LEAST) {
        return null;
      }
    }
    return Math.max(budget, LEAST);
  }

  private static long ofEffort(Reasoning.@Nullable Effort effort) {
    return switch (effort == null ? Reasoning.Effort.MEDIUM : effort) {
      case MINIMAL -> LEAST;
      case LOW -> 2048;
      case MEDIUM -> 8192;
      case HIGH -> 16384;
      case XHIGH, MAX -> 32768;
    };
  }

  /**
   * The word for it that the model knows; the next lower one if it knows not that, else the next
   * higher one. Null if nothing was said of it.
   */
  static @Nullable String word(Reasoning wanted, Set<String> words) {
    Set<String> known = words.isEmpty() ? COMMON : words;
    if (wanted.mode() == Reasoning.Mode.OFF) {
      return known.contains("none") ? "none" : null;
    }
    Reasoning.Effort effort = wanted.effort();
    Long budget = wanted.budget();
    if (effort == null && budget != null) {
      effort =
          budget < 2048
              ? Reasoning.Effort.LOW
              : budget < 8192 ? Reasoning.Effort.MEDIUM : Reasoning.Effort.HIGH;
    }
    return effort == null ? null : nearest(effort, known);
  }

  private static @Nullable String nearest(Reasoning.Effort effort, Set<String> known) {
    Reasoning.Effort[] all = Reasoning.Effort.values();
    for (int i = effort.ordinal(); i >= 0; i--) {
      if (known.contains(word(all[i]))) {
        return word(all[i]);
      }
    }
    for (int i = effort.ordinal() + 1; i < all.length; i++) {
      if (known.contains(word(all[i]))) {
        return word(all[i]);
      }
    }
    return null;
  }

  private static String word(Reasoning.Effort effort) {
    return effort.name().toLowerCase(Locale.ROOT);
  }
}
