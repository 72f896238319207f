// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model's wish that the app call a tool, as OpenAI's chat completions and Anthropic write it. */
record ToolCall(String id, String name) {

  /** What the tool is called with, always. */
  static final String ARGUMENTS = "{\"ticket\":\"7\"}";

  /** Whether a conversation has a tool's result in it. */
  static boolean answered(JsonNode body) {
    for (JsonNode message : body.path("messages")) {
      if (message.path("role").asText("").equals("tool")) {
        return true;
      }
      for (JsonNode block : message.path("content")) {
        if (block.path("type").asText("").equals("tool_result")) {
          return true;
        }
      }
    }
    return false;
  }

  /** An element of {@code tool_calls}. */
  Map<String, @Nullable Object> openAi() {
    return Json.object("id", id, "type", "function", "function", function(ARGUMENTS));
  }

  /** What a stream says of it, delta by delta. */
  List<Map<String, @Nullable Object>> openAiDeltas() {
    return List.of(
        delta(Json.object("index", 0, "id", id, "type", "function", "function", function(""))),
        delta(Json.object("index", 0, "function", Json.object("arguments", ARGUMENTS))));
  }

  private static Map<String, @Nullable Object> delta(Map<String, @Nullable Object> call) {
    return Json.object("tool_calls", List.of(call));
  }

  private Map<String, @Nullable Object> function(String arguments) {
    return Json.object("name", name, "arguments", arguments);
  }

  /** A content block. */
  Map<String, @Nullable Object> anthropic() {
    return block(Json.object("ticket", "7"));
  }

  /** The content block that a stream begins with, to be filled by {@link #anthropicDelta}. */
  Map<String, @Nullable Object> anthropicStart() {
    return block(Json.object());
  }

  private Map<String, @Nullable Object> block(Map<String, @Nullable Object> input) {
    return Json.object("type", "tool_use", "id", id, "name", name, "input", input);
  }

  static Map<String, @Nullable Object> anthropicDelta() {
    return Json.object("type", "input_json_delta", "partial_json", ARGUMENTS);
  }
}
