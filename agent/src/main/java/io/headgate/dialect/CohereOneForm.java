// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cohere's chat of version 1, one event to a line; the last one repeats the whole answer. */
final class CohereOneForm implements Form {

  @Override
  public boolean ended(List<StreamEvent> events) {
    Map<String, @Nullable Object> last = last(events);
    return last != null && Endings.allGood(last) && Endings.allGood(Nodes.map(last, "response"));
  }

  private static @Nullable Map<String, @Nullable Object> last(List<StreamEvent> events) {
    StreamEvent last = events.isEmpty() ? StreamEvent.DONE : events.get(events.size() - 1);
    return Boolean.TRUE.equals(last.get("is_finished")) ? last.data() : null;
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    return Endings.allGood(whole);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    Map<String, @Nullable Object> last = last(events);
    return last == null ? null : Nodes.map(last.get("response"));
  }

  @Override
  public @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    if (!(whole.get("text") instanceof String text)) {
      return null;
    }
    List<StreamEvent> events = new ArrayList<>();
    events.add(event("stream-start", "generation_id", whole.get("generation_id")));
    for (String piece : Pieces.of(text)) {
      events.add(event("text-generation", "text", piece));
    }
    if (!Nodes.empty(whole.get("citations"))) {
      events.add(event("citation-generation", "citations", whole.get("citations")));
    }
    if (!Nodes.empty(whole.get("tool_calls"))) {
      events.add(event("tool-calls-generation", "tool_calls", whole.get("tool_calls")));
    }
    Map<String, @Nullable Object> end =
        Nodes.object("is_finished", true, "event_type", "stream-end", "response", whole);
    end.put("finish_reason", whole.get("finish_reason"));
    events.add(StreamEvent.of(end));
    return events;
  }

  private static StreamEvent event(String type, String member, @Nullable Object value) {
    return StreamEvent.of(Nodes.object("is_finished", false, "event_type", type, member, value));
  }
}
