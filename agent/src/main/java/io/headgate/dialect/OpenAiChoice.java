// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together one choice of a completion from its pieces. */
final class OpenAiChoice {

  private final Map<String, @Nullable Object> choice = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> message = new LinkedHashMap<>();
  private final OpenAiCalls calls = new OpenAiCalls();

  /** Returns whether the piece could be joined. */
  boolean add(Map<String, @Nullable Object> piece) {
    for (Map.Entry<String, @Nullable Object> member : piece.entrySet()) {
      Object value = member.getValue();
      switch (member.getKey()) {
        case "index" -> {}
        case "text" -> Nodes.append(choice, "text", value);
        case "delta" -> {
          Map<String, @Nullable Object> delta = Nodes.map(value);
          if (delta == null ? value != null : !delta(delta)) {
            return false;
          }
        }
        // Perplexity repeats in each chunk what was said so far.
        case "message" -> {
          if (!piece.containsKey("delta")) {
            return false;
          }
        }
        default -> {
          Map<String, @Nullable Object> map = Nodes.map(value);
          if (map == null) {
            Nodes.set(choice, member.getKey(), value);
          } else {
            choice.put(member.getKey(), Nodes.joined(choice.get(member.getKey()), map));
          }
        }
      }
    }
    return true;
  }

  private boolean delta(Map<String, @Nullable Object> delta) {
    for (Map.Entry<String, @Nullable Object> member : delta.entrySet()) {
      String name = member.getKey();
      Object value = member.getValue();
      switch (name) {
        case "role", "name", "id", "type", "channel" -> Nodes.set(message, name, value);
        case "tool_calls" -> {
          if (!calls.add(Nodes.list(value))) {
            return false;
          }
          if (Nodes.empty(value)) {
            Nodes.set(message, name, value);
          }
        }
        case "function_call" -> {
          Map<String, @Nullable Object> call = Nodes.map(value);
          if (call == null) {
            Nodes.set(message, name, value);
          } else {
            Map<String, @Nullable Object> whole = Nodes.map(message, name);
            OpenAiCalls.join(whole, call);
            message.put(name, whole);
          }
        }
        // Each piece of sound is encoded by itself; put one behind the other they are no sound.
        case "audio" -> {
          if (value != null) {
            return false;
          }
          Nodes.set(message, name, null);
        }
        default -> member(name, value);
      }
    }
    return true;
  }

  private void member(String name, @Nullable Object value) {
    Object before = message.get(name);
    if (value instanceof String text) {
      if (before instanceof List<?>) {
        if (!text.isEmpty()) {
          Object part = Nodes.object("type", "text", "text", text);
          OpenAiParts.add(Nodes.list(before), Nodes.array(part));
        }
      } else {
        Nodes.append(message, name, text);
      }
    } else if (value instanceof List<?>) {
      List<@Nullable Object> parts = Nodes.list(before);
      if (!Nodes.empty(before) && before instanceof CharSequence) {
        parts.add(Nodes.object("type", "text", "text", Nodes.text(before)));
      }
      OpenAiParts.add(parts, Nodes.list(value));
      message.put(name, parts);
    } else if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> map = Nodes.map(value);
      message.put(name, Nodes.joined(before, map == null ? Nodes.object() : map));
    } else {
      Nodes.set(message, name, value);
    }
  }

  /** The choice as it stands. */
  Map<String, @Nullable Object> whole(long index) {
    Map<String, @Nullable Object> whole = Nodes.object("index", index);
    if (!choice.containsKey("text")) {
      if (message.get("role") == null) {
        message.put("role", "assistant");
      }
      Nodes.set(message, "content", null);
      if (!calls.list().isEmpty()) {
        message.put("tool_calls", calls.list());
      }
      whole.put("message", message);
    }
    whole.putAll(choice);
    return whole;
  }
}
