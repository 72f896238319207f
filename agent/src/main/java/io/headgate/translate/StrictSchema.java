// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether OpenAI would take a schema as strict: an object at its root, each object in it closed and
 * in need of all its members, and no keyword but some (OpenAI guide, Structured Outputs, supported
 * schemas). One that is not so is refused if it is sent as strict, though others enforce it.
 */
public final class StrictSchema {

  private static final int DEPTH_LIMIT = 60;

  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "anyOf",
          "enum",
          "const",
          "$ref",
          "$defs",
          "definitions",
          "$schema",
          "title",
          "description",
          "pattern",
          "format",
          "multipleOf",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "minItems",
          "maxItems");

  private static final Set<String> FORMATS =
      Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");

  private StrictSchema() {}

  /** Whether it would be taken. */
  public static boolean fits(@Nullable Map<String, @Nullable Object> schema) {
    return schema != null && rooted(schema) && fits(schema, 0);
  }

  /** Whether the root is an object, as it has to be, strict or not. */
  public static boolean rooted(Map<String, @Nullable Object> schema) {
    return "object".equals(schema.get("type")) && !schema.containsKey("anyOf");
  }

  /**
   * What to say of strictness, and a note if it is less than was wanted.
   *
   * @return null to say nothing
   */
  public static @Nullable Boolean strict(
      @Nullable Boolean wanted, @Nullable Map<String, @Nullable Object> schema, Notes notes) {
    if (!Boolean.TRUE.equals(wanted)) {
      return wanted;
    }
    boolean fits = fits(schema);
    if (!fits && schema != null) {
      notes.changed("strict", true, false);
    }
    return fits;
  }

  private static boolean fits(@Nullable Object node, int depth) {
    if (depth > DEPTH_LIMIT) {
      return false;
    }
    if (node instanceof List<?> list) {
      return list.stream().allMatch(item -> fits(item, depth + 1));
    }
    Map<String, @Nullable Object> schema = Nodes.map(node);
    return schema == null || (known(schema) && closed(schema) && childrenFit(schema, depth));
  }

  private static boolean known(Map<String, @Nullable Object> schema) {
    String format = Nodes.text(schema.get("format"));
    return KEYWORDS.containsAll(schema.keySet()) && (format.isEmpty() || FORMATS.contains(format));
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
    return fits(schema.get("items"), depth + 1) && fits(schema.get("anyOf"), depth + 1);
  }
}
