// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together the calls of tools that a choice makes. */
final class OpenAiCalls {

  private final List<@Nullable Object> calls = Nodes.array();
  private final Map<Long, Map<String, @Nullable Object>> byIndex = new HashMap<>();

  /** Returns whether the pieces could be joined. */
  boolean add(List<@Nullable Object> pieces) {
    for (Object item : pieces) {
      Map<String, @Nullable Object> piece = Nodes.map(item);
      if (piece == null) {
        return false;
      }
      long index = Nodes.number(piece.get("index"), byIndex.size() - 1L);
      Map<String, @Nullable Object> call = byIndex.get(index);
      if (call == null || another(call, piece)) {
        call = Nodes.object();
        calls.add(call);
        byIndex.put(piece.containsKey("index") ? index : byIndex.size(), call);
      }
      join(call, piece);
    }
    return true;
  }

  /** Some servers number each call 0: their ids differ. */
  private static boolean another(
      Map<String, @Nullable Object> call, Map<String, @Nullable Object> piece) {
    String id = Nodes.text(piece.get("id"));
    String known = Nodes.text(call.get("id"));
    return !id.isEmpty() && !known.isEmpty() && !id.equals(known);
  }

  /** Joins a piece of a call, or of the function within, to what is there. */
  static void join(Map<String, @Nullable Object> call, Map<String, @Nullable Object> piece) {
    for (Map.Entry<String, @Nullable Object> member : piece.entrySet()) {
      String name = member.getKey();
      Object value = member.getValue();
      Map<String, @Nullable Object> map = Nodes.map(value);
      switch (name) {
        case "index" -> {}
        case "arguments", "input" -> {
          if (value instanceof String) {
            Nodes.append(call, name, value);
          } else {
            Nodes.set(call, name, value);
          }
        }
        case "function", "custom" -> {
          Map<String, @Nullable Object> inner = Nodes.map(call, name);
          join(inner, map == null ? Nodes.object() : map);
          call.put(name, inner);
        }
        default -> {
          if (map != null) {
            call.put(name, Nodes.joined(call.get(name), map));
          } else if (!Nodes.empty(value) || !call.containsKey(name)) {
            call.put(name, value);
          }
        }
      }
    }
  }

  /** The calls in the order of their coming. */
  List<@Nullable Object> list() {
    return calls;
  }
}
