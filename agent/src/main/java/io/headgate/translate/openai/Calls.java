// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What calls of tools are made of, in requests, answers and streams alike. */
final class Calls {

  private Calls() {}

  /** Arguments as JSON text; some servers write them as an object, or nothing at all. */
  static String arguments(@Nullable Object said) {
    String text = said instanceof CharSequence written ? written.toString() : whole(said);
    return text.isBlank() || text.strip().equals("null") ? "{}" : text;
  }

  /** An object as JSON text; empty if it is none. */
  static String whole(@Nullable Object said) {
    return said instanceof Map<?, ?> || said instanceof List<?>
        ? new String(JsonWriter.write(said), StandardCharsets.UTF_8)
        : "";
  }

  /** Gemini's signature, where Google's OpenAI surface has it; null if there is none. */
  static @Nullable String signature(Map<String, @Nullable Object> call) {
    Map<String, @Nullable Object> google = Nodes.map(Nodes.map(call, "extra_content"), "google");
    return Nodes.textOrNull(google.get("thought_signature"));
  }

  /** Puts a signature where {@link #signature} finds it. */
  static void sign(Map<String, @Nullable Object> call, @Nullable String signature) {
    if (signature != null) {
      call.put(
          "extra_content", Nodes.object("google", Nodes.object("thought_signature", signature)));
    }
  }

  /** A call as answers and requests have it. */
  static Map<String, @Nullable Object> written(String id, String name, String arguments) {
    return Nodes.object(
        "id",
        id,
        "type",
        "function",
        "function",
        Nodes.object("name", name, "arguments", arguments(arguments)));
  }

  /** An id for a call that came without; it has to differ from those of earlier answers. */
  static String newId() {
    return String.format("call_%016x", ThreadLocalRandom.current().nextLong());
  }
}
