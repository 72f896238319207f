// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules of the Responses API for input items. */
final class StrictResponsesItems {

  private static final List<String> ROLES = List.of("system", "developer", "user", "assistant");
  private static final List<String> INPUT = List.of("input_text", "input_image", "input_file");
  private static final List<String> OUTPUT = List.of("output_text", "refusal");

  private StrictResponsesItems() {}

  /**
   * @param stored a conversation at the host comes before these, with calls of its own
   */
  static void check(JsonNode input, boolean stored) {
    if (input.isTextual() || Strict.absent(input)) {
      return;
    }
    if (!input.isArray()) {
      throw StrictOpenAi.type("input", "one of a string or array of input items", input);
    }
    Set<String> open = new LinkedHashSet<>();
    for (int i = 0; i < input.size(); i++) {
      JsonNode item = input.path(i);
      String at = "input[" + i + "]";
      switch (item.path("type").asText("message")) {
        case "message" -> message(item, at);
        case "function_call" -> {
          call(item, at);
          open.add(item.path("call_id").textValue());
        }
        case "custom_tool_call" -> open.add(item.path("call_id").asText());
        case "function_call_output", "custom_tool_call_output" -> {
          String id = output(item, at);
          if (!open.remove(id) && !stored) {
            throw Refusal.invalid(
                "No tool call found for function call output with call_id " + id + ".",
                "input",
                null);
          }
        }
        case "reasoning" -> {
          if (!item.path("summary").isArray()) {
            throw StrictOpenAi.missing(at + ".summary");
          }
          id(item, at, "rs");
        }
        default -> {}
      }
    }
    if (!open.isEmpty()) {
      throw Refusal.invalid(
          "No tool output found for function call " + open.iterator().next() + ".", "input", null);
    }
  }

  private static void id(JsonNode item, String at, String prefix) {
    String id = item.path("id").asText(prefix);
    if (!id.startsWith(prefix)) {
      throw Refusal.invalid(
          "Invalid '%s.id': '%s'. Expected an ID that begins with '%s'.".formatted(at, id, prefix),
          at + ".id",
          "invalid_value");
    }
  }

  private static void call(JsonNode item, String at) {
    callId(item, at);
    id(item, at, "fc");
    StrictOpenAi.name(item.path("name"), at + ".name");
    if (!item.path("arguments").isTextual()) {
      throw Strict.absent(item.path("arguments"))
          ? StrictOpenAi.missing(at + ".arguments")
          : StrictOpenAi.type(at + ".arguments", "a string", item.path("arguments"));
    }
  }

  private static void callId(JsonNode item, String at) {
    if (!item.path("call_id").isTextual()) {
      throw StrictOpenAi.missing(at + ".call_id");
    }
    StrictOpenAi.longest(item.path("call_id"), at + ".call_id", 64);
  }

  private static String output(JsonNode item, String at) {
    callId(item, at);
    JsonNode output = item.path("output");
    if (Strict.absent(output)) {
      throw StrictOpenAi.missing(at + ".output");
    }
    if (!output.isTextual() && !output.isArray()) {
      throw StrictOpenAi.type(at + ".output", "one of a string or array of objects", output);
    }
    for (int k = 0; k < output.size(); k++) {
      part(output.path(k), at + ".output[" + k + "]", INPUT);
    }
    return item.path("call_id").textValue();
  }

  private static void message(JsonNode item, String at) {
    JsonNode role = item.path("role");
    if (!Strict.oneOf(role, ROLES)) {
      throw Strict.absent(role)
          ? StrictOpenAi.missing(at + ".role")
          : StrictOpenAi.value(role, at + ".role", ROLES);
    }
    String unknown = Strict.unknown(item, Strict.names("type id role content status phase"));
    if (unknown != null) {
      throw StrictOpenAi.unknown(at + "." + unknown);
    }
    JsonNode content = item.path("content");
    if (Strict.absent(content)) {
      throw StrictOpenAi.missing(at + ".content");
    }
    if (!content.isTextual() && !content.isArray()) {
      throw StrictOpenAi.type(at + ".content", "one of a string or array of objects", content);
    }
    List<String> types = role.textValue().equals("assistant") ? OUTPUT : INPUT;
    for (int k = 0; k < content.size(); k++) {
      part(content.path(k), at + ".content[" + k + "]", types);
    }
  }

  private static void part(JsonNode part, String at, List<String> types) {
    JsonNode type = part.path("type");
    if (!Strict.oneOf(type, types)) {
      throw Strict.absent(type)
          ? StrictOpenAi.missing(at + ".type")
          : StrictOpenAi.value(type, at, types);
    }
    switch (type.textValue()) {
      case "input_text", "output_text" -> text(part, "text", at);
      case "refusal" -> text(part, "refusal", at);
      case "input_image" -> {
        if (Strict.absent(part.path("file_id"))) {
          StrictOpenAi.image(part.path("image_url"), at + ".image_url");
        }
      }
      default -> {
        boolean data = part.path("file_data").asText("").startsWith("data:");
        if (!data && !part.hasNonNull("file_id") && !part.hasNonNull("file_url")) {
          throw StrictOpenAi.missing(at + ".file_id");
        }
      }
    }
  }

  private static void text(JsonNode part, String member, String at) {
    if (!part.path(member).isTextual()) {
      throw Strict.absent(part.path(member))
          ? StrictOpenAi.missing(at + "." + member)
          : StrictOpenAi.type(at + "." + member, "a string", part.path(member));
    }
  }
}
