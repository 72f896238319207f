// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins lists that come in pieces: Mistral's content, whose parts are text or thinking, and
 * OpenRouter's details of reasoning. A part goes on in the next piece if all but its text is the
 * same; any other list, of annotations or pictures, just grows.
 */
final class OpenAiParts {

  /** Members that grow. */
  private static final Set<String> TEXTS = Set.of("text", "thinking", "summary");

  private OpenAiParts() {}

  /** Adds the parts of the next piece. Parts of one piece are never joined with each other. */
  static void add(List<@Nullable Object> parts, List<@Nullable Object> more) {
    int from = 0;
    if (!parts.isEmpty() && !more.isEmpty()) {
      Map<String, @Nullable Object> last = Nodes.map(parts.get(parts.size() - 1));
      Map<String, @Nullable Object> next = Nodes.map(more.get(0));
      if (last != null && next != null && goesOn(last, next)) {
        join(last, next);
        from = 1;
      }
    }
    for (int i = from; i < more.size(); i++) {
      parts.add(more.get(i));
    }
  }

  private static boolean goesOn(
      Map<String, @Nullable Object> last, Map<String, @Nullable Object> next) {
    boolean numbered = next.get("index") != null;
    boolean grows = numbered;
    for (Map.Entry<String, @Nullable Object> member : next.entrySet()) {
      String name = member.getKey();
      Object before = last.get(name);
      Object value = member.getValue();
      if (TEXTS.contains(name) && (before instanceof CharSequence || before instanceof List<?>)) {
        if (before instanceof List<?> != value instanceof List<?>) {
          return false;
        }
        grows = true;
      } else if (!Objects.equals(before, value) && !(numbered && before == null)) {
        return false;
      }
    }
    return grows && Objects.equals(last.get("type"), next.get("type"));
  }

  private static void join(Map<String, @Nullable Object> last, Map<String, @Nullable Object> next) {
    next.forEach(
        (name, value) -> {
          if (!TEXTS.contains(name)) {
            Nodes.set(last, name, value);
          } else if (value instanceof List<?>) {
            add(Nodes.list(last.get(name)), Nodes.list(value));
          } else if (value != null) {
            Nodes.append(last, name, value);
          }
        });
  }
}
