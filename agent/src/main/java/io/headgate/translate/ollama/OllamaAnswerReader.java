// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer. */
final class OllamaAnswerReader {

  private OllamaAnswerReader() {}

  static ChatAnswer read(Map<String, @Nullable Object> body) {
    if (!Nodes.empty(body.get("error"))) {
      throw new Unreadable(OllamaErrors.failure(0, body, ""));
    }
    Map<String, @Nullable Object> message = Nodes.map(body.get("message"));
    if (message == null) {
      throw Unreadable.because("an answer of Ollama without a message");
    }
    List<Part> parts = new ArrayList<>();
    String thinking = Nodes.text(message.get("thinking"));
    if (!thinking.isEmpty()) {
      parts.add(new Part.Thinking(thinking, null, null, Maker.OTHER));
    }
    String text = Nodes.text(message.get("content"));
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
    int calls = 0;
    for (Object item : Nodes.list(message.get("tool_calls"))) {
      Map<String, @Nullable Object> call = Nodes.map(item);
      if (call != null) {
        parts.add(
            new Part.ToolCall(
                OllamaWords.id(call, body.get("created_at"), calls++),
                OllamaWords.name(call),
                OllamaWords.arguments(call)));
      }
    }
    ChatAnswer.Choice choice =
        new ChatAnswer.Choice(
            parts,
            OllamaWords.stop(body.get("done_reason"), calls > 0),
            null,
            OllamaWords.logprobs(body.get("logprobs")));
    return new ChatAnswer(
        null, Nodes.textOrNull(body.get("model")), List.of(choice), OllamaWords.usage(body));
  }
}
