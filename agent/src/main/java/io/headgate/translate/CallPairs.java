// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.IdRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which result belongs to which call of a conversation, under ids that the target takes. */
final class CallPairs {

  /** Where a part stands. */
  private record Place(int turn, int part) {}

  private static final class Call {
    final Part.ToolCall part;
    final String id;
    Part.@Nullable ToolResult result;

    Call(Part.ToolCall part, String id) {
      this.part = part;
      this.id = id;
    }
  }

  private final IdRule rule;
  private final Notes notes;
  private final Map<Place, Call> calls = new HashMap<>();
  private final Set<Place> lost = new HashSet<>();
  private final Set<String> taken = new HashSet<>();

  CallPairs(IdRule rule, Notes notes) {
    this.rule = rule;
    this.notes = notes;
  }

  void read(List<Turn> turns) {
    Map<String, Deque<Call>> waiting = new HashMap<>();
    for (int i = 0; i < turns.size(); i++) {
      List<Part> parts = turns.get(i).parts();
      for (int j = 0; j < parts.size(); j++) {
        if (parts.get(j) instanceof Part.ToolCall part) {
          Call call = new Call(part, id(part));
          calls.put(new Place(i, j), call);
          waiting.computeIfAbsent(part.id(), id -> new ArrayDeque<>()).add(call);
        } else if (parts.get(j) instanceof Part.ToolResult result) {
          Deque<Call> its = waiting.get(result.callId());
          Call call = its == null ? null : its.poll();
          if (call == null) {
            lost.add(new Place(i, j));
          } else {
            call.result = result;
          }
        }
      }
    }
  }

  /** An id of its own: a format may let two calls have the same one, the next one may not. */
  private String id(Part.ToolCall call) {
    String from = call.id().isEmpty() ? call.name() + "#" : call.id();
    String id = call.id().isEmpty() ? CallIds.fit("#" + from, strict()) : CallIds.fit(from, rule);
    for (int again = 2; !taken.add(id); again++) {
      id = CallIds.fit(from + "#" + again, strict());
    }
    return id;
  }

  /** What is made up is a plain word even where anything goes. */
  private IdRule strict() {
    return rule == IdRule.NINE ? IdRule.NINE : IdRule.WORD;
  }

  /** The call at a place. */
  Part.ToolCall call(int turn, int part) {
    Call call = at(turn, part);
    Part.ToolCall its = call.part;
    return new Part.ToolCall(call.id, its.name(), its.arguments(), its.signature(), its.cache());
  }

  /** The result of the call at a place; one that says that there is none if there is none. */
  Part.ToolResult resultOf(int turn, int part) {
    Call call = at(turn, part);
    Part.ToolResult result = call.result;
    if (result == null) {
      notes.changed("tool_result", "none", "error");
      return new Part.ToolResult(
          call.id, call.part.name(), List.of(new Part.Text("no result")), true, null);
    }
    return new Part.ToolResult(
        call.id, call.part.name(), result.parts(), result.error(), result.cache());
  }

  /** Whether the result at a place is of no call. */
  boolean isLost(int turn, int part) {
    return lost.contains(new Place(turn, part));
  }

  /** A result of no call, in words. */
  List<Part> asText(Part.ToolResult result) {
    notes.changed("tool_result", "of no call", "text");
    String name = result.name() == null ? "a tool" : result.name();
    List<Part> words = new ArrayList<>();
    words.add(new Part.Text((result.error() ? "Error of " : "Result of ") + name + ":"));
    words.addAll(result.parts());
    return words;
  }

  private Call at(int turn, int part) {
    Call call = calls.get(new Place(turn, part));
    if (call == null) {
      throw new IllegalArgumentException("no call there");
    }
    return call;
  }
}
