// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a JSON Schema says of types and of the values that it lists. */
final class SchemaTypes {

  private static final Set<String> KNOWN =
      Set.of("string", "number", "integer", "boolean", "array", "object", "null");

  private SchemaTypes() {}

  /** The types that a schema allows, by what else it says if it names none; a list to change. */
  static List<String> of(Map<String, @Nullable Object> schema) {
    List<String> types = new ArrayList<>();
    for (Object type : Spelling.list(schema.get("type"))) {
      String word = Nodes.text(type).toLowerCase(Locale.ROOT);
      if (KNOWN.contains(word) && !types.contains(word)) {
        types.add(word);
      }
    }
    if (!types.isEmpty()) {
      return types;
    }
    if (schema.containsKey("properties") || schema.containsKey("additionalProperties")) {
      types.add("object");
    } else if (schema.containsKey("items") || schema.containsKey("prefixItems")) {
      types.add("array");
    }
    return types;
  }

  /** A choice without its nulls. */
  static List<@Nullable Object> withoutNull(List<@Nullable Object> choice) {
    List<@Nullable Object> others = Nodes.array();
    for (Object item : choice) {
      Map<String, @Nullable Object> schema = Nodes.map(item);
      if (schema == null || !"null".equals(schema.get("type"))) {
        others.add(item);
      }
    }
    return others;
  }

  /**
   * Puts the values that a schema lists where they go: texts are an enum, which other types cannot
   * have here, so theirs are told in the description. Says whether null is one of them.
   */
  static boolean enumerated(
      Map<String, @Nullable Object> schema, Map<String, @Nullable Object> made) {
    List<@Nullable Object> values =
        schema.containsKey("const")
            ? Nodes.array(schema.get("const"))
            : Nodes.list(schema.get("enum"));
    List<@Nullable Object> texts = Nodes.array();
    List<String> others = new ArrayList<>();
    boolean none = false;
    for (Object value : values) {
      if (value == null) {
        none = true;
      } else if (value instanceof CharSequence text) {
        if (text.length() > 0) { // Empty ones are refused.
          texts.add(text.toString());
        }
      } else {
        others.add(Arguments.json(value));
      }
    }
    if ("STRING".equals(made.get("type")) && others.isEmpty() && !texts.isEmpty()) {
      made.put("enum", texts);
    } else if (!others.isEmpty()) {
      texts.forEach(text -> others.add(Arguments.json(text)));
      String list = "One of: " + String.join(", ", others) + ".";
      String before = Nodes.text(made.get("description"));
      made.put("description", before.isEmpty() ? list : before + " " + list);
    }
    return none;
  }
}
