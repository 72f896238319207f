// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.Maker;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word for effort that a model knows and that is next to what the app wants. */
final class EffortWords {

  private EffortWords() {}

  /** The word; null if there is nothing to say. */
  static @Nullable String word(Reasoning reasoning, Traits traits, Notes notes) {
    if (reasoning.mode() == Mode.OFF) {
      return off(traits, notes);
    }
    Effort wanted = reasoning.effort() == null ? effort(reasoning.budget()) : reasoning.effort();
    if (reasoning.mode() == Mode.DEFAULT || wanted == null) {
      return null;
    }
    Effort next = null;
    for (Effort known : known(traits)) {
      // Of two that are equally far, the one that thinks more comes later and wins.
      if (next == null || distance(known, wanted) <= distance(next, wanted)) {
        next = known;
      }
    }
    if (next == null) {
      notes.dropped("reasoning_effort");
      return null;
    }
    if (next != wanted) {
      notes.changed("reasoning_effort", spelt(wanted), spelt(next));
    }
    return spelt(next);
  }

  private static @Nullable String off(Traits traits, Notes notes) {
    boolean none = traits.efforts().isEmpty() || traits.efforts().contains("none");
    if (traits.can(Traits.Feature.REASONING_OFF)) {
      // Google's own surface of this format has the word for all; Claude does not think by itself.
      if (none || traits.maker() == Maker.GOOGLE) {
        return "none";
      }
      if (traits.maker() != Maker.ANTHROPIC) {
        notes.dropped("thinking");
      }
      return null;
    }
    List<Effort> known = known(traits);
    if (known.isEmpty()) {
      notes.dropped("reasoning_effort");
      return null;
    }
    // Unless told what it knows: the least that all models know.
    Effort least = traits.efforts().isEmpty() ? Effort.LOW : known.get(0);
    notes.changed("reasoning_effort", "none", spelt(least));
    return spelt(least);
  }

  private static List<Effort> known(Traits traits) {
    List<Effort> known = new ArrayList<>();
    for (Effort effort : Effort.values()) {
      if (traits.efforts().isEmpty() || traits.efforts().contains(spelt(effort))) {
        known.add(effort);
      }
    }
    return known;
  }

  private static int distance(Effort one, Effort other) {
    return Math.abs(one.ordinal() - other.ordinal());
  }

  private static String spelt(Effort effort) {
    return effort.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Effort effort(@Nullable Long budget) {
    if (budget == null) {
      return null;
    }
    if (budget < 2048) {
      return Effort.LOW;
    }
    return budget < 8192 ? Effort.MEDIUM : Effort.HIGH;
  }
}
