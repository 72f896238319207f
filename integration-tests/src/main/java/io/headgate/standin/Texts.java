// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the texts in a request of any dialect: the system's first, the last user's last. */
final class Texts {

  private static final Set<String> SYSTEM =
      Set.of("system", "instructions", "systemInstruction", "preamble");
  private static final Set<String> PROMPT =
      Set.of(
          "messages",
          "contents",
          "content",
          "input",
          "inputs",
          "inputText",
          "prompt",
          "message",
          "requests",
          "texts",
          "query",
          "documents",
          "instances");

  /** Keys that hold text below one of the above; others (role, type, model) are none. */
  private static final Set<String> TEXT =
      Set.of("content", "text", "parts", "contents", "input", "output", "instances");

  private Texts() {}

  static List<String> of(JsonNode body) {
    List<String> texts = new ArrayList<>();
    for (Set<String> keys : List.of(SYSTEM, PROMPT)) {
      for (Map.Entry<String, JsonNode> field : body.properties()) {
        if (keys.contains(field.getKey())) {
          collect(field.getValue(), true, texts);
        }
      }
    }
    return texts;
  }

  private static void collect(JsonNode node, boolean text, List<String> into) {
    if (node.isTextual()) {
      if (text) {
        into.add(node.textValue());
      }
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        collect(element, text, into);
      }
    } else {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        collect(field.getValue(), TEXT.contains(field.getKey()), into);
      }
    }
  }
}
