// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request of any format asks for besides an answer to its texts.
 *
 * @param tools the schemas of the functions that may be called, by name
 * @param forced the function that must be called; null if none must
 * @param schema what the answer must fit; null if it may be any text
 * @param thinking whether the model's thoughts are to be shown
 */
record Ask(
    Map<String, JsonNode> tools,
    @Nullable String forced,
    @Nullable JsonNode schema,
    boolean thinking,
    List<String> stops) {

  private static final Set<String> ANY = Set.of("required", "any", "REQUIRED", "ANY");
  private static final JsonNode OBJECT =
      Json.read(
          Reply.bytes("{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\"}}}"));

  private static final List<String> SCHEMAS =
      List.of(
          "/response_format/json_schema/schema",
          "/response_format/json_schema",
          "/response_format/schema",
          "/text/format/schema",
          "/output_config/format/schema",
          "/output_format/schema",
          "/generationConfig/responseJsonSchema",
          "/generationConfig/responseSchema",
          "/format");
  private static final List<String> FORMATS =
      List.of(
          "/response_format/type",
          "/text/format/type",
          "/generationConfig/responseMimeType",
          "/format");
  private static final List<String> STOPS =
      List.of(
          "/stop",
          "/stop_sequences",
          "/generationConfig/stopSequences",
          "/inferenceConfig/stopSequences",
          "/options/stop");
  private static final List<String> CHOICES =
      List.of(
          "/tool_choice/function/name",
          "/tool_choice/name",
          "/toolConfig/toolChoice/tool/name",
          "/toolConfig/functionCallingConfig/allowedFunctionNames/0");

  static Ask of(JsonNode body) {
    Map<String, JsonNode> tools = tools(body);
    return new Ask(tools, forced(body, tools), schema(body), thinking(body), stops(body));
  }

  private static Map<String, JsonNode> tools(JsonNode body) {
    Map<String, JsonNode> tools = new LinkedHashMap<>();
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode declared : either(tool, "functionDeclarations", "function_declarations")) {
        put(tools, declared, "parametersJsonSchema", "parameters");
      }
      put(tools, tool.path("function"), "parameters", "parameters");
      put(tools, tool, "input_schema", "parameters");
    }
    for (JsonNode tool : body.at("/toolConfig/tools")) {
      JsonNode spec = tool.path("toolSpec");
      if (spec.hasNonNull("name")) {
        tools.put(spec.path("name").asText(), spec.at("/inputSchema/json"));
      }
    }
    return tools;
  }

  private static void put(
      Map<String, JsonNode> tools, JsonNode function, String schema, String otherwise) {
    if (function.path("name").isTextual()) {
      tools.put(function.path("name").textValue(), either(function, schema, otherwise));
    }
  }

  private static JsonNode either(JsonNode node, String one, String other) {
    return node.has(one) ? node.path(one) : node.path(other);
  }

  private static @Nullable String forced(JsonNode body, Map<String, JsonNode> tools) {
    for (String choice : CHOICES) {
      String named = body.at(choice).asText("");
      if (tools.containsKey(named)) {
        return named;
      }
    }
    JsonNode choice = body.path("tool_choice");
    boolean any =
        ANY.contains(choice.asText(""))
            || ANY.contains(choice.path("type").asText(""))
            || ANY.contains(body.at("/toolConfig/functionCallingConfig/mode").asText(""))
            || body.at("/toolConfig/toolChoice").has("any");
    return any && !tools.isEmpty() ? tools.keySet().iterator().next() : null;
  }

  private static @Nullable JsonNode schema(JsonNode body) {
    JsonNode text = body.at("/outputConfig/textFormat/structure/jsonSchema/schema");
    if (text.isTextual()) {
      return Json.read(Reply.bytes(text.textValue()));
    }
    for (String pointer : SCHEMAS) {
      JsonNode schema = body.at(pointer);
      if (schema.isObject()) {
        return schema;
      }
    }
    for (String pointer : FORMATS) {
      String format = body.at(pointer).asText("");
      if (format.equals("json_object")
          || format.equals("application/json")
          || format.equals("json")) {
        return OBJECT;
      }
    }
    return null;
  }

  private static boolean thinking(JsonNode body) {
    JsonNode more = body.path("additionalModelRequestFields");
    return thinks(body.path("thinking"))
        || thinks(more.path("thinking"))
        || thinks(more.path("reasoning_config"))
        || thinks(more.path("reasoningConfig"))
        || body.at("/generationConfig/thinkingConfig/includeThoughts").asBoolean(false)
        || body.at("/reasoning").hasNonNull("summary")
        || body.path("think").asBoolean(body.path("think").isTextual())
        || body.hasNonNull("reasoning_effort");
  }

  private static boolean thinks(JsonNode thinking) {
    String type = thinking.path("type").asText("").toLowerCase(Locale.ROOT);
    return type.equals("enabled") || type.equals("adaptive");
  }

  private static List<String> stops(JsonNode body) {
    List<String> stops = new ArrayList<>();
    for (String pointer : STOPS) {
      JsonNode stop = body.at(pointer);
      if (stop.isTextual()) {
        stops.add(stop.textValue());
      }
      for (JsonNode one : stop) {
        stops.add(one.asText());
      }
    }
    return stops;
  }
}
