// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cohere's rules for a v2 chat. */
final class StrictCohere {

  private static final Set<String> KNOWN =
      Strict.names(
          "model messages tools strict_tools tool_choice documents citation_options response_format"
              + " safety_mode max_tokens stop_sequences temperature seed p k frequency_penalty"
              + " presence_penalty logprobs thinking priority stream raw_prompting");
  private static final List<String> ROLES = List.of("system", "user", "assistant", "tool");
  private static final Set<String> MESSAGE =
      Strict.names("role content tool_calls tool_plan tool_call_id citations");
  private static final List<String> PARTS = List.of("text", "image_url", "document", "thinking");

  private StrictCohere() {}

  static void check(JsonNode body, String model) {
    if (!body.path("messages").isArray()) {
      throw invalid("messages is required");
    }
    if (body.path("messages").isEmpty()) {
      throw invalid("messages must be at least 1 token long or tool results must be specified.");
    }
    known(body, KNOWN, "");
    turns(body.path("messages"), model);
    tools(body);
    range(body, "temperature", 0, 1);
    range(body, "p", 0.01, 0.99);
    range(body, "k", 0, 500);
    range(body, "frequency_penalty", 0, 1);
    range(body, "presence_penalty", 0, 1);
    range(body, "max_tokens", 0, Integer.MAX_VALUE);
    if (body.path("stop_sequences").size() > 5) {
      throw invalid("too many stop sequences: at most 5 are allowed.");
    }
    format(body);
  }

  private static Refusal invalid(String problem) {
    return Refusal.invalid("invalid request: " + problem);
  }

  private static void known(JsonNode object, Set<String> known, String at) {
    String unknown = Strict.unknown(object, known);
    if (unknown != null) {
      throw invalid("unknown field: " + at + unknown);
    }
  }

  private static void range(JsonNode body, String name, double least, double most) {
    if (Strict.outside(body.path(name), least, most)) {
      throw invalid(name + " must be between " + least + " and " + most + " inclusive.");
    }
  }

  private static void turns(JsonNode messages, String model) {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.path(i);
      String at = "messages[" + i + "].";
      known(message, MESSAGE, at);
      if (!Strict.oneOf(message.path("role"), ROLES)) {
        throw invalid(at + "role must be one of " + ROLES);
      }
      boolean calls = !message.path("tool_calls").isEmpty();
      JsonNode content = message.path("content");
      if (Strict.absent(content) && !calls) {
        throw invalid(at + "content is required");
      }
      if (message.path("role").textValue().equals("tool")) {
        String id = message.path("tool_call_id").asText("");
        if (!open.remove(id)) {
          throw invalid("tool call id not found in previous tool calls: " + id);
        }
      } else if (!open.isEmpty()) {
        throw invalid("every tool call must have a tool message: " + open);
      }
      for (JsonNode call : message.path("tool_calls")) {
        if (!call.at("/function/arguments").isTextual()) {
          throw invalid(at + "tool_calls.function.arguments must be a string");
        }
        if (!call.path("id").isTextual() || !open.add(call.path("id").textValue())) {
          throw invalid(at + "tool_calls.id is required and must be unique");
        }
      }
      for (JsonNode part : content) {
        part(part, at, model);
      }
    }
    if (!open.isEmpty()) {
      throw invalid("every tool call must have a tool message: " + open);
    }
  }

  private static void part(JsonNode part, String at, String model) {
    if (!Strict.oneOf(part.path("type"), PARTS)) {
      throw invalid(at + "content.type must be one of " + PARTS);
    }
    if (part.path("type").textValue().equals("image_url")) {
      if (model.startsWith("command-r") || model.startsWith("command-a-03")) {
        throw invalid("image content is not supported with this model");
      }
      if (!part.at("/image_url/url").isTextual()) {
        throw invalid(at + "content.image_url.url is required");
      }
    }
  }

  private static void tools(JsonNode body) {
    JsonNode tools = body.path("tools");
    for (int i = 0; i < tools.size(); i++) {
      JsonNode name = tools.path(i).at("/function/name");
      if (!tools.path(i).path("type").asText("").equals("function")
          || !Strict.matches(Strict.NAME, name)) {
        throw invalid("tools[" + i + "].function.name is not valid");
      }
    }
    JsonNode choice = body.path("tool_choice");
    if (!Strict.absent(choice)) {
      if (!Strict.oneOf(choice, List.of("REQUIRED", "NONE"))) {
        throw invalid("tool_choice must be one of REQUIRED, NONE");
      }
      if (tools.isEmpty()) {
        throw invalid("tool_choice may only be set together with tools");
      }
    }
  }

  private static void format(JsonNode body) {
    JsonNode format = body.path("response_format");
    if (Strict.absent(format)) {
      return;
    }
    if (!Strict.oneOf(format.path("type"), List.of("text", "json_object"))) {
      throw invalid("response_format.type must be one of text, json_object");
    }
    known(format, Set.of("type", "json_schema", "schema"), "response_format.");
    boolean json = format.path("type").textValue().equals("json_object");
    if (json && (!body.path("tools").isEmpty() || !body.path("documents").isEmpty())) {
      throw invalid("response_format json_object is not supported with tools or documents");
    }
    JsonNode schema = format.path("json_schema");
    if (schema.isObject() && !schema.path("type").asText("").equals("object")) {
      throw invalid("the top level of response_format.json_schema must be an object");
    }
  }
}
