// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.chat.Turn.Role;
import io.headgate.translate.Traits.Feature;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a conversation into an order that every format takes: one turn per change of role; results
 * of tools right after their calls and before all else that the user says.
 */
final class FitTurns {

  private final Traits traits;
  private final Notes notes;

  FitTurns(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  void fit(ChatRequest.Builder request) {
    List<Part> system = new ArrayList<>(request.system);
    system.removeIf(part -> part instanceof Part.Text text && text.text().isBlank());
    List<Turn> turns = placed(ordered(request.turns), system);
    if (!system.isEmpty() && !traits.can(Feature.SYSTEM)) {
      notes.changed("system", "system", "user");
      turns.add(0, new Turn(Role.USER, system));
      turns = merged(turns);
      system = new ArrayList<>();
    }
    check(turns);
    trim(turns);
    request.system = system;
    request.turns = turns;
  }

  private void check(List<Turn> turns) {
    if (turns.isEmpty()) {
      if (!traits.can(Feature.SYSTEM_ONLY)) {
        throw new Ineligible(traits.model() + " takes no conversation without a turn of the user");
      }
      return;
    }
    if (turns.get(0).role() == Role.ASSISTANT && !traits.can(Feature.ASSISTANT_FIRST)) {
      throw new Ineligible(traits.model() + " takes no conversation that the assistant begins");
    }
    if (turns.get(turns.size() - 1).role() == Role.ASSISTANT && !traits.can(Feature.PREFILL)) {
      throw new Ineligible(traits.model() + " does not go on with an answer that has begun");
    }
  }

  /** Claude takes no answer that has begun and ends with white space. */
  private void trim(List<Turn> turns) {
    int last = turns.size() - 1;
    if (last < 0 || turns.get(last).role() != Role.ASSISTANT || traits.maker() != Maker.ANTHROPIC) {
      return;
    }
    List<Part> parts = new ArrayList<>(turns.get(last).parts());
    if (parts.get(parts.size() - 1) instanceof Part.Text text) {
      parts.set(
          parts.size() - 1,
          new Part.Text(text.text().stripTrailing(), text.cache(), text.citations()));
      turns.set(last, new Turn(Role.ASSISTANT, parts));
    }
  }

  /** Calls, their results, and what else is said; adjacent turns of one role are one. */
  private List<Turn> ordered(List<Turn> turns) {
    CallPairs pairs = new CallPairs(traits.ids(), notes);
    pairs.read(turns);
    List<Turn> ordered = new ArrayList<>();
    List<Part> results = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      List<Part> parts = new ArrayList<>();
      for (int j = 0; j < turn.parts().size(); j++) {
        Part part = turn.parts().get(j);
        if (part instanceof Part.ToolCall) {
          parts.add(pairs.call(i, j));
          results.add(pairs.resultOf(i, j));
        } else if (part instanceof Part.ToolResult result) {
          if (pairs.isLost(i, j)) {
            parts.addAll(pairs.asText(result));
          }
        } else {
          parts.add(part);
        }
      }
      add(ordered, new Turn(turn.role(), parts));
      boolean goesOn = i + 1 < turns.size() && turns.get(i + 1).role() == turn.role();
      if (!goesOn && !results.isEmpty()) {
        add(ordered, new Turn(Role.USER, results));
        results = new ArrayList<>();
      }
    }
    return ordered;
  }

  /**
   * Instructions in the middle stay there, wait for the next turn of the user, or go to the top.
   */
  private List<Turn> placed(List<Turn> turns, List<Part> system) {
    if (traits.can(Feature.SYSTEM_TURNS) && traits.can(Feature.SYSTEM_ANYWHERE)) {
      return turns;
    }
    List<Turn> placed = new ArrayList<>(turns.size());
    List<Part> waiting = new ArrayList<>();
    for (Turn turn : turns) {
      if (turn.role() == Role.SYSTEM) {
        waiting.addAll(turn.parts());
        continue;
      }
      if (turn.role() == Role.ASSISTANT) {
        place(placed, waiting);
      }
      add(placed, turn);
    }
    place(placed, waiting);
    if (!waiting.isEmpty()) {
      notes.changed("system", "in the middle", "at the top");
      system.addAll(waiting);
    }
    return placed;
  }

  private void place(List<Turn> turns, List<Part> waiting) {
    boolean afterUser = !turns.isEmpty() && turns.get(turns.size() - 1).role() == Role.USER;
    if (traits.can(Feature.SYSTEM_TURNS) && afterUser && !waiting.isEmpty()) {
      turns.add(new Turn(Role.SYSTEM, waiting));
      waiting.clear();
    }
  }

  private static List<Turn> merged(List<Turn> turns) {
    List<Turn> merged = new ArrayList<>(turns.size());
    for (Turn turn : turns) {
      add(merged, turn);
    }
    return merged;
  }

  private static void add(List<Turn> turns, Turn turn) {
    if (turn.parts().isEmpty()) {
      return;
    }
    int last = turns.size() - 1;
    if (last < 0 || turns.get(last).role() != turn.role()) {
      turns.add(turn);
      return;
    }
    List<Part> both = new ArrayList<>(turns.get(last).parts());
    both.addAll(turn.parts());
    turns.set(last, new Turn(turn.role(), both));
  }
}
