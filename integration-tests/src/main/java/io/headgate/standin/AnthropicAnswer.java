// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message as Anthropic has it, at once and as events; Bedrock's Claude says the same. */
final class AnthropicAnswer {

  private static final String SIGNATURE = "c3RhbmQtaW4gc2lnbmF0dXJl";

  private AnthropicAnswer() {}

  /**
   * @param head what is said of any message: its id, model and so on
   * @param usage null if none is told
   */
  static Map<String, @Nullable Object> whole(
      Call call,
      Map<String, @Nullable Object> head,
      @Nullable Map<String, @Nullable Object> usage) {
    Map<String, @Nullable Object> message = Json.object();
    message.putAll(head);
    message.put("content", content(call));
    message.putAll(end(call));
    if (usage != null) {
      message.put("usage", usage);
    }
    return message;
  }

  /** The events of a stream, each with its type. */
  static List<Map<String, @Nullable Object>> events(
      Call call,
      Map<String, @Nullable Object> head,
      @Nullable Map<String, @Nullable Object> firstUsage,
      @Nullable Map<String, @Nullable Object> lastUsage) {
    Map<String, @Nullable Object> message = Json.object();
    message.putAll(head);
    message.put("content", List.of());
    message.put("stop_reason", null);
    message.put("stop_sequence", null);
    if (firstUsage != null) {
      message.put("usage", firstUsage);
    }
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    events.add(Json.object("type", "message_start", "message", message));
    int index = 0;
    for (Map<String, @Nullable Object> block : content(call)) {
      block(events, index++, block);
    }
    Map<String, @Nullable Object> last = Json.object("type", "message_delta", "delta", end(call));
    if (lastUsage != null) {
      last.put("usage", lastUsage);
    }
    events.add(last);
    events.add(Json.object("type", "message_stop"));
    return events;
  }

  private static List<Map<String, @Nullable Object>> content(Call call) {
    Told told = call.told();
    List<Map<String, @Nullable Object>> content = new ArrayList<>();
    if (!told.thoughts().isEmpty()) {
      boolean omitted = call.body().at("/thinking/display").asText("").equals("omitted");
      String thoughts = omitted ? "" : told.thoughts();
      content.add(Json.object("type", "thinking", "thinking", thoughts, "signature", SIGNATURE));
    }
    for (ToolCall tool : told.calls()) {
      content.add(
          Json.object(
              "type",
              "tool_use",
              "id",
              "toolu_" + tool.id(),
              "name",
              tool.name(),
              "input",
              tool.input()));
    }
    if (told.calls().isEmpty() && !told.refused()) {
      content.add(Json.object("type", "text", "text", told.text()));
    }
    return content;
  }

  private static Map<String, @Nullable Object> end(Call call) {
    Told told = call.told();
    Map<String, @Nullable Object> end =
        Json.object(
            "stop_reason",
            told.end("end_turn", "stop_sequence", "max_tokens", "tool_use", "refusal", "refusal"),
            "stop_sequence",
            told.matched());
    if (told.refused()) {
      end.put(
          "stop_details",
          Json.object("type", "refusal", "category", null, "explanation", told.text()));
    }
    return end;
  }

  private static void block(
      List<Map<String, @Nullable Object>> events, int index, Map<String, @Nullable Object> block) {
    Map<String, @Nullable Object> start = Json.object();
    start.putAll(block);
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    switch (String.valueOf(block.get("type"))) {
      case "thinking" -> {
        start.put("thinking", "");
        start.put("signature", "");
        for (String piece : Answers.pieces(String.valueOf(block.get("thinking")))) {
          deltas.add(Json.object("type", "thinking_delta", "thinking", piece));
        }
        deltas.add(Json.object("type", "signature_delta", "signature", SIGNATURE));
      }
      case "tool_use" -> {
        start.put("input", Json.object());
        String input = String.valueOf(block.get("input"));
        // The host begins with nothing, and stays at that for a tool without arguments.
        deltas.add(input(""));
        if (!input.equals(ToolCall.NONE)) {
          int half = input.length() / 2;
          deltas.add(input(input.substring(0, half)));
          deltas.add(input(input.substring(half)));
        }
      }
      default -> {
        start.put("text", "");
        for (String piece : Answers.pieces(String.valueOf(block.get("text")))) {
          deltas.add(Json.object("type", "text_delta", "text", piece));
        }
      }
    }
    events.add(Json.object("type", "content_block_start", "index", index, "content_block", start));
    if (index == 0) {
      events.add(Json.object("type", "ping"));
    }
    for (Map<String, @Nullable Object> delta : deltas) {
      events.add(Json.object("type", "content_block_delta", "index", index, "delta", delta));
    }
    events.add(Json.object("type", "content_block_stop", "index", index));
  }

  private static Map<String, @Nullable Object> input(String json) {
    return Json.object("type", "input_json_delta", "partial_json", json);
  }
}
