// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a conversation of any format holds besides its texts.
 *
 * @param results texts of the tools' results since the model last spoke, in order
 * @param anyResult whether there is a tool's result anywhere
 * @param media what there is to look at: {@code image/png 9f86d081}, which is the media type and
 *     the beginning of the bytes' SHA-256, or a URL
 */
record Heard(List<String> results, boolean anyResult, List<String> media) {

  private static final Set<String> MODEL_ITEMS =
      Set.of("function_call", "custom_tool_call", "reasoning");

  static Heard of(JsonNode body) {
    List<String> results = new ArrayList<>();
    List<String> media = new ArrayList<>();
    boolean any = false;
    for (String key : List.of("messages", "contents", "input")) {
      for (JsonNode turn : body.path(key)) {
        List<String> found = new ArrayList<>();
        results(turn, found);
        Media.collect(turn, media);
        any |= !found.isEmpty();
        if (ofTheModel(turn)) {
          results.clear();
        } else {
          results.addAll(found);
        }
      }
    }
    return new Heard(results, any, media);
  }

  private static boolean ofTheModel(JsonNode turn) {
    String role = turn.path("role").asText("");
    return role.equals("assistant")
        || role.equals("model")
        || MODEL_ITEMS.contains(turn.path("type").asText(""));
  }

  private static void results(JsonNode turn, List<String> into) {
    String type = turn.path("type").asText("");
    if (turn.path("role").asText("").equals("tool")) {
      into.add(text(turn.path("content")));
    } else if (type.equals("function_call_output") || type.equals("custom_tool_call_output")) {
      into.add(text(turn.path("output")));
    }
    for (JsonNode block : turn.path("content")) {
      if (block.path("type").asText("").equals("tool_result")) {
        into.add(text(block.path("content")));
      } else if (block.has("toolResult")) {
        into.add(text(block.at("/toolResult/content")));
      }
    }
    for (JsonNode part : turn.path("parts")) {
      for (String key : List.of("functionResponse", "function_response")) {
        if (part.has(key)) {
          into.add(text(part.path(key).path("response")));
        }
      }
    }
  }

  /** A text, texts of blocks one after the other, or any other JSON as it is. */
  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    if (content.isArray()) {
      StringBuilder text = new StringBuilder();
      content.forEach(block -> text.append(text(block)));
      return text.toString();
    }
    for (String key : List.of("text", "result", "output", "error", "document", "data")) {
      if (content.path(key).isTextual()) {
        return content.path(key).textValue();
      }
    }
    if (content.has("json")) {
      return content.path("json").toString();
    }
    boolean block = content.has("type") || content.has("image") || content.has("source");
    return block || content.isMissingNode() || content.isNull() ? "" : content.toString();
  }
}
