// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gemini's rules for a request; those for contents and tools are elsewhere. Members may be written
 * in camel case or with underscores.
 */
final class StrictGemini {

  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
  private static final Set<String> KNOWN =
      Strict.names(
          "model contents systemInstruction tools toolConfig safetySettings generationConfig"
              + " cachedContent labels serviceTier store modelArmorConfig");
  private static final Set<String> GENERATION =
      Strict.names(
          "candidateCount stopSequences maxOutputTokens temperature topP topK seed presencePenalty"
              + " frequencyPenalty responseLogprobs logprobs responseMimeType responseSchema"
              + " responseJsonSchema ResponseJsonSchema responseModalities thinkingConfig"
              + " mediaResolution speechConfig enableEnhancedCivicAnswers imageConfig"
              + " audioTimestamp routingConfig enableAffectiveDialog modelConfig"
              + " modelSelectionConfig responseFormat translationConfig");
  private static final Set<String> THINKING =
      Strict.names("includeThoughts thinkingBudget thinkingLevel");

  private StrictGemini() {}

  static void check(Call call, String model) {
    JsonNode body = call.body();
    unknown(body, KNOWN, "");
    StrictGeminiContents.check(get(body, "contents"), model);
    JsonNode system = get(body, "systemInstruction");
    if (system.isObject()) {
      unknown(system, Set.of("parts", "role"), "system_instruction");
    }
    JsonNode generation = get(body, "generationConfig");
    StrictGeminiTools.check(body, generation, model);
    if (generation.isObject()) {
      generation(generation, model);
    }
  }

  /** A member, whichever way it is written. */
  static JsonNode get(JsonNode object, String name) {
    return object.has(name) ? object.path(name) : object.path(snake(name));
  }

  static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String camel(String name) {
    Matcher matcher = UNDERSCORE.matcher(name);
    return matcher.replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }

  /** Refuses the first member that is none of these, which are in camel case. */
  static void unknown(JsonNode object, Set<String> known, String at) {
    for (var member : object.properties()) {
      String name = member.getKey();
      if (!known.contains(camel(name)) && !name.startsWith("x_")) {
        throw Refusal.invalid(
            "Invalid JSON payload received. Unknown name \""
                + name
                + "\""
                + (at.isEmpty() ? "" : " at '" + at + "'")
                + ": Cannot find field.");
      }
    }
  }

  static Refusal wrong(String at, String problem) {
    return Refusal.invalid("* GenerateContentRequest." + at + ": " + problem + "\n");
  }

  private static void generation(JsonNode config, String model) {
    unknown(config, GENERATION, "generation_config");
    range(config, "temperature", 0, 2);
    range(config, "topP", 0, 1);
    range(config, "maxOutputTokens", 1, Integer.MAX_VALUE);
    range(config, "candidateCount", 1, 8);
    range(config, "presencePenalty", -2, 2);
    range(config, "frequencyPenalty", -2, 2);
    JsonNode stops = get(config, "stopSequences");
    if (!Strict.absent(stops) && !stops.isArray()) {
      throw value("generation_config.stop_sequences", "TYPE_STRING", stops);
    }
    if (stops.size() > 5) {
      throw wrong(
          "generation_config.stop_sequences",
          "the number of stop sequences must not be greater than 5");
    }
    JsonNode schema = get(config, "responseSchema");
    JsonNode jsonSchema = get(config, "responseJsonSchema");
    boolean json = get(config, "responseMimeType").asText("").equals("application/json");
    boolean oneWord = get(config, "responseMimeType").asText("").equals("text/x.enum");
    if ((schema.isObject() || jsonSchema.isObject()) && !json && !oneWord) {
      throw wrong(
          "generation_config.response_schema",
          "only allowed when response mime type is application/json");
    }
    if (schema.isObject() && jsonSchema.isObject()) {
      throw wrong(
          "generation_config", "response_schema and response_json_schema cannot both be set");
    }
    if (schema.isObject()) {
      StrictGeminiTools.schema(schema, "generation_config.response_schema");
    }
    thinking(get(config, "thinkingConfig"), Models.gemini(model), model);
  }

  static Refusal value(String at, String type, JsonNode got) {
    return Refusal.invalid("Invalid value at '" + at + "' (" + type + "), " + got);
  }

  private static void range(JsonNode config, String name, double least, double most) {
    JsonNode value = get(config, name);
    String at = "generation_config." + snake(name);
    if (!Strict.absent(value) && !value.isNumber()) {
      throw value(at, "TYPE_FLOAT", value);
    }
    if (Strict.outside(value, least, most)) {
      throw wrong(at, name + " must be in the range [" + least + ", " + most + "].");
    }
  }

  private static void thinking(JsonNode thinking, int version, String model) {
    if (!thinking.isObject()) {
      return;
    }
    unknown(thinking, THINKING, "generation_config.thinking_config");
    JsonNode budget = get(thinking, "thinkingBudget");
    JsonNode level = get(thinking, "thinkingLevel");
    if (!Strict.absent(budget) && !Strict.absent(level)) {
      throw Refusal.invalid("You can only set only one of thinking budget and thinking level.");
    }
    if (version > 0 && version < 205) {
      throw Refusal.invalid("Thinking is not supported for this model.");
    }
    if (!Strict.absent(level)) {
      List<String> levels =
          model.contains("-pro")
              ? List.of("LOW", "MEDIUM", "HIGH")
              : List.of("MINIMAL", "LOW", "MEDIUM", "HIGH");
      if (version > 0 && version < 300) {
        throw Refusal.invalid("Thinking level is not supported for this model.");
      }
      if (!levels.contains(level.asText("").toUpperCase(Locale.ROOT))) {
        throw Refusal.invalid(
            "Thinking level " + level.asText("") + " is not supported for this" + " model.");
      }
    }
    if (!Strict.absent(budget) && version > 0 && version < 300) {
      budget(budget, model);
    }
  }

  private static void budget(JsonNode budget, String model) {
    boolean pro = model.contains("-pro");
    int least = pro ? 128 : model.contains("lite") ? 512 : 0;
    int most = pro ? 32_768 : 24_576;
    int asked = budget.asInt(-2);
    if (pro && asked == 0) {
      throw Refusal.invalid("Budget 0 is invalid. This model only works in thinking mode.");
    }
    if (asked != -1 && asked != 0 && (asked < least || asked > most)) {
      throw Refusal.invalid(
          "The thinking budget %s is invalid. Please choose a value between %d and %d."
              .formatted(budget, least, most));
    }
  }
}
