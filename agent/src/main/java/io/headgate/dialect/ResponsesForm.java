// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses: the last event of a stream repeats the whole response. Only what is completed
 * is complete; a response that came to its limit calls itself incomplete, and so do we.
 */
final class ResponsesForm implements Form {

  private static final String COMPLETED = "response.completed";

  @Override
  public boolean ended(List<StreamEvent> events) {
    StreamEvent last = last(events);
    Map<String, @Nullable Object> whole = last == null ? null : Nodes.map(last.get("response"));
    return whole != null && good(whole);
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    Object status = whole.get("status");
    return status == null || status.equals("completed");
  }

  private static @Nullable StreamEvent last(List<StreamEvent> events) {
    StreamEvent last = null;
    for (StreamEvent event : events) {
      switch (event.type()) {
        case "response.incomplete", "response.failed", "response.cancelled", "error" -> {
          return null;
        }
        case COMPLETED -> last = event;
        default -> {}
      }
    }
    return last;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    StreamEvent last = last(events);
    Map<String, @Nullable Object> whole = last == null ? null : Nodes.map(last.get("response"));
    if (whole == null) {
      return null;
    }
    // Some servers leave it to the reader to remember what was said.
    if (Nodes.list(whole.get("output")).isEmpty()) {
      whole.put("output", items(events));
    }
    return whole;
  }

  private static List<@Nullable Object> items(List<StreamEvent> events) {
    TreeMap<Long, @Nullable Object> items = new TreeMap<>();
    for (StreamEvent event : events) {
      if (event.type().equals("response.output_item.done")) {
        items.put(Nodes.number(event.get("output_index"), items.size()), event.get("item"));
      }
    }
    return Nodes.array(items.values().toArray());
  }

  @Override
  public @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    return "completed".equals(whole.get("status")) ? new ResponsesCut().events(whole) : null;
  }
}
