// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one completion of the chunks of a stream. */
final class OpenAiJoin {

  private final Map<String, @Nullable Object> head = new LinkedHashMap<>();
  private final TreeMap<Long, OpenAiChoice> choices = new TreeMap<>();

  /** Null if there is no choice, or one has something that cannot be joined. */
  @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    for (StreamEvent event : events) {
      Map<String, @Nullable Object> chunk = event.data();
      if (chunk != null && !add(chunk)) {
        return null;
      }
    }
    if (choices.isEmpty()) {
      return null;
    }
    Map<String, @Nullable Object> whole = Nodes.object();
    whole.put("id", head.get("id"));
    boolean legacy = "text_completion".equals(head.get("object"));
    whole.put("object", legacy ? "text_completion" : "chat.completion");
    whole.putAll(Nodes.with(head, "object", whole.get("object")));
    List<@Nullable Object> all = Nodes.array();
    choices.forEach((index, choice) -> all.add(choice.whole(index)));
    whole.put("choices", all);
    return whole;
  }

  private boolean add(Map<String, @Nullable Object> chunk) {
    chunk.forEach(this::head);
    long position = 0;
    for (Object item : Nodes.list(chunk.get("choices"))) {
      Map<String, @Nullable Object> choice = Nodes.map(item);
      if (choice == null) {
        return false;
      }
      long index = Nodes.number(choice.get("index"), position++);
      if (!choices.computeIfAbsent(index, i -> new OpenAiChoice()).add(choice)) {
        return false;
      }
    }
    return true;
  }

  /** What chunks say of the whole: who it is, the first that tells; all else, the last. */
  private void head(String name, @Nullable Object value) {
    switch (name) {
      // Padding is random, and means nothing.
      case "choices", "obfuscation" -> {}
      case "id", "object", "created", "model" -> {
        if (Nodes.empty(head.get(name))) {
          head.put(name, value);
        }
      }
      // Chunks without are null where the last one is to have it.
      case "usage" -> {
        if (value != null) {
          head.put(name, value);
        }
      }
      default -> Nodes.set(head, name, value);
    }
  }
}
