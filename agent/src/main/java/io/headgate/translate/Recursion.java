// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out whether a schema contains itself, to which Claude's answers cannot be held. */
final class Recursion {

  /** More references within one another are none that a person wrote. */
  private static final int DEEPEST = 200;

  private final Map<String, @Nullable Object> root;
  private final Set<String> within = new HashSet<>(Set.of("#"));
  private final Set<String> done = new HashSet<>();

  private Recursion(Map<String, @Nullable Object> root) {
    this.root = root;
  }

  static boolean in(Map<String, @Nullable Object> schema) {
    return new Recursion(schema).at(schema);
  }

  private boolean at(@Nullable Object node) {
    if (node instanceof List<?> list) {
      for (Object item : list) {
        if (at(item)) {
          return true;
        }
      }
      return false;
    }
    Map<String, @Nullable Object> map = Nodes.map(node);
    if (map == null) {
      return false;
    }
    if (map.get("$ref") instanceof String reference && follow(reference)) {
      return true;
    }
    for (Object value : map.values()) {
      if (at(value)) {
        return true;
      }
    }
    return false;
  }

  private boolean follow(String reference) {
    if (!reference.startsWith("#") || done.contains(reference)) {
      return false;
    }
    if (!within.add(reference)) {
      return true;
    }
    boolean found = within.size() > DEEPEST || at(References.follow(root, reference));
    within.remove(reference);
    done.add(reference);
    return found;
  }
}
