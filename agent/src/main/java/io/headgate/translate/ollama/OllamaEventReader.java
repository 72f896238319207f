// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.EventReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a stream, which is complete with the one that is {@code done}. Calls of tools
 * come whole.
 */
final class OllamaEventReader implements EventReader {

  private int calls;
  private boolean begun;
  private boolean over;

  @Override
  public void event(StreamEvent event, Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> line = event.data();
    if (over || line == null) {
      return;
    }
    if (!Nodes.empty(line.get("error"))) {
      over = true;
      out.accept(new ChatEvent.Failed(OllamaErrors.failure(0, line, "")));
      return;
    }
    if (!begun) {
      begun = true;
      out.accept(new ChatEvent.Begin(null, Nodes.textOrNull(line.get("model"))));
    }
    message(Nodes.map(line, "message"), line.get("created_at"), out);
    List<TokenLogprob> logprobs = OllamaWords.logprobs(line.get("logprobs"));
    if (!logprobs.isEmpty()) {
      out.accept(new ChatEvent.Logprobs(0, logprobs));
    }
    if (Boolean.TRUE.equals(line.get("done"))) {
      over = true;
      out.accept(new ChatEvent.Stop(0, OllamaWords.stop(line.get("done_reason"), calls > 0), null));
      out.accept(new ChatEvent.UsageTold(OllamaWords.usage(line)));
      out.accept(new ChatEvent.End());
    }
  }

  private void message(
      Map<String, @Nullable Object> message, @Nullable Object createdAt, Consumer<ChatEvent> out) {
    String thinking = Nodes.text(message.get("thinking"));
    if (!thinking.isEmpty()) {
      out.accept(new ChatEvent.Thinking(0, thinking, Maker.OTHER));
    }
    String text = Nodes.text(message.get("content"));
    if (!text.isEmpty()) {
      out.accept(new ChatEvent.Text(0, text));
    }
    for (Object item : Nodes.list(message.get("tool_calls"))) {
      Map<String, @Nullable Object> call = Nodes.map(item);
      if (call != null) {
        String id = OllamaWords.id(call, createdAt, calls);
        out.accept(new ChatEvent.CallBegin(0, calls, id, OllamaWords.name(call), null));
        out.accept(new ChatEvent.CallArguments(0, calls++, OllamaWords.arguments(call)));
      }
    }
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    // All is said with the last line.
  }
}
