// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schemas of objects. */
final class RandomSchemas {

  private final RandomWords words;

  RandomSchemas(RandomWords words) {
    this.words = words;
  }

  /** One that anything may be in. */
  Map<String, @Nullable Object> open() {
    Map<String, @Nullable Object> schema = objectSchema(3);
    if (words.once(3)) {
      schema.put("description", words.text(true));
    }
    if (words.once(3)) {
      schema.put("default", words.map(2));
    }
    return schema;
  }

  private Map<String, @Nullable Object> objectSchema(int depth) {
    Map<String, @Nullable Object> properties = Nodes.object();
    for (int i = words.between(0, 3); i > 0; i--) {
      properties.put(words.key(), anySchema(depth - 1));
    }
    Map<String, @Nullable Object> schema = Nodes.object("type", "object", "properties", properties);
    if (!properties.isEmpty() && words.flip()) {
      schema.put("required", Nodes.array(properties.keySet().iterator().next()));
    }
    if (words.flip()) {
      schema.put("additionalProperties", words.any(true, false));
    }
    return schema;
  }

  private Map<String, @Nullable Object> anySchema(int depth) {
    return switch (words.between(0, depth > 0 ? 5 : 3)) {
      case 0 -> Nodes.object();
      case 1 ->
          Nodes.object("type", "number", "minimum", words.number(), "multipleOf", words.number());
      case 2 ->
          Nodes.object(
              "type", "string", "enum", Nodes.array(words.text(true), "", words.text(true)));
      case 3 -> Nodes.object("type", Nodes.array("string", "null"), "default", null);
      case 4 -> objectSchema(depth);
      default -> Nodes.object("items", anySchema(depth - 1), "type", "array");
    };
  }

  /** One that every provider takes as a strict one, just as it is. */
  Map<String, @Nullable Object> closed(int depth) {
    Map<String, @Nullable Object> properties = Nodes.object();
    for (int i = words.between(1, 3); i > 0; i--) {
      properties.put(
          words.any("z", "a", "m", "b"),
          depth > 0 && words.flip()
              ? closed(depth - 1)
              : Nodes.object("type", "string", "description", words.text(true)));
    }
    return Nodes.object(
        "type",
        "object",
        "properties",
        properties,
        "required",
        new ArrayList<@Nullable Object>(properties.keySet()),
        "additionalProperties",
        false);
  }
}
