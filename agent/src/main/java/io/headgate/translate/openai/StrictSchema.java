// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.Maker;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether OpenAI would take a schema as strict: each object names all its properties as required
 * and forbids others (OpenAI guide, structured outputs). One that is not so is refused if it is
 * sent as strict, though other providers enforce it.
 */
final class StrictSchema {

  private static final int DEPTH_LIMIT = 60;

  private StrictSchema() {}

  /** What to say of strictness; null for nothing. */
  static @Nullable Boolean strict(
      @Nullable Boolean wanted, @Nullable Map<String, @Nullable Object> schema, Maker maker) {
    boolean ask = Boolean.TRUE.equals(wanted) && maker == Maker.OPENAI;
    return ask ? (Boolean) (schema != null && fits(schema, 0)) : wanted;
  }

  private static boolean fits(@Nullable Object node, int depth) {
    if (depth > DEPTH_LIMIT) {
      return false;
    }
    if (node instanceof List<?> list) {
      for (Object item : list) {
        if (!fits(item, depth + 1)) {
          return false;
        }
      }
      return true;
    }
    Map<String, @Nullable Object> schema = Nodes.map(node);
    return schema == null || (closed(schema) && childrenFit(schema, depth));
  }

  private static boolean closed(Map<String, @Nullable Object> schema) {
    boolean object =
        schema.get("properties") instanceof Map<?, ?>
            || "object".equals(schema.get("type"))
            || Nodes.list(schema.get("type")).contains("object");
    return !object
        || (Boolean.FALSE.equals(schema.get("additionalProperties"))
            && Nodes.list(schema.get("required"))
                .containsAll(Nodes.map(schema, "properties").keySet()));
  }

  /** Names of properties are no keywords, and values of an enum no schemas. */
  private static boolean childrenFit(Map<String, @Nullable Object> schema, int depth) {
    for (String many : List.of("properties", "$defs", "definitions")) {
      for (Object child : Nodes.map(schema, many).values()) {
        if (!fits(child, depth + 1)) {
          return false;
        }
      }
    }
    for (String one : List.of("items", "anyOf", "oneOf", "allOf", "prefixItems")) {
      if (!fits(schema.get(one), depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
