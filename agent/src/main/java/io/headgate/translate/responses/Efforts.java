// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.Maker;
import io.headgate.chat.Reasoning;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says how much to think in the words that a model knows. */
final class Efforts {

  private Efforts() {}

  /** The word for it; null to leave it to the model. */
  static @Nullable String word(Reasoning wish, Traits traits, Notes notes) {
    Set<String> known = traits.efforts();
    return switch (wish.mode()) {
      case DEFAULT -> null;
      case OFF -> off(traits, notes);
      case ON -> {
        Reasoning.Effort effort = effort(wish);
        yield effort == null ? null : nearest(effort, known, notes);
      }
    };
  }

  private static @Nullable String off(Traits traits, Notes notes) {
    Set<String> known = traits.efforts();
    if (known.isEmpty() || known.contains("none")) {
      return "none";
    }
    if (traits.can(Traits.Feature.REASONING_OFF)) {
      // It has no word for it: the least of its words would have it think more than none.
      if (traits.maker() != Maker.ANTHROPIC) {
        notes.dropped("thinking");
      }
      return null;
    }
    String least = nearest(Reasoning.Effort.MINIMAL, known);
    notes.changed("reasoning_effort", "none", least);
    return least;
  }

  private static Reasoning.@Nullable Effort effort(Reasoning wish) {
    Long budget = wish.budget();
    if (wish.effort() != null || budget == null) {
      return wish.effort();
    }
    if (budget < 2048) {
      return Reasoning.Effort.LOW;
    }
    return budget < 8192 ? Reasoning.Effort.MEDIUM : Reasoning.Effort.HIGH;
  }

  private static String nearest(Reasoning.Effort effort, Set<String> known, Notes notes) {
    String nearest = nearest(effort, known);
    if (!nearest.equals(word(effort))) {
      notes.changed("reasoning_effort", word(effort), nearest);
    }
    return nearest;
  }

  /** The word that is the least away; of two, the one that costs less. */
  private static String nearest(Reasoning.Effort effort, Set<String> known) {
    String nearest = word(effort);
    int least = Integer.MAX_VALUE;
    for (Reasoning.Effort other : Reasoning.Effort.values()) {
      int away = Math.abs(other.compareTo(effort));
      if (known.contains(word(other)) && away < least) {
        nearest = word(other);
        least = away;
      }
    }
    return nearest;
  }

  private static String word(Reasoning.Effort effort) {
    return effort.name().toLowerCase(Locale.ROOT);
  }
}
