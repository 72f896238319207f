// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Gemini's rules for functions, for OpenAPI's schemas, and for when a function is called. */
final class StrictGeminiTools {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}");
  private static final Set<String> DECLARATION =
      Strict.names(
          "name description parameters parametersJsonSchema response responseJsonSchema behavior");
  private static final Set<String> SCHEMA =
      Strict.names(
          "type format title description nullable enum maxItems minItems properties required"
              + " minProperties maxProperties minLength maxLength pattern example anyOf"
              + " propertyOrdering default items minimum maximum");
  private static final List<String> TYPES =
      List.of(
          "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL", "TYPE_UNSPECIFIED");
  private static final List<String> MODES =
      List.of("AUTO", "ANY", "NONE", "VALIDATED", "MODE_UNSPECIFIED");

  private StrictGeminiTools() {}

  static void check(JsonNode body, JsonNode generation, String model) {
    Set<String> names = new HashSet<>();
    int i = 0;
    for (JsonNode tool : body.path("tools")) {
      JsonNode functions = StrictGemini.get(tool, "functionDeclarations");
      for (int k = 0; k < functions.size(); k++) {
        String at = "tools[" + i + "].function_declarations[" + k + "]";
        declaration(functions.path(k), at);
        if (!names.add(functions.path(k).path("name").asText())) {
          throw Refusal.invalid(
              "Duplicate function declaration found: " + functions.path(k).path("name").asText());
        }
      }
      i++;
    }
    JsonNode mime = StrictGemini.get(generation, "responseMimeType");
    int version = Models.gemini(model);
    if (!names.isEmpty()
        && version > 0
        && version < 300
        && mime.asText("").equals("application/json")) {
      throw Refusal.invalid(
          "Function calling with a response mime type: 'application/json' is unsupported");
    }
    choice(StrictGemini.get(StrictGemini.get(body, "toolConfig"), "functionCallingConfig"), names);
  }

  private static void declaration(JsonNode function, String at) {
    StrictGemini.unknown(function, DECLARATION, at);
    if (!Strict.matches(NAME, function.path("name"))) {
      throw StrictGemini.wrong(
          at + ".name",
          "Invalid function name. Must start with a letter or an underscore. Must be alphameric"
              + " (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a"
              + " maximum length of 128.");
    }
    JsonNode parameters = function.path("parameters");
    JsonNode jsonSchema = StrictGemini.get(function, "parametersJsonSchema");
    if (!Strict.absent(parameters) && !Strict.absent(jsonSchema)) {
      throw StrictGemini.wrong(at, "parameters and parameters_json_schema cannot both be set.");
    }
    if (!Strict.absent(parameters)) {
      schema(parameters, at + ".parameters");
    }
  }

  private static void choice(JsonNode config, Set<String> names) {
    if (!config.isObject()) {
      return;
    }
    String mode = config.path("mode").asText("AUTO").toUpperCase(Locale.ROOT);
    if (!MODES.contains(mode)) {
      throw StrictGemini.value(
          "tool_config.function_calling_config.mode",
          "type.googleapis.com/google.ai.generativelanguage.v1beta.FunctionCallingConfig.Mode",
          config.path("mode"));
    }
    JsonNode allowed = StrictGemini.get(config, "allowedFunctionNames");
    if (!allowed.isEmpty() && !mode.equals("ANY") && !mode.equals("VALIDATED")) {
      throw Refusal.invalid(
          "Function calling config: allowed_function_names should only be set when mode is ANY or"
              + " VALIDATED.");
    }
    for (JsonNode name : allowed) {
      if (!names.contains(name.asText())) {
        throw Refusal.invalid(
            "Function calling config: allowed_function_names has a function that is not declared: "
                + name.asText());
      }
    }
    if (mode.equals("ANY") && names.isEmpty()) {
      throw Refusal.invalid("Function calling config is set without function_declarations.");
    }
  }

  /** OpenAPI's subset, as far down as it goes. */
  static void schema(JsonNode schema, String at) {
    if (!schema.isObject()) {
      throw StrictGemini.value(at, "Schema", schema);
    }
    StrictGemini.unknown(schema, SCHEMA, at);
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      throw Refusal.invalid(
          "Invalid JSON payload received. Unknown name \"type\" at '"
              + at
              + "': Proto field is not repeating, cannot start list.");
    }
    String name = type.asText("").toUpperCase(Locale.ROOT);
    if (!Strict.absent(type) && !TYPES.contains(name)) {
      throw StrictGemini.value(at + ".type", "Type", type);
    }
    for (JsonNode value : schema.path("enum")) {
      if (!value.isTextual()) {
        throw StrictGemini.value(at + ".enum[0]", "TYPE_STRING", value);
      }
    }
    if (name.equals("ARRAY") && !schema.path("items").isObject()) {
      throw StrictGemini.wrong(at + ".items", "missing field.");
    }
    String format = schema.path("format").asText("");
    if (name.equals("STRING") && !List.of("", "enum", "date-time").contains(format)) {
      throw StrictGemini.wrong(
          at + ".format", "only 'enum' and 'date-time' are supported for STRING type");
    }
    JsonNode properties = schema.path("properties");
    for (JsonNode required : schema.path("required")) {
      if (!properties.has(required.asText())) {
        throw StrictGemini.wrong(at + ".required[0]", "property is not defined");
      }
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      schema(property.getValue(), at + ".properties[" + property.getKey() + "]");
    }
    if (schema.has("items")) {
      schema(schema.path("items"), at + ".items");
    }
    int i = 0;
    for (JsonNode one : StrictGemini.get(schema, "anyOf")) {
      schema(one, at + ".any_of[" + i++ + "]");
    }
  }
}
