// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Mistral's chat completions: OpenAI's form, its own members, and ids of nine characters. */
final class StrictMistral {

  private static final Set<String> KNOWN =
      Strict.names(
          "model messages tools tool_choice parallel_tool_calls max_tokens temperature top_p n stop"
              + " random_seed presence_penalty frequency_penalty response_format stream metadata"
              + " prediction prompt_mode reasoning_effort safe_prompt guardrails prompt_cache_key");
  private static final Set<String> MESSAGE =
      Strict.names("role content name tool_calls tool_call_id prefix");
  private static final List<String> ROLES = List.of("system", "user", "assistant", "tool");
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9]{9}");

  private StrictMistral() {}

  static void check(Call call) {
    JsonNode body = call.body();
    extra(body, KNOWN, "body");
    JsonNode messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw detail("missing", List.of("body", "messages"), "Field required");
    }
    Set<String> asked = new HashSet<>();
    Set<String> answered = new HashSet<>();
    String before = "";
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.path(i);
      extra(message, MESSAGE, "body", "messages", String.valueOf(i));
      if (!Strict.oneOf(message.path("role"), ROLES)) {
        throw detail(
            "union_tag_invalid",
            List.of("body", "messages", String.valueOf(i)),
            "Input tag '%s' found using 'role' does not match any of the expected tags"
                .formatted(message.path("role").asText("")));
      }
      for (JsonNode tool : message.path("tool_calls")) {
        asked.add(id(tool.path("id")));
      }
      String role = message.path("role").textValue();
      if (role.equals("tool")) {
        answered.add(id(message.path("tool_call_id")));
      } else if (role.equals("user") && before.equals("tool")) {
        throw refused(
            "Unexpected role 'user' after role 'tool'", "invalid_request_message_order", "3230");
      }
      before = role;
    }
    if (!asked.equals(answered)) {
      throw refused(
          "Not the same number of function calls and responses",
          "invalid_request_message_order",
          "3230");
    }
    JsonNode last = messages.path(messages.size() - 1);
    if (!List.of("user", "tool").contains(last.path("role").asText())
        && !last.path("prefix").asBoolean(false)) {
      throw refused(
          "Expected last role User or Tool (or Assistant with prefix True) for serving but got "
              + last.path("role").asText(),
          "invalid_request_message_order",
          "3230");
    }
  }

  private static String id(JsonNode id) {
    if (!Strict.matches(ID, id)) {
      throw refused(
          "Tool call id was %s but must be a-z, A-Z, 0-9, with a length of 9."
              .formatted(id.asText("")),
          "invalid_function_call",
          "3280");
    }
    return id.textValue();
  }

  private static void extra(JsonNode object, Set<String> known, String... at) {
    String unknown = Strict.unknown(object, known);
    if (unknown != null) {
      List<String> place = new ArrayList<>(List.of(at));
      place.add(unknown);
      throw detail("extra_forbidden", place, "Extra inputs are not permitted");
    }
  }

  private static Refusal detail(String type, List<String> at, String message) {
    return Refusal.of(
        422, Json.object("detail", List.of(Json.object("type", type, "loc", at, "msg", message))));
  }

  private static Refusal refused(String message, String type, String code) {
    return Refusal.of(
        400,
        Json.object(
            "object", "error", "message", message, "type", type, "param", null, "code", code));
  }
}
