// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plainest JSON that fits a schema, JSON Schema or OpenAPI's subset: all properties filled. */
final class Sample {

  private static final int DEEPEST = 12;

  private final JsonNode root;

  private Sample(JsonNode root) {
    this.root = root;
  }

  /** Never null at the root: a schema of {@code null} is not asked for. */
  static Object of(JsonNode schema) {
    Object sample = new Sample(schema).value(schema, 0);
    return sample == null ? Json.object() : sample;
  }

  private @Nullable Object value(JsonNode schema, int depth) {
    if (depth > DEEPEST) {
      return null;
    }
    String ref = schema.path("$ref").asText("");
    if (ref.startsWith("#")) {
      return value(root.at(ref.substring(1)), depth + 1);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0);
    }
    for (String several : List.of("anyOf", "oneOf", "allOf")) {
      if (!schema.path(several).isEmpty()) {
        return value(schema.path(several).path(0), depth + 1);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer", "number" ->
          schema.hasNonNull("minimum") ? schema.path("minimum") : (Object) 1;
      case "boolean" -> true;
      case "null" -> null;
      default -> string(schema);
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    String name = (type.isArray() ? type.path(0) : type).asText("").toLowerCase(Locale.ROOT);
    return name.isEmpty() && schema.has("properties") ? "object" : name;
  }

  private Map<String, @Nullable Object> object(JsonNode schema, int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      object.put(property.getKey(), value(property.getValue(), depth + 1));
    }
    return object;
  }

  private List<@Nullable Object> array(JsonNode schema, int depth) {
    List<@Nullable Object> array = new ArrayList<>();
    int size = Math.max(1, schema.path("minItems").asInt(1));
    for (int i = 0; i < size; i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private static String string(JsonNode schema) {
    return switch (schema.path("format").asText("")) {
      case "date" -> "2026-01-31";
      case "date-time" -> "2026-01-31T12:00:00Z";
      default -> "text";
    };
  }
}
