// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules of chat completions for messages, their parts, and who may follow whom. */
final class StrictChatTurns {

  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool", "function");
  private static final Set<String> MESSAGE =
      Strict.names(
          "role content name refusal audio tool_calls function_call annotations tool_call_id");
  private static final List<String> USER_PARTS =
      List.of("text", "image_url", "input_audio", "file");
  private static final List<String> ASSISTANT_PARTS = List.of("text", "refusal");
  private static final List<String> TEXT_PARTS = List.of("text");

  private StrictChatTurns() {}

  /**
   * @param compatible at a host that has members of its own
   */
  static void check(JsonNode messages, boolean compatible) {
    Set<String> open = new LinkedHashSet<>();
    boolean answering = false;
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.path(i);
      String at = "messages[" + i + "]";
      JsonNode role = message.path("role");
      if (!Strict.oneOf(role, ROLES)) {
        throw Strict.absent(role)
            ? StrictOpenAi.missing(at + ".role")
            : StrictOpenAi.value(role, at + ".role", ROLES);
      }
      String unknown = Strict.unknown(message, MESSAGE);
      if (unknown != null && !compatible) {
        throw StrictOpenAi.unknown(at + "." + unknown);
      }
      if (role.textValue().equals("tool")) {
        JsonNode id = message.path("tool_call_id");
        if (!id.isTextual()) {
          throw StrictOpenAi.missing(at + ".tool_call_id");
        }
        if (!answering || !open.remove(id.textValue())) {
          throw Refusal.invalid(
              "Invalid parameter: messages with role 'tool' must be a response to a preceeding"
                  + " message with 'tool_calls'.",
              "messages.[" + i + "].role",
              null);
        }
      } else {
        answered(open);
        answering = calls(message, at, open);
      }
      content(message, at, role.textValue(), compatible);
    }
    answered(open);
  }

  private static void answered(Set<String> open) {
    if (!open.isEmpty()) {
      throw Refusal.invalid(
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
              + String.join(", ", open),
          "messages",
          null);
    }
  }

  /** Whether the message calls tools. */
  private static boolean calls(JsonNode message, String at, Set<String> open) {
    JsonNode calls = message.path("tool_calls");
    if (Strict.absent(calls)) {
      return false;
    }
    StrictOpenAi.notEmpty(calls, at + ".tool_calls");
    for (int k = 0; k < calls.size(); k++) {
      JsonNode call = calls.path(k);
      String here = at + ".tool_calls[" + k + "]";
      if (!call.path("id").isTextual()) {
        throw StrictOpenAi.missing(here + ".id");
      }
      StrictOpenAi.longest(call.path("id"), here + ".id", 40);
      if (!Strict.oneOf(call.path("type"), List.of("function", "custom"))) {
        throw StrictOpenAi.missing(here + ".type");
      }
      if (call.path("type").textValue().equals("function")) {
        JsonNode function = call.path("function");
        StrictOpenAi.name(function.path("name"), here + ".function.name");
        if (!function.path("arguments").isTextual()) {
          throw Strict.absent(function.path("arguments"))
              ? StrictOpenAi.missing(here + ".function.arguments")
              : StrictOpenAi.type(
                  here + ".function.arguments", "a string", function.path("arguments"));
        }
      }
      open.add(call.path("id").textValue());
    }
    return true;
  }

  private static void content(JsonNode message, String at, String role, boolean compatible) {
    JsonNode content = message.path("content");
    if (Strict.absent(content)) {
      boolean other =
          message.hasNonNull("tool_calls")
              || message.hasNonNull("function_call")
              || message.hasNonNull("refusal")
              || message.hasNonNull("audio");
      if (!role.equals("assistant") || !other) {
        throw Refusal.invalid(
            "Invalid value for 'content': expected a string, got null.",
            at.replace("[", ".[") + ".content",
            null);
      }
      return;
    }
    if (content.isTextual()) {
      return;
    }
    if (!content.isArray()) {
      throw StrictOpenAi.type(at + ".content", "one of a string or array of objects", content);
    }
    StrictOpenAi.notEmpty(content, at + ".content");
    for (int k = 0; k < content.size(); k++) {
      if (!compatible) {
        part(content.path(k), at + ".content[" + k + "]", role);
      }
    }
  }

  private static void part(JsonNode part, String at, String role) {
    List<String> types =
        switch (role) {
          case "user" -> USER_PARTS;
          case "assistant" -> ASSISTANT_PARTS;
          default -> TEXT_PARTS;
        };
    JsonNode type = part.path("type");
    if (type.asText("").equals("image_url") && !role.equals("user")) {
      throw Refusal.invalid(
          "Invalid '%s'. Image URLs are only allowed for messages with role 'user', but this message with role '%s' contains an image URL."
              .formatted(at, role),
          at,
          "invalid_value");
    }
    if (!Strict.oneOf(type, types)) {
      throw Strict.absent(type)
          ? StrictOpenAi.missing(at + ".type")
          : StrictOpenAi.value(type, at, types);
    }
    String kind = type.textValue();
    String unknown = Strict.unknown(part, Set.of("type", kind, "prompt_cache_breakpoint"));
    if (unknown != null) {
      throw StrictOpenAi.unknown(at + "." + unknown);
    }
    JsonNode value = part.path(kind);
    switch (kind) {
      case "text", "refusal" -> {
        if (!value.isTextual()) {
          throw Strict.absent(value)
              ? StrictOpenAi.missing(at + "." + kind)
              : StrictOpenAi.type(at + "." + kind, "a string", value);
        }
      }
      case "image_url" -> {
        if (!value.isObject()) {
          throw StrictOpenAi.type(at + ".image_url", "an object", value);
        }
        StrictOpenAi.image(value.path("url"), at + ".image_url.url");
        List<String> details = List.of("auto", "low", "high", "original");
        if (!Strict.absent(value.path("detail")) && !Strict.oneOf(value.path("detail"), details)) {
          throw StrictOpenAi.value(value.path("detail"), at + ".image_url.detail", details);
        }
      }
      case "input_audio" -> {
        if (!Strict.base64(value.path("data"))
            || !Strict.oneOf(value.path("format"), List.of("wav", "mp3"))) {
          throw StrictOpenAi.value(
              value.path("format"), at + ".input_audio.format", List.of("wav", "mp3"));
        }
      }
      default -> {
        boolean data = value.path("file_data").asText("").startsWith("data:");
        if (!data && !value.path("file_id").isTextual()) {
          throw StrictOpenAi.missing(at + ".file.file_id");
        }
      }
    }
  }
}
