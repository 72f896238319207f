// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converse's rules for a request; those for its messages are {@link StrictBedrockTurns}'. */
final class StrictBedrock {

  private static final Set<String> KNOWN =
      Strict.names(
          "messages system inferenceConfig toolConfig guardrailConfig additionalModelRequestFields"
              + " promptVariables additionalModelResponseFieldPaths requestMetadata"
              + " performanceConfig serviceTier outputConfig");
  private static final Set<String> INFERENCE =
      Strict.names("maxTokens temperature topP stopSequences");
  private static final List<String> CHOICES = List.of("auto", "any", "tool");

  private StrictBedrock() {}

  static void check(JsonNode body, String model) {
    known(body, KNOWN, "");
    if (!body.path("messages").isArray() && !body.has("promptVariables")) {
      throw Refusal.invalid("The request must have messages.");
    }
    boolean tools = body.path("toolConfig").isObject();
    StrictBedrockTurns.check(body, tools);
    JsonNode inference = body.path("inferenceConfig");
    known(inference, INFERENCE, "inferenceConfig.");
    range(inference, "maxTokens", 1, Integer.MAX_VALUE);
    range(inference, "temperature", 0, 1);
    range(inference, "topP", 0, 1);
    if (inference.path("maxTokens").asLong(0) > Models.mostOutput(model)) {
      throw Refusal.invalid(
          "The maximum tokens you requested exceeds the model limit of %d. Try again with a maximum tokens value that is lower than %d."
              .formatted(Models.mostOutput(model), Models.mostOutput(model)));
    }
    if (tools) {
      tools(body.path("toolConfig"), model);
    }
    output(body.path("outputConfig"));
    if (Models.claude(model) > 0) {
      claude(body, model);
    }
  }

  static void known(JsonNode object, Set<String> known, String at) {
    String unknown = Strict.unknown(object, known);
    if (unknown != null) {
      throw Refusal.invalid(
          "Malformed input request: #: extraneous key ["
              + at
              + unknown
              + "] is not permitted,"
              + " please reformat your input and try again.");
    }
  }

  static Refusal constraint(String at, JsonNode got, String problem) {
    return Refusal.invalid(
        "1 validation error detected: Value '"
            + got.asText()
            + "' at '"
            + at
            + "' failed to satisfy constraint: "
            + problem);
  }

  private static void range(JsonNode config, String name, double least, double most) {
    JsonNode value = config.path(name);
    if (Strict.outside(value, least, most)) {
      boolean low = value.doubleValue() < least;
      throw constraint(
          "inferenceConfig." + name,
          value,
          "Member must have value "
              + (low ? "greater than or equal to " + least : "less than or equal to " + most));
    }
  }

  private static void tools(JsonNode config, String model) {
    known(config, Set.of("tools", "toolChoice"), "toolConfig.");
    JsonNode tools = config.path("tools");
    if (tools.isEmpty()) {
      throw constraint(
          "toolConfig.tools", tools, "Member must have length greater than or equal to 1");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      JsonNode spec = tools.path(i).path("toolSpec");
      String at = "toolConfig.tools." + i + ".toolSpec.";
      if (!spec.isObject()) {
        known(tools.path(i), Set.of("cachePoint", "systemTool"), "toolConfig.tools." + i + ".");
        continue;
      }
      known(spec, Strict.names("name description inputSchema strict"), at);
      String name = spec.path("name").asText("");
      if (!Strict.matches(Strict.NAME, spec.path("name")) || name.length() > 64) {
        throw constraint(
            at + "name",
            spec.path("name"),
            "Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+, length 1 to 64");
      }
      if (!names.add(name)) {
        throw Refusal.invalid(
            "The toolConfig field contains more than one tool with the name " + name);
      }
      JsonNode schema = spec.at("/inputSchema/json");
      if (!schema.path("type").asText("").equals("object")) {
        throw Refusal.invalid(
            "The value at " + at + "inputSchema.json.type must be one of the following: object.");
      }
      if (spec.has("description") && spec.path("description").asText("").isEmpty()) {
        throw constraint(
            at + "description",
            spec.path("description"),
            "Member must have length greater than or equal to 1");
      }
    }
    choice(config.path("toolChoice"), names, model);
  }

  private static void choice(JsonNode choice, Set<String> names, String model) {
    if (Strict.absent(choice)) {
      return;
    }
    String kind = choice.isObject() && choice.size() == 1 ? choice.fieldNames().next() : "";
    if (!CHOICES.contains(kind)) {
      throw Refusal.invalid(
          "The toolChoice field must be set to one of the following members: auto, any, tool.");
    }
    String named = choice.at("/tool/name").asText("");
    if (kind.equals("tool") && !names.contains(named)) {
      throw Refusal.invalid("The tool " + named + " of toolChoice is not in the toolConfig.");
    }
    if (model.contains("llama") && !kind.equals("auto")) {
      throw Refusal.invalid(
          "This model doesn't support the toolConfig.toolChoice."
              + kind
              + " field. Remove"
              + " toolConfig.toolChoice."
              + kind
              + " and try again.");
    }
  }

  private static void output(JsonNode output) {
    JsonNode format = output.path("textFormat");
    if (Strict.absent(format)) {
      return;
    }
    JsonNode schema = format.at("/structure/jsonSchema/schema");
    if (!format.path("type").asText("").equals("json_schema")
        || !schema.isTextual()
        || !Json.read(Reply.bytes(schema.textValue())).isObject()) {
      throw Refusal.invalid(
          "outputConfig.textFormat.structure.jsonSchema.schema must be a valid JSON schema string");
    }
    String wrong =
        StrictSchemas.first(Json.read(Reply.bytes(schema.textValue())), StrictSchemas::anthropic);
    if (wrong != null) {
      throw Refusal.invalid("outputConfig.textFormat: " + wrong);
    }
  }

  /** The rules of the model itself, told as the model's own. */
  private static void claude(JsonNode body, String model) {
    JsonNode inference = body.path("inferenceConfig");
    JsonNode more = body.path("additionalModelRequestFields");
    JsonNode temperature = inference.path("temperature");
    JsonNode topP = inference.path("topP");
    String wrong = StrictThinking.sampling(model, temperature, topP, more.path("top_k"));
    JsonNode thinking =
        more.has("thinking") ? more.path("thinking") : more.path("reasoning_config");
    if (wrong == null && !Strict.absent(thinking)) {
      wrong = thinking(thinking, inference, model);
      if (wrong == null && StrictThinking.on(thinking)) {
        JsonNode choice = body.at("/toolConfig/toolChoice");
        boolean forced = choice.has("any") || choice.has("tool");
        wrong = StrictThinking.beside(temperature, topP, more.path("top_k"), forced);
      }
    }
    if (wrong != null) {
      throw Refusal.invalid("The model returned the following errors: " + wrong);
    }
  }

  private static @Nullable String thinking(JsonNode thinking, JsonNode inference, String model) {
    String wrong = StrictThinking.kind(thinking, model);
    boolean manual = thinking.path("type").asText("").equals("enabled");
    return wrong == null && manual
        ? StrictThinking.budget(thinking, inference.path("maxTokens").asLong(Integer.MAX_VALUE))
        : wrong;
  }
}
