// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one answer of the events of a stream. */
final class CohereJoin {

  private final Map<String, @Nullable Object> whole = Nodes.object();
  private final Map<String, @Nullable Object> message = Nodes.object();
  private final TreeMap<Long, Map<String, @Nullable Object>> contents = new TreeMap<>();
  private final TreeMap<Long, Map<String, @Nullable Object>> calls = new TreeMap<>();
  private final TreeMap<Long, @Nullable Object> citations = new TreeMap<>();
  private final List<@Nullable Object> logprobs = Nodes.array();
  private boolean ended;

  /** Null if an event is not understood, or the end is missing. */
  @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    for (StreamEvent event : events) {
      if (event.data() == null || !add(event, event.data())) {
        return null;
      }
    }
    if (!ended) {
      return null;
    }
    put("content", contents.values().toArray());
    put("tool_calls", calls.values().toArray());
    put("citations", citations.values().toArray());
    // A stream begins with all that there might be; an answer at once has what there is.
    message.values().removeIf(Nodes::empty);
    whole.put("message", message);
    if (!logprobs.isEmpty()) {
      whole.put("logprobs", logprobs);
    }
    return whole;
  }

  private void put(String name, @Nullable Object[] items) {
    if (items.length > 0) {
      message.put(name, Nodes.array(items));
    }
  }

  private boolean add(StreamEvent event, Map<String, @Nullable Object> data) {
    Map<String, @Nullable Object> delta = Nodes.map(data, "delta");
    Map<String, @Nullable Object> said = Nodes.map(delta, "message");
    long index = Nodes.number(data.get("index"), 0);
    switch (event.type()) {
      case "message-start" -> {
        whole.put("id", data.get("id"));
        message.putAll(said);
      }
      case "content-start" -> contents.put(index, Nodes.map(said, "content"));
      case "content-delta" -> {
        if (data.get("logprobs") != null) {
          logprobs.add(data.get("logprobs"));
        }
        return grow(contents.get(index), Nodes.map(said, "content"));
      }
      case "tool-plan-delta" -> Nodes.append(message, "tool_plan", said.get("tool_plan"));
      case "tool-call-start" -> calls.put(index, Nodes.map(said, "tool_calls"));
      case "tool-call-delta" -> {
        Map<String, @Nullable Object> call = calls.get(index);
        Map<String, @Nullable Object> function =
            call == null ? null : Nodes.map(call.get("function"));
        return grow(function, Nodes.map(Nodes.map(said, "tool_calls"), "function"));
      }
      case "citation-start" -> citations.put(index, said.get("citations"));
      case "message-end" -> {
        Nodes.setAll(whole, delta);
        ended = true;
      }
      case "content-end", "tool-call-end", "citation-end", "debug" -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean grow(
      @Nullable Map<String, @Nullable Object> known, Map<String, @Nullable Object> more) {
    if (known != null) {
      more.forEach((name, value) -> Nodes.append(known, name, value));
    }
    return known != null;
  }
}
