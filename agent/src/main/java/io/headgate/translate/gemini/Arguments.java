// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments of calls: text elsewhere, an object here. */
final class Arguments {

  private Arguments() {}

  /** The object that a text is; an empty one for blanks and {@code null}; null if it is none. */
  static @Nullable Map<String, @Nullable Object> object(String json) {
    String text = json.strip();
    if (text.isEmpty() || text.equals("null")) {
      return new LinkedHashMap<>();
    }
    // Cheaper than to let the parser fail, for the many results of tools that are prose.
    return text.startsWith("{")
        ? Nodes.map(JsonTree.exact(text.getBytes(StandardCharsets.UTF_8)))
        : null;
  }

  /** An object as text. */
  static String text(@Nullable Object args) {
    return args instanceof Map<?, ?> ? json(args) : "{}";
  }

  /** Any value as text. */
  static String json(@Nullable Object value) {
    return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
  }
}
