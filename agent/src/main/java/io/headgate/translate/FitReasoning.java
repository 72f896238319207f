// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.Budgets;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits how much is thought: words become numbers and numbers words, as the target is told. */
final class FitReasoning {

  /** What is left for the answer at least, if there is that much. */
  private static final long ROOM = 1024;

  private static final String LITTLE = "as little as possible";

  private final Traits traits;
  private final Notes notes;

  FitReasoning(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  void fit(ChatRequest.Builder request) {
    Reasoning wanted = request.reasoning;
    request.reasoning =
        switch (wanted.mode()) {
          case DEFAULT -> {
            Reasoning measured = measured(wanted, request);
            yield measured.mode() == Mode.DEFAULT
                ? unsaid(measured, request.sampling.maxTokens())
                : measured;
          }
          case OFF -> off();
          case ON -> on(wanted, request);
        };
    if (request.reasoning.mode() == Mode.ON
        && !request.tools.isEmpty()
        && !traits.can(Feature.REASONING_WITH_TOOLS)) {
      notes.dropped("thinking");
      request.reasoning = Reasoning.DEFAULT;
    }
    boolean thinks = request.reasoning.mode() == Mode.ON || always(traits);
    if (thinks && !new BesideThinking(traits, notes).fit(request)) {
      request.reasoning = without();
    }
  }

  /** Whether a target thinks whatever it is told. */
  static boolean always(Traits traits) {
    return traits.reasoning() == ReasoningStyle.ADAPTIVE && !traits.can(Feature.REASONING_OFF);
  }

  /**
   * An effort, but no wish to think: Claude takes it as such. Of others it is how much those think
   * that think in any case; nobody else thinks because of it.
   */
  private Reasoning measured(Reasoning wanted, ChatRequest.Builder request) {
    boolean thinks = !traits.can(Feature.REASONING_OFF);
    return switch (wanted.effort() == null ? ReasoningStyle.ADAPTIVE : traits.reasoning()) {
      case ADAPTIVE, GEMINI_LEVEL -> wanted;
      case EFFORT, BUDGET, GEMINI_BUDGET, SWITCH ->
          thinks
              ? on(new Reasoning(Mode.ON, wanted.effort(), null, wanted.shown()), request)
              : effortless(wanted);
      case NONE -> effortless(wanted);
    };
  }

  private Reasoning effortless(Reasoning wanted) {
    notes.dropped("effort");
    return new Reasoning(Mode.DEFAULT, null, null, wanted.shown());
  }

  /** Most formats do not think unless told to: a short limit is one for the answer. */
  private Reasoning unsaid(Reasoning wanted, @Nullable Long limit) {
    if (traits.reasoning() == ReasoningStyle.NONE) {
      return Reasoning.DEFAULT;
    }
    boolean thinks = traits.maker() == Maker.OPENAI;
    Reasoning least = thinks && limit != null && limit < ROOM ? least() : wanted;
    Effort effort = least.effort();
    if (least == wanted || (effort != null && effort.compareTo(Effort.MEDIUM) >= 0)) {
      return wanted;
    }
    notes.changed("thinking", "default", LITTLE);
    return least;
  }

  private Reasoning off() {
    if (traits.reasoning() == ReasoningStyle.NONE) {
      return Reasoning.DEFAULT;
    }
    Reasoning least = least();
    if (least.mode() != Mode.OFF) {
      notes.changed("thinking", "off", LITTLE);
    }
    return least;
  }

  private Reasoning least() {
    if (traits.can(Feature.REASONING_OFF)) {
      return Reasoning.OFF;
    }
    return switch (traits.reasoning()) {
      case BUDGET, GEMINI_BUDGET ->
          new Reasoning(Mode.ON, null, Math.max(traits.budgets().least(), 1), null);
      case SWITCH ->
          traits.efforts().isEmpty()
              ? Reasoning.DEFAULT
              : new Reasoning(Mode.ON, Efforts.least(traits.efforts()), null, null);
      case NONE, EFFORT, ADAPTIVE, GEMINI_LEVEL ->
          new Reasoning(Mode.ON, Efforts.least(traits.efforts()), null, null);
    };
  }

  private Reasoning on(Reasoning wanted, ChatRequest.Builder request) {
    return switch (traits.reasoning()) {
      case NONE -> {
        notes.dropped("thinking");
        yield Reasoning.DEFAULT;
      }
      case EFFORT, ADAPTIVE, GEMINI_LEVEL -> byWord(wanted);
      case SWITCH -> {
        if (!traits.efforts().isEmpty()) {
          yield byWord(wanted);
        }
        boolean counted = !traits.budgets().equals(Budgets.ANY);
        yield counted ? byBudget(wanted, request, Math.max(1, traits.budgets().least())) : wanted;
      }
      case BUDGET ->
          openForeign(request.turns)
              ? without()
              : byBudget(wanted, request, Math.max(Efforts.CLAUDE_LEAST, traits.budgets().least()));
      case GEMINI_BUDGET -> byBudget(wanted, request, Math.max(1, traits.budgets().least()));
    };
  }

  private Reasoning byWord(Reasoning wanted) {
    Long budget = wanted.budget();
    Effort effort = wanted.effort();
    if (effort == null && budget != null) {
      effort = Efforts.ofBudget(budget);
    }
    if (effort == null) {
      return new Reasoning(Mode.ON, null, null, wanted.shown());
    }
    Effort nearest = Efforts.nearest(effort, traits.efforts());
    if (nearest != effort && wanted.effort() != null) {
      notes.changed("reasoning_effort", Efforts.word(effort), Efforts.word(nearest));
    }
    return new Reasoning(Mode.ON, nearest, null, wanted.shown());
  }

  private Reasoning byBudget(Reasoning wanted, ChatRequest.Builder request, long least) {
    boolean claude = traits.reasoning() == ReasoningStyle.BUDGET;
    Long said = wanted.budget();
    Effort effort = wanted.effort();
    if (!claude && said == null && effort == null) {
      return wanted; // As it sees fit.
    }
    long budget;
    if (said != null) {
      budget = said;
    } else {
      Effort from = effort == null ? Effort.MEDIUM : effort;
      budget =
          claude ? Efforts.claudeBudget(from) : Efforts.geminiBudget(from, traits.budgets().most());
    }
    long clamped = Math.max(least, Math.min(budget, traits.budgets().most()));
    Long limit = request.sampling.maxTokens();
    if (limit != null) {
      long most = said != null ? limit - 1 : limit - Math.min(ROOM, limit / 4);
      clamped = Math.min(clamped, most);
    }
    if (clamped < least) {
      // Gemini thinks within the limit as well, but nobody stops it for that.
      return traits.reasoning() == ReasoningStyle.GEMINI_BUDGET
          ? new Reasoning(Mode.ON, null, least, wanted.shown())
          : without();
    }
    if (said != null && clamped != budget) {
      notes.changed("thinking_budget", budget, clamped);
    }
    return new Reasoning(Mode.ON, null, clamped, wanted.shown());
  }

  private Reasoning without() {
    notes.dropped("thinking");
    return traits.can(Feature.REASONING_OFF) ? Reasoning.OFF : Reasoning.DEFAULT;
  }

  /**
   * Whether tools were called, in the turn that is open, by a model that has not signed what it
   * thought: Claude, told to think, wants the thought back that led to the first call. It need not
   * have thought again before others.
   */
  private static boolean openForeign(List<Turn> turns) {
    for (Turn turn : turns.subList(FitParts.openFrom(turns), turns.size())) {
      boolean called = turn.parts().stream().anyMatch(part -> part instanceof Part.ToolCall);
      if (called) {
        return !(turn.parts().get(0) instanceof Part.Thinking);
      }
    }
    return false;
  }
}
