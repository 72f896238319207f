// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the model has said, which looks the same in an answer and in a history. */
final class ResponsesItems {

  private ResponsesItems() {}

  /** A {@code function_call}. */
  static Part.ToolCall call(Map<String, @Nullable Object> item) {
    return new Part.ToolCall(
        callId(item), Nodes.text(item.get("name")), arguments(Nodes.text(item.get("arguments"))));
  }

  /** What ties a call and its result; servers that copied the format may have only an id. */
  static String callId(Map<String, @Nullable Object> item) {
    String callId = Nodes.text(item.get("call_id"));
    return callId.isEmpty() ? Nodes.text(item.get("id")) : callId;
  }

  /** Arguments as JSON: no words, and the word for nothing, are an object without members. */
  static String arguments(String arguments) {
    return arguments.isBlank() || arguments.strip().equals("null") ? "{}" : arguments;
  }

  /**
   * A {@code reasoning} item; null if it says nothing that could be used without OpenAI's store.
   */
  static Part.@Nullable Thinking thinking(Map<String, @Nullable Object> item) {
    String text = joined(item.get("summary"));
    if (text.isEmpty()) {
      text = joined(item.get("content")); // Open models show all of it.
    }
    String encrypted = Nodes.textOrNull(item.get("encrypted_content"));
    return text.isEmpty() && encrypted == null
        ? null
        : new Part.Thinking(text, null, encrypted, Maker.OPENAI);
  }

  private static String joined(@Nullable Object parts) {
    List<String> texts = new ArrayList<>();
    for (Object value : Nodes.list(parts)) {
      Map<String, @Nullable Object> part = Nodes.map(value);
      String text = part == null ? "" : Nodes.text(part.get("text"));
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return String.join("\n\n", texts);
  }

  /** An {@code output_text}. */
  static Part.Text text(Map<String, @Nullable Object> part) {
    List<Citation> citations = new ArrayList<>();
    for (Object value : Nodes.list(part.get("annotations"))) {
      Citation citation = citation(Nodes.map(value));
      if (citation != null) {
        citations.add(citation);
      }
    }
    return new Part.Text(Nodes.text(part.get("text")), null, citations);
  }

  /** A page of the web that a text rests on; null if it is something else, such as a file. */
  static @Nullable Citation citation(@Nullable Map<String, @Nullable Object> annotation) {
    String url = annotation == null ? "" : Nodes.text(annotation.get("url"));
    return annotation == null || url.isEmpty()
        ? null
        : new Citation(
            url,
            Nodes.textOrNull(annotation.get("title")),
            null,
            index(annotation.get("start_index")),
            index(annotation.get("end_index")));
  }

  private static int index(@Nullable Object value) {
    long index = Nodes.number(value, -1);
    return index < 0 || index > Integer.MAX_VALUE ? -1 : (int) index;
  }
}
