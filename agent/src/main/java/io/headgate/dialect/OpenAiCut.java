// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the chunks of a stream of one completion. The choices begin together and end together, as
 * OpenAI's own SDK takes an answer for finished once every choice is that it has heard of.
 */
final class OpenAiCut {

  /** Members of a message that are no text which grows. */
  private static final Set<String> NAMES = Set.of("role", "name", "id", "type", "channel");

  private final Map<String, @Nullable Object> whole;
  private final boolean usage;
  private final List<StreamEvent> begins = new ArrayList<>();
  private final List<StreamEvent> middles = new ArrayList<>();
  private final List<StreamEvent> ends = new ArrayList<>();
  private final Map<String, @Nullable Object> head;

  /** What the first chunk alone has: citations and the like. */
  private final Map<String, @Nullable Object> extras = Nodes.object();

  OpenAiCut(Map<String, @Nullable Object> whole, boolean usage) {
    this.whole = whole;
    this.usage = usage;
    boolean legacy = "text_completion".equals(whole.get("object"));
    head = Nodes.object("id", "", "object", legacy ? "text_completion" : "chat.completion.chunk");
    whole.forEach(
        (name, value) -> {
          switch (name) {
            case "object", "choices", "usage" -> {}
            case "id", "created", "model", "service_tier", "system_fingerprint" ->
                head.put(name, value);
            default -> extras.put(name, value);
          }
        });
  }

  /** Null if a choice has something of which it is not known how it comes as a stream. */
  @Nullable List<StreamEvent> events() {
    List<@Nullable Object> choices = Nodes.list(whole.get("choices"));
    for (int i = 0; i < choices.size(); i++) {
      Map<String, @Nullable Object> choice = Nodes.map(choices.get(i));
      if (choice == null || choice.get("finish_reason") == null) {
        return null;
      }
      Object index = choice.containsKey("index") ? choice.get("index") : (Object) i;
      boolean known = choice.containsKey("text") ? legacy(index, choice) : chat(index, choice);
      if (!known) {
        return null;
      }
    }
    if (choices.isEmpty()) {
      return null;
    }
    List<StreamEvent> events = new ArrayList<>(begins);
    events.addAll(middles);
    events.addAll(ends);
    if (!extras.isEmpty()) {
      Map<String, @Nullable Object> first = events.get(0).data();
      if (first != null) {
        first.putAll(extras);
      }
    }
    if (usage && whole.get("usage") != null) {
      Map<String, @Nullable Object> last = Nodes.with(head, "choices", Nodes.array());
      last.put("usage", whole.get("usage"));
      events.add(StreamEvent.of(last));
    }
    events.add(StreamEvent.DONE);
    return events;
  }

  private StreamEvent chunk(
      Object index,
      Map<String, @Nullable Object> choice,
      String kind,
      Object delta,
      @Nullable Object logprobs) {
    Map<String, @Nullable Object> piece = Nodes.object("index", index, kind, delta);
    if (choice.containsKey("logprobs")) {
      piece.put("logprobs", logprobs);
    }
    piece.put("finish_reason", null);
    Map<String, @Nullable Object> chunk = Nodes.with(head, "choices", Nodes.array(piece));
    if (usage) {
      chunk.put("usage", null);
    }
    return StreamEvent.of(chunk);
  }

  private boolean legacy(Object index, Map<String, @Nullable Object> choice) {
    if (!(choice.get("text") instanceof String text)) {
      return false;
    }
    Object logprobs = choice.get("logprobs");
    for (String piece : Pieces.of(text)) {
      middles.add(chunk(index, choice, "text", piece, logprobs));
      logprobs = null;
    }
    ends.add(last(index, choice, "text", "", logprobs));
    return true;
  }

