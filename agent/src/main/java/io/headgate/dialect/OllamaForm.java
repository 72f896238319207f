// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ollama's chat and generate: each line has a piece, the last one what is known at the end. */
final class OllamaForm implements Form {

  @Override
  public boolean ended(List<StreamEvent> events) {
    Map<String, @Nullable Object> last =
        events.isEmpty() ? null : events.get(events.size() - 1).data();
    return last != null && Boolean.TRUE.equals(last.get("done")) && good(last);
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    return Endings.allGood(whole) && !Boolean.FALSE.equals(whole.get("done"));
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    Map<String, @Nullable Object> whole = Nodes.object();
    for (StreamEvent event : events) {
      if (event.data() == null) {
        return null;
      }
      join(whole, event.data());
    }
    return Boolean.TRUE.equals(whole.get("done")) ? whole : null;
  }

  private static void join(
      Map<String, @Nullable Object> whole, Map<String, @Nullable Object> line) {
    line.forEach(
        (name, value) -> {
          switch (name) {
            case "message" -> {
              Map<String, @Nullable Object> message = Nodes.map(value);
              if (message != null) {
                Map<String, @Nullable Object> all = Nodes.map(whole, name);
                message.forEach((member, said) -> member(all, member, said));
                whole.put(name, all);
              }
            }
            case "response", "thinking", "logprobs" -> member(whole, name, value);
            default -> Nodes.set(whole, name, value);
          }
        });
  }

  private static void member(
      Map<String, @Nullable Object> parent, String name, @Nullable Object value) {
    if (value instanceof List<?>) {
      List<@Nullable Object> all = Nodes.list(parent.get(name));
      all.addAll(Nodes.list(value));
      parent.put(name, all);
    } else if (value instanceof String && !name.equals("role")) {
      Nodes.append(parent, name, value);
    } else {
      Nodes.set(parent, name, value);
    }
  }

  @Override
  public @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    Map<String, @Nullable Object> message = Nodes.map(whole.get("message"));
    if (!Boolean.TRUE.equals(whole.get("done"))) {
      return null;
    }
    List<StreamEvent> events = new ArrayList<>();
    Map<String, @Nullable Object> last = new LinkedHashMap<>(whole);
    if (message != null) {
      chat(events, whole, message);
      Object role = message.get("role");
      last.put("message", Nodes.object("role", role, "content", ""));
    } else if (whole.get("response") instanceof String response) {
      for (String piece : Pieces.of(Nodes.text(whole.get("thinking")))) {
        Map<String, @Nullable Object> line = line(whole);
        line.put("response", "");
        line.put("thinking", piece);
        events.add(StreamEvent.of(line));
      }
      for (String piece : Pieces.of(response)) {
        Map<String, @Nullable Object> line = line(whole);
        line.put("response", piece);
        events.add(StreamEvent.of(line));
      }
      last.put("response", "");
      last.remove("thinking");
    } else {
      return null;
    }
    events.add(StreamEvent.of(last));
    return events;
  }

  private static void chat(
      List<StreamEvent> events,
      Map<String, @Nullable Object> whole,
      Map<String, @Nullable Object> message) {
    for (String piece : Pieces.of(Nodes.text(message.get("thinking")))) {
      said(events, whole, message, "thinking", piece);
    }
    for (String piece : Pieces.of(Nodes.text(message.get("content")))) {
      said(events, whole, message, "content", piece);
    }
    message.forEach(
        (name, value) -> {
          switch (name) {
            case "role", "thinking", "content" -> {}
            default -> said(events, whole, message, name, value);
          }
        });
  }

  private static void said(
      List<StreamEvent> events,
      Map<String, @Nullable Object> whole,
      Map<String, @Nullable Object> message,
      String name,
      @Nullable Object value) {
    Map<String, @Nullable Object> piece = Nodes.object("role", message.get("role"), "content", "");
    piece.put(name, value);
    Map<String, @Nullable Object> line = line(whole);
    line.put("message", piece);
    events.add(StreamEvent.of(line));
  }

  /** What every line has. */
  private static Map<String, @Nullable Object> line(Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> line = Nodes.object();
    for (String name : List.of("model", "remote_model", "remote_host", "created_at")) {
      if (whole.containsKey(name)) {
        line.put(name, whole.get(name));
      }
    }
    line.put("done", false);
    return line;
  }
}
