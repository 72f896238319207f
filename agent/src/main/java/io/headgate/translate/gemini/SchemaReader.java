// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.JsonNumber;
import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON Schema of Gemini's {@code Schema}, a subset of OpenAPI 3.0 with types in capitals,
 * {@code nullable}, and whole numbers that may be text.
 */
final class SchemaReader {

  private SchemaReader() {}

  static Map<String, @Nullable Object> jsonSchema(Map<String, @Nullable Object> schema) {
    Map<String, @Nullable Object> from = Spelling.camel(schema);
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    from.forEach(
        (name, value) -> {
          switch (name) {
            case "type" -> {
              String type = Nodes.text(value).toLowerCase(Locale.ROOT);
              if (!type.isEmpty() && !type.equals("type_unspecified")) {
                made.put("type", type);
              }
            }
            case "nullable", "propertyOrdering", "example" -> {}
            case "format" -> {
              if (!"enum".equals(value)) { // It only says that there is one.
                made.put(name, value);
              }
            }
            case "properties" -> made.put(name, properties(value, from.get("propertyOrdering")));
            case "items", "additionalProperties" -> made.put(name, below(value));
            case "anyOf", "oneOf", "allOf", "prefixItems" -> made.put(name, each(value));
            case "defs" -> made.put("$defs", properties(value, null));
            case "ref" -> made.put("$ref", value);
            case "minItems",
                "maxItems",
                "minLength",
                "maxLength",
                "minProperties",
                "maxProperties" ->
                made.put(name, whole(value));
            default -> made.put(name, value);
          }
        });
    if (Boolean.TRUE.equals(from.get("nullable"))) {
      allowNull(made);
    }
    return made;
  }

  private static void allowNull(Map<String, @Nullable Object> schema) {
    if (schema.get("type") instanceof String type) {
      schema.put("type", Nodes.array(type, "null"));
    } else if (schema.get("anyOf") instanceof List<?> any) {
      List<@Nullable Object> more = Nodes.array(any.toArray());
      more.add(Nodes.object("type", "null"));
      schema.put("anyOf", more);
    }
    if (schema.get("enum") instanceof List<?> values && !values.contains(null)) {
      List<@Nullable Object> more = Nodes.array(values.toArray());
      more.add(null);
      schema.put("enum", more);
    }
  }

  private static @Nullable Object below(@Nullable Object value) {
    Map<String, @Nullable Object> schema = Nodes.map(value);
    return schema == null ? value : jsonSchema(schema);
  }

  private static List<@Nullable Object> each(@Nullable Object value) {
    List<@Nullable Object> made = Nodes.array();
    for (Object item : Nodes.list(value)) {
      made.add(below(item));
    }
    return made;
  }

  /** Their order in JSON Schema is that of the object; here it may be said beside it. */
  private static Map<String, @Nullable Object> properties(
      @Nullable Object value, @Nullable Object ordering) {
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    Map<String, @Nullable Object> properties = Nodes.map(value);
    if (properties != null) {
      for (Object name : Nodes.list(ordering)) {
        if (name instanceof String text && properties.containsKey(text)) {
          made.put(text, below(properties.get(text)));
        }
      }
      properties.forEach((name, property) -> made.putIfAbsent(name, below(property)));
    }
    return made;
  }

  private static @Nullable Object whole(@Nullable Object value) {
    if (value instanceof String text && !text.isEmpty() && text.length() < 19) {
      return text.chars().allMatch(c -> c >= '0' && c <= '9')
          ? new JsonNumber(String.valueOf(Long.parseLong(text)))
          : value;
    }
    return value;
  }
}
