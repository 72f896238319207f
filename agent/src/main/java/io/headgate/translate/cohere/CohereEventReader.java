// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.EventReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a stream, which is complete with {@code message-end}. What is an array in an
 * answer at once is an object in the deltas.
 */
final class CohereEventReader implements EventReader {

  /** Arguments that may still turn out to be {@code null}, which stands for none. */
  private final StringBuilder held = new StringBuilder();

  private int calls;
  private boolean holding;
  private boolean begun;
  private boolean over;

  @Override
  public void event(StreamEvent event, Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> data = event.data();
    if (over || data == null) {
      return;
    }
    boolean error = event.type().isEmpty() && data.get("message") instanceof CharSequence;
    if (error || (event.failed() && !event.type().equals("message-end"))) {
      over = true;
      out.accept(new ChatEvent.Failed(CohereErrors.failure(0, data, "")));
      return;
    }
    Map<String, @Nullable Object> delta = Nodes.map(data, "delta");
    Map<String, @Nullable Object> message = Nodes.map(delta, "message");
    switch (event.type()) {
      case "message-start" -> begin(data, out);
      case "content-start", "content-delta" -> content(data, message, out);
      case "content-end" -> {
        begin(data, out);
        out.accept(new ChatEvent.BlockEnd(0));
      }
      case "tool-plan-delta" -> think(data, Nodes.text(message.get("tool_plan")), out);
      case "tool-call-start" -> call(data, one(message.get("tool_calls")), out);
      case "tool-call-delta" -> arguments(one(message.get("tool_calls")), out);
      case "tool-call-end" -> settle(out);
      case "citation-start" -> cite(data, one(message.get("citations")), out);
      case "message-end" -> finish(data, delta, out);
      default -> {
        // Events that are not known yet, and the ends of citations.
      }
    }
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    // All is said with the last event.
  }

  /** An object, or the first one of an array. */
  private static Map<String, @Nullable Object> one(@Nullable Object value) {
    List<@Nullable Object> list = Nodes.list(value);
    Map<String, @Nullable Object> map = Nodes.map(list.isEmpty() ? value : list.get(0));
    return map == null ? Nodes.object() : map;
  }

  private void begin(Map<String, @Nullable Object> data, Consumer<ChatEvent> out) {
    if (!begun) {
      begun = true;
      out.accept(new ChatEvent.Begin(Nodes.textOrNull(data.get("id")), null));
    }
  }

  private void content(
      Map<String, @Nullable Object> data,
      Map<String, @Nullable Object> message,
      Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> content = one(message.get("content"));
    think(data, Nodes.text(content.get("thinking")), out);
    String text = Nodes.text(content.get("text"));
    if (!text.isEmpty()) {
      out.accept(new ChatEvent.Text(0, text));
    }
    List<TokenLogprob> logprobs = CohereWords.logprob(one(data.get("logprobs")));
    if (!logprobs.isEmpty()) {
      out.accept(new ChatEvent.Logprobs(0, logprobs));
    }
  }

  private void think(Map<String, @Nullable Object> data, String text, Consumer<ChatEvent> out) {
    begin(data, out);
    if (!text.isEmpty()) {
      out.accept(new ChatEvent.Thinking(0, text, Maker.OTHER));
    }
  }

  private void call(
      Map<String, @Nullable Object> data,
      Map<String, @Nullable Object> call,
      Consumer<ChatEvent> out) {
    begin(data, out);
    settle(out);
    Map<String, @Nullable Object> function = Nodes.map(call, "function");
    String id = Nodes.text(call.get("id"));
    String name = Nodes.text(function.get("name"));
    out.accept(new ChatEvent.CallBegin(0, calls++, id, name, null));
    holding = true;
    arguments(call, out);
  }

  private void arguments(Map<String, @Nullable Object> call, Consumer<ChatEvent> out) {
    String fragment = Nodes.text(Nodes.map(call, "function").get("arguments"));
    if (calls == 0 || fragment.isEmpty()) {
      return;
    }
    held.append(fragment);
    if (!holding || !"null".startsWith(held.toString().strip())) {
      holding = false;
      flush(out);
    }
  }

  /** The call is over: what is still held was nothing. */
  private void settle(Consumer<ChatEvent> out) {
    String rest = held.toString().strip();
    if (rest.isEmpty() || rest.equals("null")) {
      held.setLength(0);
    } else {
      flush(out);
    }
  }

  private void flush(Consumer<ChatEvent> out) {
    out.accept(new ChatEvent.CallArguments(0, calls - 1, held.toString()));
    held.setLength(0);
  }

  private void cite(
      Map<String, @Nullable Object> data,
      Map<String, @Nullable Object> citation,
      Consumer<ChatEvent> out) {
    begin(data, out);
    if (!citation.isEmpty()) {
      CohereWords.citations(citation).forEach(it -> out.accept(new ChatEvent.Cited(0, it)));
    }
  }

  private void finish(
      Map<String, @Nullable Object> data,
      Map<String, @Nullable Object> delta,
      Consumer<ChatEvent> out) {
    begin(data, out);
    settle(out);
    over = true;
    Object word = delta.get("finish_reason");
    StopReason stop = CohereWords.stop(word, calls > 0);
    if (stop == StopReason.ERROR || !Nodes.empty(delta.get("error"))) {
      out.accept(new ChatEvent.Failed(CohereWords.failed(word, delta)));
      return;
    }
    out.accept(new ChatEvent.Stop(0, stop, null));
    if (Nodes.map(delta.get("usage")) != null) {
      out.accept(new ChatEvent.UsageTold(CohereWords.usage(Nodes.map(delta, "usage"))));
    }
    out.accept(new ChatEvent.End());
  }
}
