// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Reasoning;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code thinking} and {@code output_config.effort}. */
final class ReasoningReader {

  private ReasoningReader() {}

  static Reasoning read(Map<String, @Nullable Object> body, Notes notes) {
    Map<String, @Nullable Object> thinking = Nodes.map(body, "thinking");
    Reasoning.Effort effort = effort(Nodes.text(Nodes.map(body, "output_config").get("effort")));
    Long budget = null;
    Boolean shown = shown(Nodes.text(thinking.get("display")));
    Reasoning.Mode mode = Reasoning.Mode.DEFAULT;
    switch (Nodes.text(thinking.get("type"))) {
      case "enabled" -> {
        mode = Reasoning.Mode.ON;
        budget = Nodes.whole(thinking.get("budget_tokens"));
        // Models that are told a budget show their thoughts; only later ones keep them back.
        shown = shown == null ? Boolean.TRUE : shown;
      }
      case "adaptive" -> mode = Reasoning.Mode.ON;
      case "disabled" -> mode = Reasoning.Mode.OFF;
      default -> {
        // Nothing was said, or nothing that is known.
      }
    }
    if (effort != null && (budget != null || mode == Reasoning.Mode.OFF)) {
      // The budget says the same more exactly; and no thinking is the least effort of all.
      notes.dropped("output_config.effort");
      effort = null;
    }
    return new Reasoning(mode, effort, budget, shown);
  }

  private static Reasoning.@Nullable Effort effort(String word) {
    return switch (word) {
      case "low" -> Reasoning.Effort.LOW;
      case "medium" -> Reasoning.Effort.MEDIUM;
      case "high" -> Reasoning.Effort.HIGH;
      case "xhigh" -> Reasoning.Effort.XHIGH;
      case "max" -> Reasoning.Effort.MAX;
      default -> null;
    };
  }

  private static @Nullable Boolean shown(String display) {
    return switch (display) {
      case "summarized" -> Boolean.TRUE;
      case "omitted" -> Boolean.FALSE;
      default -> null;
    };
  }
}