  /** The chunk that tells why a choice ended, with all that is known only then. */
  private StreamEvent last(
      Object index,
      Map<String, @Nullable Object> choice,
      String kind,
      Object delta,
      @Nullable Object logprobs) {
    StreamEvent event = chunk(index, choice, kind, delta, logprobs);
    Map<String, @Nullable Object> piece = Nodes.map(Nodes.list(event.get("choices")).get(0));
    choice.forEach(
        (name, value) -> {
          if (piece != null && !piece.containsKey(name) && !name.equals("message")) {
            piece.put(name, value);
          }
        });
    if (piece != null) {
      piece.put("finish_reason", choice.get("finish_reason"));
    }
    return event;
  }

  private boolean chat(Object index, Map<String, @Nullable Object> choice) {
    Map<String, @Nullable Object> message = Nodes.map(choice.get("message"));
    if (message == null || message.get("audio") != null) {
      return false;
    }
    Map<String, @Nullable Object> first = Nodes.object("role", "assistant");
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    message.forEach(
        (name, value) -> {
          if (value instanceof String text && !NAMES.contains(name)) {
            // Reasoning comes first; what else grows comes in the order of the message.
            if (name.equals("content")) {
              first.put(name, "");
            }
            int at = name.startsWith("reasoning") ? 0 : deltas.size();
            deltas.addAll(at, pieces(name, text));
          } else if (name.equals("tool_calls") && !Nodes.empty(value)) {
            deltas.addAll(calls(Nodes.list(value)));
          } else if (name.equals("function_call") && Nodes.map(value) != null) {
            deltas.addAll(function(Nodes.map(message, name)));
          } else if (Nodes.empty(value) || NAMES.contains(name) || !(value instanceof List<?>)) {
            first.put(name, value);
          } else {
            deltas.add(Nodes.object(name, value));
          }
        });
    Object logprobs = choice.get("logprobs");
    begins.add(chunk(index, choice, "delta", first, null));
    for (Map<String, @Nullable Object> delta : deltas) {
      boolean tells = logprobs != null && delta.containsKey("content");
      middles.add(chunk(index, choice, "delta", delta, tells ? logprobs : null));
      logprobs = tells ? null : logprobs;
    }
    ends.add(last(index, choice, "delta", Nodes.object(), logprobs));
    return true;
  }

  private static List<Map<String, @Nullable Object>> pieces(String name, String text) {
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    for (String piece : Pieces.of(text)) {
      deltas.add(Nodes.object(name, piece));
    }
    if (deltas.isEmpty() && !name.equals("content")) {
      deltas.add(Nodes.object(name, text));
    }
    return deltas;
  }

  /** Each call with its name first, then what it is called with. */
  private static List<Map<String, @Nullable Object>> calls(List<@Nullable Object> calls) {
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Map<String, @Nullable Object> call = Nodes.map(calls.get(i));
      if (call == null) {
        continue;
      }
      boolean custom = call.containsKey("custom");
      String kind = custom ? "custom" : "function";
      String growing = custom ? "input" : "arguments";
      Map<String, @Nullable Object> inner = Nodes.map(call, kind);
      Map<String, @Nullable Object> begin = Nodes.object("index", i);
      call.forEach(
          (name, value) -> begin.put(name, name.equals("index") ? begin.get(name) : value));
      boolean grows = inner.get(growing) instanceof String;
      begin.put(kind, grows ? Nodes.with(inner, growing, "") : inner);
      deltas.add(Nodes.object("tool_calls", Nodes.array(begin)));
      if (grows) {
        for (String piece : Pieces.of(Nodes.text(inner.get(growing)))) {
          Map<String, @Nullable Object> next =
              Nodes.object("index", i, kind, Nodes.object(growing, piece));
          deltas.add(Nodes.object("tool_calls", Nodes.array(next)));
        }
      }
    }
    return deltas;
  }

  private static List<Map<String, @Nullable Object>> function(Map<String, @Nullable Object> call) {
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    deltas.add(Nodes.object("function_call", Nodes.over(call, "arguments", "")));
    for (String piece : Pieces.of(Nodes.text(call.get("arguments")))) {
      deltas.add(Nodes.object("function_call", Nodes.object("arguments", piece)));
    }
    return deltas;
  }
}
