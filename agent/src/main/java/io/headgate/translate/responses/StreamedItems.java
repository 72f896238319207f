// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.json.Nodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the item that an event is about: by its id, else by its place. Some servers make up a new
 * id for every event, and others give all items the same place.
 */
final class StreamedItems {

  private final StreamedAnswer answer;
  private final Set<StreamedItem> all = new LinkedHashSet<>();
  private final Map<String, StreamedItem> byId = new HashMap<>();
  private final Map<Long, StreamedItem> byPlace = new HashMap<>();

  /** Those that the last event of the answer has told of again. */
  private final Set<StreamedItem> repeated = new HashSet<>();

  StreamedItems(StreamedAnswer answer) {
    this.answer = answer;
  }

  /** An item that begins. */
  void added(Map<String, @Nullable Object> event, Map<String, @Nullable Object> item) {
    StreamedItem known = byId.get(Nodes.text(item.get("id")));
    long place = Nodes.number(event.get("output_index"), all.size());
    (known == null ? made(Nodes.text(item.get("type")), Nodes.text(item.get("id")), place) : known)
        .begin(item);
  }

  /** The item that a piece belongs to. */
  StreamedItem of(Map<String, @Nullable Object> event, String type) {
    return found(event, Nodes.text(event.get("item_id")), type);
  }

  /** The item that an event tells the whole of. */
  StreamedItem done(Map<String, @Nullable Object> event, Map<String, @Nullable Object> item) {
    return found(event, Nodes.text(item.get("id")), Nodes.text(item.get("type")));
  }

  private StreamedItem found(Map<String, @Nullable Object> event, String id, String type) {
    long place = Nodes.number(event.get("output_index"), -1);
    StreamedItem item = byId.get(id);
    if (item == null) {
      item = byPlace.get(place);
    }
    if (item == null && place < 0) {
      item = latest(type);
    }
    return item == null || !item.type().equals(type)
        ? made(type, id, place < 0 ? all.size() : place)
        : item;
  }

  private @Nullable StreamedItem latest(String type) {
    StreamedItem latest = null;
    for (StreamedItem item : all) {
      if (item.type().equals(type)) {
        latest = item;
      }
    }
    return latest;
  }

  /** The item that the last event repeats. */
  StreamedItem last(long place, Map<String, @Nullable Object> item) {
    String id = Nodes.text(item.get("id"));
    String type = Nodes.text(item.get("type"));
    StreamedItem found = byId.get(id);
    if (found == null || repeated.contains(found)) {
      found = byPlace.get(place);
    }
    if (found == null || repeated.contains(found) || !found.type().equals(type)) {
      found =
          all.stream()
              .filter(other -> other.type().equals(type) && !repeated.contains(other))
              .findFirst()
              .orElseGet(() -> made(type, id, place));
    }
    repeated.add(found);
    return found;
  }

  private StreamedItem made(String type, String id, long place) {
    StreamedItem item = new StreamedItem(answer, type);
    all.add(item);
    if (!id.isEmpty()) {
      byId.put(id, item);
    }
    byPlace.put(place, item);
    return item;
  }
}
