// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the events of a stream of one answer. */
final class CohereCut {

  private static final Set<String> MEMBERS =
      Set.of("role", "content", "tool_plan", "tool_calls", "citations");

  /** What was told before the end. */
  private static final Set<String> TOLD = Set.of("id", "message", "logprobs");

  private final List<StreamEvent> events = new ArrayList<>();

  /** Null if it is no answer of version 2, or has what a stream is not known to say. */
  @Nullable List<StreamEvent> events(Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> message = Nodes.map(whole.get("message"));
    if (message == null
        || !MEMBERS.containsAll(message.keySet())
        || message.get("content") instanceof String
        || whole.get("finish_reason") == null) {
      return null;
    }
    Map<String, @Nullable Object> begun =
        Nodes.object(
            "role",
            message.get("role"),
            "content",
            Nodes.array(),
            "tool_plan",
            "",
            "tool_calls",
            Nodes.array(),
            "citations",
            Nodes.array());
    StreamEvent start = StreamEvent.typed("message-start", "id", whole.get("id"));
    events.add(with(start, "delta", Nodes.object("message", begun)));
    for (String piece : Pieces.of(Nodes.text(message.get("tool_plan")))) {
      Object delta = Nodes.object("message", Nodes.object("tool_plan", piece));
      events.add(StreamEvent.typed("tool-plan-delta", "delta", delta));
    }
    if (!calls(Nodes.list(message.get("tool_calls")))
        || !contents(Nodes.list(message.get("content")), Nodes.list(whole.get("logprobs")))) {
      return null;
    }
    List<@Nullable Object> citations = Nodes.list(message.get("citations"));
    for (int i = 0; i < citations.size(); i++) {
      add("citation-start", i, "citations", citations.get(i));
      events.add(StreamEvent.typed("citation-end", "index", i));
    }
    Map<String, @Nullable Object> end = Nodes.object();
    whole.forEach(
        (name, value) -> {
          if (!TOLD.contains(name)) {
            end.put(name, value);
          }
        });
    events.add(StreamEvent.typed("message-end", "delta", end));
    return events;
  }

  private static StreamEvent with(StreamEvent event, String name, @Nullable Object value) {
    if (event.data() != null) {
      event.data().put(name, value);
    }
    return event;
  }

  private void add(String type, int index, String member, @Nullable Object value) {
    Object delta = Nodes.object("message", Nodes.object(member, value));
    events.add(StreamEvent.typed(type, "index", index, "delta", delta));
  }

  private boolean calls(List<@Nullable Object> calls) {
    for (int i = 0; i < calls.size(); i++) {
      Map<String, @Nullable Object> call = Nodes.map(calls.get(i));
      if (call == null) {
        return false;
      }
      Map<String, @Nullable Object> function = Nodes.map(call, "function");
      Object begun = Nodes.with(call, "function", Nodes.over(function, "arguments", ""));
      add("tool-call-start", i, "tool_calls", begun);
      for (String piece : Pieces.of(Nodes.text(function.get("arguments")))) {
        Object more = Nodes.object("function", Nodes.object("arguments", piece));
        add("tool-call-delta", i, "tool_calls", more);
      }
      events.add(StreamEvent.typed("tool-call-end", "index", i));
    }
    return true;
  }

  private boolean contents(List<@Nullable Object> contents, List<@Nullable Object> logprobs) {
    int told = 0;
    for (int i = 0; i < contents.size(); i++) {
      Map<String, @Nullable Object> part = Nodes.map(contents.get(i));
      String member = part == null ? "" : Nodes.text(part.get("type"));
      if (part == null || !(part.get(member) instanceof String text)) {
        return false;
      }
      add("content-start", i, "content", Nodes.with(part, member, ""));
      for (String piece : Pieces.of(text)) {
        add("content-delta", i, "content", Nodes.object(member, piece));
        // There may be more or fewer of these than of our pieces.
        if (member.equals("text") && told < logprobs.size()) {
          with(events.get(events.size() - 1), "logprobs", logprobs.get(told++));
        }
      }
      events.add(StreamEvent.typed("content-end", "index", i));
    }
    return told == logprobs.size();
  }
}
