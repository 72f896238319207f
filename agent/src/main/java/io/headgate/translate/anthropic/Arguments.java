// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments of a tool: an object here, the text of one with others. */
final class Arguments {

  private Arguments() {}

  /** As text; <code>{}</code> for none. A text is taken for the JSON that it should be. */
  static String text(@Nullable Object input) {
    if (input instanceof CharSequence text) {
      return none(text) ? "{}" : text.toString();
    }
    return input == null ? "{}" : new String(JsonWriter.write(input), StandardCharsets.UTF_8);
  }

  /** As an object; null if the text is none, which may have been broken off. */
  static @Nullable Map<String, @Nullable Object> object(String text) {
    return none(text)
        ? Nodes.object()
        : Nodes.map(JsonTree.exact(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether a text says that there are none. */
  static boolean none(CharSequence text) {
    String said = text.toString().strip();
    return said.isEmpty() || said.equals("null");
  }
}
