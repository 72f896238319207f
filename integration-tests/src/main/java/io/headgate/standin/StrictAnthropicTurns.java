// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Anthropic's rules for messages, their blocks, and who may follow whom. */
final class StrictAnthropicTurns {

  private static final Map<String, Set<String>> BLOCKS =
      Map.of(
          "text", Strict.names("type text cache_control citations"),
          "image", Strict.names("type source cache_control"),
          "document", Strict.names("type source title context citations cache_control"),
          "tool_use", Strict.names("type id name input cache_control caller"),
          "tool_result", Strict.names("type tool_use_id content is_error cache_control"),
          "thinking", Strict.names("type thinking signature"),
          "redacted_thinking", Strict.names("type data"));

  /** Blocks of hosted tools, which only their host knows. */
  private static final Set<String> HOSTED =
      Strict.names(
          "search_result server_tool_use container_upload mcp_tool_use mcp_tool_result compaction"
              + " tool_reference");

  private StrictAnthropicTurns() {}

  static void check(JsonNode body, String model) {
    JsonNode messages = body.path("messages");
    if (messages.isEmpty()) {
      throw Refusal.invalid("messages: at least one message is required");
    }
    JsonNode system = body.path("system");
    for (int i = 0; i < system.size(); i++) {
      block(system.path(i), "system." + i, "system");
    }
    if (!messages.path(0).path("role").asText("").equals("user")) {
      throw Refusal.invalid("messages: first message must use the \"user\" role");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      message(messages, i, ids);
    }
    last(messages.path(messages.size() - 1), model);
  }

  private static void message(JsonNode messages, int i, Set<String> ids) {
    JsonNode message = messages.path(i);
    String at = "messages." + i;
    String unknown = Strict.unknown(message, Set.of("role", "content"));
    if (unknown != null) {
      throw Refusal.invalid(at + "." + unknown + ": Extra inputs are not permitted");
    }
    String role = message.path("role").asText("");
    if (!List.of("user", "assistant", "system").contains(role)) {
      throw Refusal.invalid(at + ".role: Input should be 'user' or 'assistant'");
    }
    JsonNode content = message.path("content");
    if (Strict.absent(content)) {
      throw Refusal.invalid(at + ".content: Field required");
    }
    boolean finalAssistant = role.equals("assistant") && i == messages.size() - 1;
    boolean empty = content.isTextual() ? content.textValue().isEmpty() : content.isEmpty();
    if (empty && !finalAssistant) {
      throw Refusal.invalid(
          at
              + ": all messages must have non-empty content except for the optional final"
              + " assistant message");
    }
    if (content.isTextual() && content.textValue().isBlank() && !empty) {
      throw Refusal.invalid("messages: text content blocks must contain non-whitespace text");
    }
    for (int k = 0; k < content.size(); k++) {
      block(content.path(k), at + ".content." + k, role);
      if (type(content.path(k)).equals("tool_use")
          && !ids.add(content.path(k).path("id").asText())) {
        throw Refusal.invalid("messages: `tool_use` ids must be unique");
      }
    }
    pairs(messages, i);
  }

  /** Each use has its result at the beginning of the very next message. */
  private static void pairs(JsonNode messages, int i) {
    Set<String> asked = new LinkedHashSet<>();
    for (JsonNode block : messages.path(i).path("content")) {
      if (type(block).equals("tool_use")) {
        asked.add(block.path("id").asText());
      }
    }
    JsonNode next = messages.path(i + 1);
    boolean first = true;
    int k = 0;
    for (JsonNode block : next.path("content")) {
      if (!type(block).equals("tool_result")) {
        first = false;
      } else if (!first && asked.contains(block.path("tool_use_id").asText())) {
        break;
      } else if (!asked.remove(block.path("tool_use_id").asText())) {
        throw Refusal.invalid(
            "messages.%d.content.%d: unexpected `tool_use_id` found in `tool_result` blocks: %s. Each `tool_result` block must have a corresponding `tool_use` block in the previous message."
                .formatted(i + 1, k, block.path("tool_use_id").asText()));
      }
      k++;
    }
    if (!asked.isEmpty()) {
      throw Refusal.invalid(
          "messages.%d: `tool_use` ids were found without `tool_result` blocks immediately after: %s. Each `tool_use` block must have a corresponding `tool_result` block in the next message."
              .formatted(i, String.join(", ", asked)));
    }
    if (i == 0 && has(messages.path(0), "tool_result")) {
      throw Refusal.invalid(
          "messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks");
    }
  }

  static boolean has(JsonNode message, String type) {
    for (JsonNode block : message.path("content")) {
      if (type(block).equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static String type(JsonNode block) {
    return block.path("type").asText("");
  }

  private static void last(JsonNode message, String model) {
    if (!message.path("role").asText().equals("assistant")) {
      return;
    }
    int version = Models.claude(model);
    if (version >= 407 || (version == 406 && model.contains("opus"))) {
      throw Refusal.invalid(
          "This model does not support assistant message prefill. The conversation must end with"
              + " a user message.");
    }
    JsonNode content = message.path("content");
    String text =
        content.isTextual()
            ? content.textValue()
            : content.path(content.size() - 1).path("text").asText("");
    if (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
      throw Refusal.invalid(
          "messages: final assistant content cannot end with trailing whitespace");
    }
  }

  private static void block(JsonNode block, String at, String role) {
    String type = type(block);
    Set<String> members = BLOCKS.get(type);
    boolean hosted = HOSTED.contains(type) || type.endsWith("_tool_result");
    if (members == null && !hosted) {
      throw Refusal.invalid(
          at
              + ": Input tag '"
              + type
              + "' found using 'type' does not match any of the expected tags: "
              + String.join(", ", BLOCKS.keySet()));
    }
    String unknown = members == null ? null : Strict.unknown(block, members);
    if (unknown != null) {
      throw Refusal.invalid(at + "." + type + "." + unknown + ": Extra inputs are not permitted");
    }
    boolean ofModel = type.equals("tool_use") || type.endsWith("thinking");
    if ((ofModel && !role.equals("assistant"))
        || (type.equals("tool_result") && !role.equals("user"))) {
      throw Refusal.invalid(
          at + ": `" + type + "` blocks are not allowed in `" + role + "` messages");
    }
    String wrong = StrictAnthropicBlocks.wrong(block, type);
    if (wrong != null) {
      throw Refusal.invalid(wrong.startsWith(".") ? at + "." + type + wrong : wrong);
    }
    if (type.equals("tool_result")) {
      JsonNode content = block.path("content");
      for (int i = 0; i < content.size(); i++) {
        block(content.path(i), at + ".content." + i, "result");
      }
    }
  }

  /** At most four blocks, tools and so on are marked for the cache. */
  static void breakpoints(JsonNode body) {
    int found = 0;
    for (JsonNode mark : body.findValues("cache_control")) {
      if (mark.isNull()) {
        continue;
      }
      found++;
      JsonNode ttl = mark.path("ttl");
      if (!mark.path("type").asText("").equals("ephemeral")
          || (!Strict.absent(ttl) && !Strict.oneOf(ttl, List.of("5m", "1h")))) {
        throw Refusal.invalid(
            "cache_control: Input should be of type 'ephemeral', ttl '5m' or '1h'");
      }
    }
    if (found > 4) {
      throw Refusal.invalid(
          "A maximum of 4 blocks with cache_control may be provided. Found " + found + ".");
    }
  }
}
