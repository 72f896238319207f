// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Reasoning;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code thinkingConfig}: a budget for Gemini 2.5, a level for later models. */
final class ThinkingWriter {

  private static final long LEAST_PRO = 128;
  private static final long LEAST_LITE = 512;
  private static final long MOST_PRO = 32_768;
  private static final long MOST_FLASH = 24_576;

  private ThinkingWriter() {}

  /** Null if there is nothing to say. */
  static @Nullable Map<String, @Nullable Object> config(
      Reasoning reasoning,
      Traits traits,
      GeminiModel model,
      @Nullable Long maxTokens,
      Notes notes) {
    Map<String, @Nullable Object> config = Nodes.object();
    switch (traits.reasoning()) {
      case GEMINI_BUDGET -> {
        if (reasoning.mode() != Reasoning.Mode.DEFAULT) {
          config.put("thinkingBudget", budget(reasoning, model, maxTokens, notes));
        }
      }
      case GEMINI_LEVEL -> {
        String level = level(reasoning, traits, model, notes);
        if (level != null) {
          config.put("thinkingLevel", level);
        }
      }
      case NONE, EFFORT, BUDGET, ADAPTIVE, SWITCH -> {
        if (reasoning.mode() == Reasoning.Mode.ON) {
          notes.dropped("thinking");
        }
        return null;
      }
    }
    if (Boolean.TRUE.equals(reasoning.shown())) {
      config.put("includeThoughts", true);
    }
    return config.isEmpty() ? null : config;
  }

  private static long budget(
      Reasoning reasoning, GeminiModel model, @Nullable Long maxTokens, Notes notes) {
    // Pro cannot do without.
    long off = model.pro() ? LEAST_PRO : 0;
    long least = model.pro() ? LEAST_PRO : model.lite() ? LEAST_LITE : 1;
    long most = model.pro() ? MOST_PRO : MOST_FLASH;
    Long said = reasoning.budget();
    if (reasoning.mode() == Reasoning.Mode.OFF || (said != null && said == 0)) {
      if (off > 0) {
        notes.changed("thinking", "off", off);
      }
      return off;
    }
    Reasoning.Effort effort = reasoning.effort();
    if ((said == null && effort == null) || (said != null && said < 0)) {
      return -1; // As much as it sees fit.
    }
    long wanted = said != null ? said : ofEffort(effort, most);
    long budget = Math.min(Math.max(wanted, least), most);
    if (maxTokens != null) {
      // Thoughts count as output. A budget of our own leaves half of it to the answer.
      long room = said != null ? maxTokens - 1 : maxTokens / 2;
      budget = room < least ? off : Math.min(budget, room);
    }
    if (budget != wanted) {
      notes.changed("thinking", wanted, budget);
    }
    return budget;
  }

  private static long ofEffort(Reasoning.@Nullable Effort effort, long most) {
    return effort == null
        ? most
        : switch (effort) {
          case MINIMAL -> 1_024;
          case LOW -> 2_048;
          case MEDIUM -> 8_192;
          case HIGH -> 24_576;
          case XHIGH, MAX -> most;
        };
  }

  private static @Nullable String level(
      Reasoning reasoning, Traits traits, GeminiModel model, Notes notes) {
    Long budget = reasoning.budget();
    Reasoning.Effort wanted = reasoning.effort();
    boolean off = reasoning.mode() == Reasoning.Mode.OFF || (budget != null && budget == 0);
    if (off) {
      wanted = Reasoning.Effort.MINIMAL;
    } else if (wanted == null && budget != null && budget > 0) {
      wanted =
          budget < 2_048
              ? Reasoning.Effort.LOW
              : budget < 8_192 ? Reasoning.Effort.MEDIUM : Reasoning.Effort.HIGH;
    }
    if (wanted == null) {
      return null; // It thinks in any case.
    }
    Reasoning.Effort nearest = nearest(wanted, levels(traits, model));
    if (off) {
      notes.changed("thinking", "off", word(nearest));
    } else if (reasoning.effort() != null && nearest != wanted) {
      notes.changed("thinking", word(wanted), word(nearest));
    }
    return nearest.name();
  }

  private static Set<String> levels(Traits traits, GeminiModel model) {
    if (!traits.efforts().isEmpty()) {
      return traits.efforts();
    }
    if (!model.pro()) {
      return Set.of("minimal", "low", "medium", "high");
    }
    return model.atLeast(3, 1) ? Set.of("low", "medium", "high") : Set.of("low", "high");
  }

  /** The next level above, or else below. */
  private static Reasoning.Effort nearest(Reasoning.Effort wanted, Set<String> levels) {
    Reasoning.Effort[] all = Reasoning.Effort.values();
    for (int i = wanted.ordinal(); i < all.length; i++) {
      if (levels.contains(word(all[i]))) {
        return all[i];
      }
    }
    for (int i = wanted.ordinal(); i > 0; i--) {
      if (levels.contains(word(all[i]))) {
        return all[i];
      }
    }
    return Reasoning.Effort.LOW;
  }

  private static String word(Reasoning.Effort effort) {
    return effort.name().toLowerCase(Locale.ROOT);
  }
}
