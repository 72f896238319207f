// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Claude is told about thinking (Anthropic's guides to extended and adaptive thinking).
 *
 * @param said the {@code thinking} of the request; null if nothing is said
 * @param effort the {@code output_config.effort}; null if nothing is said
 */
record Thinking(@Nullable Map<String, @Nullable Object> said, @Nullable String effort) {

  /** The least budget. */
  private static final long LEAST = 1024;

  /** From these budgets on the effort is medium, or high. */
  private static final long MEDIUM = 2048;

  private static final long HIGH = 8192;

  private static final Thinking NOTHING = new Thinking(null, null);

  static Thinking of(ChatRequest request, Traits traits, long maxTokens, Notes notes) {
    Reasoning wanted = request.reasoning();
    boolean measured = wanted.effort() != null || wanted.budget() != null;
    if (wanted.mode() == Reasoning.Mode.DEFAULT && !measured) {
      return NOTHING;
    }
    return switch (traits.reasoning()) {
      case BUDGET -> budget(request, maxTokens, notes);
      case ADAPTIVE -> adaptive(request, traits, notes);
      case NONE, EFFORT, GEMINI_BUDGET, GEMINI_LEVEL, SWITCH -> {
        if (wanted.mode() != Reasoning.Mode.OFF) {
          notes.dropped("thinking");
        }
        yield NOTHING;
      }
    };
  }

  /** Whether it is told to think. */
  boolean on() {
    return said != null && !"disabled".equals(said.get("type"));
  }

  void write(Map<String, @Nullable Object> body, Map<String, @Nullable Object> output) {
    if (said != null) {
      body.put("thinking", said);
    }
    if (effort != null) {
      output.put("effort", effort);
    }
  }

  private static Thinking budget(ChatRequest request, long maxTokens, Notes notes) {
    Reasoning wanted = request.reasoning();
    if (wanted.mode() == Reasoning.Mode.OFF) {
      return new Thinking(Nodes.object("type", "disabled"), null);
    }
    if (wanted.mode() == Reasoning.Mode.DEFAULT && wanted.budget() == null) {
      // An effort alone asks for less words, not for thoughts.
      notes.dropped("effort");
      return NOTHING;
    }
    long budget = wanted.budget() == null ? budget(wanted.effort()) : wanted.budget();
    // A budget that the app set leaves the room that it wanted; one that follows from a word, some.
    long most = wanted.budget() == null ? maxTokens - maxTokens / 4 : maxTokens - 1;
    long fits = Math.max(LEAST, Math.min(budget, most));
    if (fits > most || forced(request) || unsigned(request.turns())) {
      notes.dropped("thinking");
      return NOTHING;
    }
    if (wanted.budget() != null && fits != budget) {
      notes.changed("budget_tokens", budget, fits);
    }
    return new Thinking(Nodes.object("type", "enabled", "budget_tokens", fits), null);
  }

  private static long budget(Reasoning.@Nullable Effort effort) {
    return switch (effort == null ? Reasoning.Effort.MEDIUM : effort) {
      case MINIMAL -> LEAST;
      case LOW -> MEDIUM;
      case MEDIUM -> HIGH;
      case HIGH -> 16384;
      case XHIGH, MAX -> 32768;
    };
  }

  private static Thinking adaptive(ChatRequest request, Traits traits, Notes notes) {
    Reasoning wanted = request.reasoning();
    if (wanted.mode() == Reasoning.Mode.OFF) {
      return new Thinking(Nodes.object("type", "disabled"), null);
    }
    String effort = word(effort(wanted), traits);
    if (wanted.mode() == Reasoning.Mode.DEFAULT && wanted.budget() == null) {
      return new Thinking(null, effort);
    }
    if (forced(request)) {
      notes.dropped("thinking");
      return new Thinking(null, effort);
    }
    Map<String, @Nullable Object> said = Nodes.object("type", "adaptive");
    if (wanted.shown() != null) {
      said.put("display", wanted.shown() ? "summarized" : "omitted");
    }
    return new Thinking(said, effort);
  }

  private static Reasoning.@Nullable Effort effort(Reasoning wanted) {
    Long budget = wanted.budget();
    if (budget == null) {
      return wanted.effort();
    }
    if (budget < MEDIUM) {
      return Reasoning.Effort.LOW;
    }
    return budget < HIGH ? Reasoning.Effort.MEDIUM : Reasoning.Effort.HIGH;
  }

  /** In a word that the model knows; not every one knows those above high. */
  private static @Nullable String word(Reasoning.@Nullable Effort effort, Traits traits) {
    if (effort == null) {
      return null;
    }
    return switch (effort) {
      case MINIMAL, LOW -> "low";
      case MEDIUM, HIGH -> effort.name().toLowerCase(Locale.ROOT);
      case XHIGH -> known(traits, "xhigh", known(traits, "max", "high"));
      case MAX -> known(traits, "max", "high");
    };
  }

  private static String known(Traits traits, String word, String other) {
    return traits.efforts().contains(word) ? word : other;
  }

  /** The app insists on a tool, and Claude does not think then. */
  private static boolean forced(ChatRequest request) {
    return request.toolChoice().kind() == ToolChoice.Kind.REQUIRED && !request.tools().isEmpty();
  }

  /**
   * Whether the model is in the middle of a turn that does not begin with a thought of Claude's: it
   * cannot go on from there thinking. Calls and their results are the middle of one turn.
   */
  private static boolean unsigned(List<Turn> turns) {
    boolean unsigned = false;
    for (int i = turns.size() - 1; i >= 0; i--) {
      Turn turn = turns.get(i);
      if (turn.role() == Turn.Role.ASSISTANT) {
        unsigned = !turn.parts().isEmpty() && !thought(turn.parts().get(0));
      } else if (turn.role() == Turn.Role.USER
          && turn.parts().stream().noneMatch(Part.ToolResult.class::isInstance)) {
        break;
      }
    }
    return unsigned;
  }

  private static boolean thought(Part part) {
    return part instanceof Part.Thinking thinking
        && thinking.maker() == Maker.ANTHROPIC
        && (thinking.signature() != null || thinking.redacted() != null);
  }
}
