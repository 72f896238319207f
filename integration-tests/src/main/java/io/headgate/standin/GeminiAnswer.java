// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The candidates' parts as Gemini has them; a model of the third generation signs its calls. */
final class GeminiAnswer {

  private static final String SIGNATURE = "c3RhbmQtaW4gc2lnbmF0dXJl";

  private GeminiAnswer() {}

  /** The parts of each chunk, one chunk if all is said at once; the last one tells the end. */
  static List<List<Object>> chunks(Call call, String model, boolean stream) {
    Told told = call.told();
    List<Object> all = new ArrayList<>();
    for (String piece : pieces(told.thoughts(), stream)) {
      all.add(Json.object("text", piece, "thought", true));
    }
    for (int i = 0; i < told.calls().size(); i++) {
      Map<String, @Nullable Object> part =
          Json.object("functionCall", function(told.calls().get(i)));
      if (i == 0 && Models.gemini(model) >= 300) {
        part.put("thoughtSignature", SIGNATURE);
      }
      all.add(part);
    }
    if (told.calls().isEmpty() && !told.refused()) {
      for (String piece : pieces(told.text(), stream)) {
        all.add(Json.object("text", piece));
      }
    }
    List<List<Object>> chunks = new ArrayList<>();
    if (stream) {
      all.forEach(part -> chunks.add(List.of(part)));
    }
    if (chunks.isEmpty()) {
      chunks.add(all);
    }
    return chunks;
  }

  private static List<String> pieces(String text, boolean stream) {
    if (text.isEmpty()) {
      return List.of();
    }
    return stream ? Answers.pieces(text) : List.of(text);
  }

  private static Map<String, @Nullable Object> function(ToolCall tool) {
    Map<String, @Nullable Object> function = Json.object("name", tool.name());
    // Left out by the host if there are none.
    if (tool.hasArguments()) {
      function.put("args", tool.input());
    }
    return function;
  }

  static String finish(Call call) {
    return call.told().end("STOP", "STOP", "MAX_TOKENS", "STOP", "SAFETY", "PROHIBITED_CONTENT");
  }
}
