// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call: text elsewhere, an object here. By Gemini's convention {@code output} holds
 * it and {@code error} what went wrong; without either the object is the output.
 */
final class FunctionResponses {

  private static final Set<String> WRAPPED = Set.of("output", "error");

  private FunctionResponses() {}

  /** Adds the text of a response; says whether it is an error. */
  static boolean read(@Nullable Object response, List<Part> parts) {
    Map<String, @Nullable Object> map = Nodes.map(response);
    Object said = response;
    boolean error = false;
    if (map != null) {
      boolean wrapped = WRAPPED.containsAll(map.keySet()) && !map.isEmpty();
      error = wrapped && !Nodes.empty(map.get("error")) && Nodes.empty(map.get("output"));
      if (error) {
        said = map.get("error");
      } else if (wrapped) {
        said = map.get("output");
      } else if (map.size() == 1 && map.containsKey("result")) {
        said = map.get("result");
      }
    }
    String text =
        said == null || said instanceof CharSequence ? Nodes.text(said) : Arguments.json(said);
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
    return error;
  }

  /** A response of a text. */
  static Map<String, @Nullable Object> write(String text, boolean error) {
    if (error) {
      return Nodes.object("error", text);
    }
    Map<String, @Nullable Object> object = text.isBlank() ? null : Arguments.object(text);
    return object == null || text.strip().equals("null") ? Nodes.object("result", text) : object;
  }
}
