// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows references within a schema (RFC 6901, in a fragment). */
public final class References {

  private References() {}

  /** What a reference leads to; null if to nothing, or to another document. */
  public static @Nullable Object follow(Map<String, @Nullable Object> root, String reference) {
    if (!reference.startsWith("#/")) {
      return null;
    }
    Object node = root;
    for (String name : reference.substring(2).split("/", -1)) {
      if (node instanceof List<?> list) {
        node = item(list, name);
      } else {
        Map<String, @Nullable Object> object = Nodes.map(node);
        node = object == null ? null : object.get(name.replace("~1", "/").replace("~0", "~"));
      }
    }
    return node;
  }

  /** Whether every reference within a schema leads to another schema in it. */
  static boolean lead(Map<String, @Nullable Object> schema) {
    return lead(schema, schema);
  }

  private static boolean lead(Map<String, @Nullable Object> root, @Nullable Object node) {
    if (node instanceof List<?> list) {
      return list.stream().allMatch(item -> lead(root, item));
    }
    Map<String, @Nullable Object> map = Nodes.map(node);
    if (map == null) {
      return true;
    }
    Object reference = map.get("$ref");
    if (reference instanceof String text) {
      Object found = follow(root, text);
      if (!isSchema(found)) {
        return false;
      }
    } else if (map.containsKey("$ref") && !isSchema(reference)) {
      return false; // Else a property has that name.
    }
    return map.values().stream().allMatch(value -> lead(root, value));
  }

  private static boolean isSchema(@Nullable Object node) {
    return node instanceof Map<?, ?> || node instanceof Boolean;
  }

  private static @Nullable Object item(List<?> list, String index) {
    boolean number = !index.isEmpty() && index.length() < 6;
    number &= index.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    int at = number ? Integer.parseInt(index) : list.size();
    return at < list.size() ? list.get(at) : null;
  }
}
