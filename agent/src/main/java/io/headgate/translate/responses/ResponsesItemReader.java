// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the items of a request: one turn each. */
final class ResponsesItemReader {

  /** Hosted tools that have done their work: the answer that rests on it stands beside them. */
  private static final Set<String> DONE =
      Set.of(
          "web_search_call",
          "file_search_call",
          "code_interpreter_call",
          "image_generation_call",
          "mcp_call",
          "mcp_list_tools");

  private final List<String> bound;
  private final ResponsesPartReader parts;
  private final List<Part> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();

  /**
   * @param bound where to tell of what only OpenAI could do
   */
  ResponsesItemReader(List<String> bound) {
    this.bound = bound;
    this.parts = new ResponsesPartReader(bound);
  }

  /** Instructions before the conversation. */
  List<Part> system() {
    return system;
  }

  List<Turn> turns() {
    return turns;
  }

  /** Input that is just a text is what the user says. */
  void text(String text) {
    add(Turn.Role.USER, List.of(new Part.Text(text)));
  }

  void read(List<@Nullable Object> items) {
    for (int i = 0; i < items.size(); i++) {
      String place = "input[" + i + "]";
      Map<String, @Nullable Object> item = Nodes.map(items.get(i));
      if (item == null) {
        throw new Ineligible(place + " is no object");
      }
      item(item, place);
    }
  }

  private void item(Map<String, @Nullable Object> item, String place) {
    String type = Nodes.text(item.get("type"));
    if (type.isEmpty()) {
      // A message may leave its type out, and so may a reference to what OpenAI keeps.
      type = item.get("role") == null && item.get("id") != null ? "item_reference" : "message";
    }
    switch (type) {
      case "message" -> message(item, place);
      case "function_call" -> add(Turn.Role.ASSISTANT, List.of(ResponsesItems.call(item)));
      case "function_call_output" -> add(Turn.Role.USER, List.of(result(item, place)));
      case "reasoning" -> {
        Part.Thinking thinking = ResponsesItems.thinking(item);
        if (thinking != null) {
          add(Turn.Role.ASSISTANT, List.of(thinking));
        }
      }
      default -> {
        if (DONE.contains(type)) {
          add(Turn.Role.ASSISTANT, List.of(new Part.Foreign(type)));
        } else {
          bound.add(place + ".type " + type);
        }
      }
    }
  }

  private void message(Map<String, @Nullable Object> item, String place) {
    Turn.Role role =
        switch (Nodes.text(item.get("role"))) {
          case "user" -> Turn.Role.USER;
          case "assistant" -> Turn.Role.ASSISTANT;
          case "system", "developer" -> Turn.Role.SYSTEM;
          default -> throw new Ineligible(place + " has no role that is known");
        };
    List<Part> said = parts.content(item.get("content"), place + ".content");
    if (role == Turn.Role.SYSTEM && turns.isEmpty()) {
      system.addAll(said);
    } else {
      add(role, said);
    }
  }

  private Part.ToolResult result(Map<String, @Nullable Object> item, String place) {
    Object output = item.get("output");
    List<Part> came;
    if (output instanceof Map<?, ?>) {
      // Not allowed, but clear.
      came = List.of(new Part.Text(new String(JsonWriter.write(output), StandardCharsets.UTF_8)));
    } else {
      came = parts.content(output, place + ".output");
    }
    return new Part.ToolResult(ResponsesItems.callId(item), null, came, false, null);
  }

  /** Nothing said is no turn: most formats refuse empty ones. */
  private void add(Turn.Role role, List<Part> said) {
    if (!said.isEmpty()) {
      turns.add(new Turn(role, said));
    }
  }
}
