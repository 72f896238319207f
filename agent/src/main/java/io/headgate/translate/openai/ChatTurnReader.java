// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a request: instructions before the conversation, then one turn each. */
final class ChatTurnReader {

  private final Notes notes;
  private final List<String> bound;
  private final ChatPartReader partReader;

  /** The id given to the last legacy call of each function, which has none itself. */
  private final Map<String, String> legacyIds = new HashMap<>();

  ChatTurnReader(Notes notes, List<String> bound) {
    this.notes = notes;
    this.bound = bound;
    this.partReader = new ChatPartReader(bound);
  }

  void into(ChatRequest.Builder chat, List<@Nullable Object> messages) {
    List<Part> system = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String path = "messages[" + i + "]";
      Map<String, @Nullable Object> message = Nodes.map(messages.get(i));
      if (message == null) {
        throw new Ineligible(path + " is no object");
      }
      String role = Nodes.text(message.get("role"));
      if (message.get("name") != null && !role.equals("function") && !role.equals("tool")) {
        notes.dropped(path + ".name");
      }
      switch (role) {
        case "system", "developer" -> {
          List<Part> parts = content(path, message);
          if (turns.isEmpty()) {
            system.addAll(parts);
          } else {
            turns.add(new Turn(Turn.Role.SYSTEM, parts));
          }
        }
        case "user" -> turns.add(new Turn(Turn.Role.USER, content(path, message)));
        case "assistant" -> turns.add(new Turn(Turn.Role.ASSISTANT, assistant(i, path, message)));
        case "tool" -> turns.add(result(path, message, Nodes.text(message.get("tool_call_id"))));
        case "function" -> {
          String name = Nodes.text(message.get("name"));
          String id = legacyIds.getOrDefault(name, "call_" + i);
          turns.add(result(path, message, id));
        }
        default -> throw new Ineligible(path + ".role is " + role);
      }
    }
    chat.system = system;
    chat.turns = turns;
  }

  private List<Part> content(String path, Map<String, @Nullable Object> message) {
    List<Part> parts = partReader.content(path + ".content", message.get("content"));
    markLast(parts, CacheMarks.of(message));
    return parts;
  }

  private static void markLast(List<Part> parts, @Nullable CacheMark mark) {
    if (mark != null && !parts.isEmpty()) {
      int last = parts.size() - 1;
      parts.set(last, ChatPartReader.marked(parts.get(last), mark));
    }
  }

  private Turn result(String path, Map<String, @Nullable Object> message, String callId) {
    List<Part> parts = partReader.content(path + ".content", message.get("content"));
    Part result =
        new Part.ToolResult(
            callId, Nodes.textOrNull(message.get("name")), parts, false, CacheMarks.of(message));
    return new Turn(Turn.Role.USER, List.of(result));
  }

  private List<Part> assistant(int at, String path, Map<String, @Nullable Object> message) {
    List<Part> parts = new ArrayList<>(Thoughts.of(message));
    for (Part part : partReader.content(path + ".content", message.get("content"))) {
      // Next to calls, an empty text says nothing; some servers write it in place of null.
      if (!(part instanceof Part.Text text && text.text().isEmpty())) {
        parts.add(part);
      }
    }
    if (message.get("refusal") instanceof CharSequence refusal && refusal.length() > 0) {
      parts.add(new Part.Refusal(refusal.toString()));
    }
    if (Nodes.map(message.get("audio")) != null) {
      bound.add(path + ".audio");
    }
    List<@Nullable Object> calls = Nodes.list(message.get("tool_calls"));
    for (int i = 0; i < calls.size(); i++) {
      call(parts, path + ".tool_calls[" + i + "]", calls.get(i), "call_" + at + "_" + i);
    }
    Map<String, @Nullable Object> legacy = Nodes.map(message.get("function_call"));
    if (legacy != null) {
      String name = Nodes.text(legacy.get("name"));
      legacyIds.put(name, "call_" + at);
      parts.add(new Part.ToolCall("call_" + at, name, Calls.arguments(legacy.get("arguments"))));
    }
    markLast(parts, CacheMarks.of(message));
    return parts;
  }

  private void call(List<Part> parts, String path, @Nullable Object value, String idIfNone) {
    Map<String, @Nullable Object> said = Nodes.map(value);
    if (said == null) {
      return;
    }
    String type = Nodes.text(said.get("type"));
    Map<String, @Nullable Object> function = Nodes.map(said.get("function"));
    if (function == null) {
      bound.add(path + ".type " + type);
      parts.add(new Part.Foreign(type));
      return;
    }
    String id = Nodes.text(said.get("id"));
    parts.add(
        new Part.ToolCall(
            id.isEmpty() ? idIfNone : id,
            Nodes.text(function.get("name")),
            Calls.arguments(function.get("arguments")),
            Calls.signature(said),
            CacheMarks.of(said)));
  }
}
