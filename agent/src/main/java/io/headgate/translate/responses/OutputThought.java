// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the model thought, told as the summary of it. */
final class OutputThought extends OutputItem {

  private final StringBuilder words = new StringBuilder();
  private final List<@Nullable Object> summary = Nodes.array();
  private @Nullable String encrypted;

  OutputThought(NumberedEvents events, List<@Nullable Object> output, String id) {
    super(events, output, id);
  }

  @Override
  Map<String, @Nullable Object> item(String status) {
    Map<String, @Nullable Object> item =
        Nodes.object("id", id(), "type", "reasoning", "summary", copy(summary));
    if (encrypted != null) {
      item.put("encrypted_content", encrypted);
    }
    return item;
  }

  void text(String text) {
    if (words.isEmpty()) {
      tell("response.reasoning_summary_part.added", "summary_index", 0, "part", part(""));
    }
    words.append(text);
    tell("response.reasoning_summary_text.delta", "summary_index", 0, "delta", text);
  }

  /** All of it, as only OpenAI can read it. */
  void encrypted(String data) {
    encrypted = data;
  }

  @Override
  void finish() {
    if (!words.isEmpty()) {
      String text = words.toString();
      tell("response.reasoning_summary_text.done", "summary_index", 0, "text", text);
      tell("response.reasoning_summary_part.done", "summary_index", 0, "part", part(text));
      summary.add(part(text));
    }
  }

  private static Map<String, @Nullable Object> part(String text) {
    return Nodes.object("type", "summary_text", "text", text);
  }
}
