// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What hosts demand of a JSON Schema that they hold the model to. */
final class StrictSchemas {

  private static final List<String> MAPS = List.of("properties", "$defs", "definitions");
  private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf");
  private static final Set<String> UNKEPT =
      Strict.names(
          "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength"
              + " maxItems uniqueItems");

  private StrictSchemas() {}

  /** What is wrong with a schema or one inside it; null if nothing is. */
  interface Check {
    @Nullable String wrong(JsonNode schema, String path);
  }

  /** Looks at a schema and all inside it, and tells what is wrong first. */
  static @Nullable String first(JsonNode schema, Check check) {
    return first(schema, "", check);
  }

  private static @Nullable String first(JsonNode schema, String path, Check check) {
    if (!schema.isObject()) {
      return null;
    }
    String wrong = check.wrong(schema, "(" + path + ")");
    for (String map : MAPS) {
      for (Map.Entry<String, JsonNode> inner : schema.path(map).properties()) {
        String at = join(path, "'" + map + "', '" + inner.getKey() + "'");
        wrong = wrong != null ? wrong : first(inner.getValue(), at, check);
      }
    }
    for (String list : LISTS) {
      int i = 0;
      for (JsonNode inner : schema.path(list)) {
        String at = join(path, "'" + list + "', '" + i++ + "'");
        wrong = wrong != null ? wrong : first(inner, at, check);
      }
    }
    return wrong != null ? wrong : first(schema.path("items"), join(path, "'items'"), check);
  }

  private static String join(String path, String more) {
    return path.isEmpty() ? more : path + ", " + more;
  }

  static boolean isObject(JsonNode schema) {
    return is(schema, "object") || schema.has("properties");
  }

  private static boolean is(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    for (JsonNode one : types) {
      if (one.asText("").equals(type)) {
        return true;
      }
    }
    return types.asText("").equals(type);
  }

  private static boolean open(JsonNode schema) {
    JsonNode additional = schema.path("additionalProperties");
    return isObject(schema) && !(additional.isBoolean() && !additional.booleanValue());
  }

  /** OpenAI's: arrays say of what. */
  static @Nullable String openAi(JsonNode schema, String path) {
    return is(schema, "array") && !schema.has("items")
        ? "In context=" + path + ", array schema missing items."
        : null;
  }

  /** OpenAI's for {@code strict}: no further properties, and all are required. */
  static @Nullable String openAiStrict(JsonNode schema, String path) {
    if (open(schema)) {
      return "In context="
          + path
          + ", 'additionalProperties' is required to be supplied and to be false.";
    }
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (!required.contains(property.getKey())) {
        return "In context="
            + path
            + ", 'required' is required to be supplied and to be an array including every key in"
            + " properties. Missing '"
            + property.getKey()
            + "'.";
      }
    }
    return openAi(schema, path);
  }

  /** Anthropic's: no further properties, and no limits that cannot be kept. */
  static @Nullable String anthropic(JsonNode schema, String path) {
    if (open(schema)) {
      return "For 'object' type, 'additionalProperties' must be explicitly set to false";
    }
    if (schema.path("minItems").asInt(0) > 1) {
      return "For 'array' type, 'minItems' values other than 0 or 1 are not supported";
    }
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      if (UNKEPT.contains(keyword.getKey())) {
        return "For '"
            + schema.path("type").asText("")
            + "' type, property '"
            + keyword.getKey()
            + "' is not supported";
      }
    }
    return null;
  }
}
