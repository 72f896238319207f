// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What OpenAI takes for a strict schema: every object is closed and needs all of its members
 * ("OpenAI, Structured Outputs, Supported schemas").
 */
final class StrictSchemas {

  private static final List<String> GROUPS = List.of("properties", "$defs", "definitions");

  private StrictSchemas() {}

  /** Whether a schema, and all within it, is closed and complete. */
  static boolean fits(Map<String, @Nullable Object> schema) {
    Object type = schema.get("type");
    boolean object = "object".equals(type) || Nodes.list(type).contains("object");
    Map<String, @Nullable Object> properties = Nodes.map(schema, "properties");
    if ((object || !properties.isEmpty())
        && !(Boolean.FALSE.equals(schema.get("additionalProperties"))
            && Nodes.list(schema.get("required")).containsAll(properties.keySet()))) {
      return false;
    }
    for (String group : GROUPS) {
      if (!all(Nodes.map(schema, group).values())) {
        return false;
      }
    }
    Map<String, @Nullable Object> items = Nodes.map(schema.get("items"));
    return (items == null || fits(items)) && all(Nodes.list(schema.get("anyOf")));
  }

  private static boolean all(Iterable<? extends @Nullable Object> schemas) {
    for (Object value : schemas) {
      Map<String, @Nullable Object> schema = Nodes.map(value);
      if (schema != null && !fits(schema)) {
        return false;
      }
    }
    return true;
  }
}
