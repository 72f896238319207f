// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Ollama's rules for a chat: members it does not know it does not mind, but those it knows must be
 * of the right type.
 */
final class StrictOllama {

  private static final Set<String> WHOLE =
      Strict.names("num_predict top_k seed num_ctx repeat_last_n num_keep");
  private static final Set<String> DECIMAL =
      Strict.names(
          "temperature top_p min_p repeat_penalty presence_penalty frequency_penalty typical_p");

  private StrictOllama() {}

  static void check(JsonNode body) {
    type(body, "messages", JsonNodeType.ARRAY, "[]api.Message");
    type(body, "stream", JsonNodeType.BOOLEAN, "bool");
    for (JsonNode message : body.path("messages")) {
      message(message);
    }
    for (JsonNode tool : body.path("tools")) {
      if (!tool.at("/function/name").isTextual()) {
        throw Refusal.invalid("invalid tool: function name is required");
      }
      type(tool.path("function"), "parameters", JsonNodeType.OBJECT, "api.ToolFunctionParameters");
    }
    JsonNode format = body.path("format");
    if (!Strict.absent(format)
        && !format.isObject()
        && !List.of("json", "").contains(format.asText())) {
      throw Refusal.invalid("invalid format: " + format + "; expected \"json\" or a JSON schema");
    }
    JsonNode think = body.path("think");
    boolean level = Strict.oneOf(think, List.of("high", "medium", "low", "max"));
    if (!Strict.absent(think) && !think.isBoolean() && !level) {
      throw Refusal.invalid(
          "invalid think value: "
              + think
              + " (must be \"high\", \"medium\", \"low\", true, or"
              + " false)");
    }
    options(body.path("options"));
  }

  private static void type(JsonNode object, String name, JsonNodeType type, String named) {
    if (Strict.not(object.path(name), type)) {
      String got = object.path(name).getNodeType().name().toLowerCase(Locale.ROOT);
      throw Refusal.invalid(
          "json: cannot unmarshal %s into Go struct field ChatRequest.%s of type %s"
              .formatted(got, name, named));
    }
  }

  private static void message(JsonNode message) {
    type(message, "role", JsonNodeType.STRING, "string");
    type(message, "content", JsonNodeType.STRING, "string");
    type(message, "thinking", JsonNodeType.STRING, "string");
    for (JsonNode image : message.path("images")) {
      if (!Strict.base64(image)) {
        throw Refusal.invalid("illegal base64 data at input byte 4");
      }
    }
    for (JsonNode call : message.path("tool_calls")) {
      type(
          call.path("function"), "arguments", JsonNodeType.OBJECT, "api.ToolCallFunctionArguments");
    }
  }

  private static void options(JsonNode options) {
    for (String name : WHOLE) {
      if (Strict.notWhole(options.path(name))) {
        throw Refusal.invalid("option \"" + name + "\" must be of type integer");
      }
    }
    for (String name : DECIMAL) {
      if (Strict.not(options.path(name), JsonNodeType.NUMBER)) {
        throw Refusal.invalid("option \"" + name + "\" must be of type float32");
      }
    }
    if (Strict.not(options.path("stop"), JsonNodeType.ARRAY)) {
      throw Refusal.invalid("option \"stop\" must be of type array");
    }
  }
}
