// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** OpenAI's refusals in its own words, and what its two chat APIs both demand. */
final class StrictOpenAi {

  private static final List<String> EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
  private static final Pattern DATA_IMAGE = Pattern.compile("data:image/([a-z]+);base64,.+");
  private static final List<String> IMAGES = List.of("png", "jpeg", "jpg", "gif", "webp");

  private StrictOpenAi() {}

  static Refusal missing(String at) {
    return Refusal.invalid(
        "Missing required parameter: '" + at + "'.", at, "missing_required_parameter");
  }

  static Refusal type(String at, String expected, JsonNode got) {
    return Refusal.invalid(
        "Invalid type for '%s': expected %s, but got %s instead."
            .formatted(at, expected, Strict.kind(got)),
        at,
        "invalid_type");
  }

  static Refusal unknown(String at) {
    return Refusal.invalid("Unknown parameter: '" + at + "'.", at, "unknown_parameter");
  }

  static Refusal value(JsonNode got, String at, List<String> values) {
    return Refusal.invalid(
        "Invalid value: '%s'. Supported values are: '%s'."
            .formatted(got.asText(), String.join("', '", values)),
        at,
        "invalid_value");
  }

  static Refusal unsupported(String at, String more) {
    return Refusal.invalid(
        "Unsupported parameter: '" + at + "' is not supported with this model." + more,
        at,
        "unsupported_parameter");
  }

  static void number(JsonNode body, String name, double least, double most) {
    JsonNode value = body.path(name);
    if (Strict.absent(value)) {
      return;
    }
    if (!value.isNumber()) {
      throw type(name, "a decimal", value);
    }
    String kind = value.isIntegralNumber() ? "integer" : "decimal";
    if (value.doubleValue() > most) {
      throw Refusal.invalid(
          "Invalid '%s': %s above maximum value. Expected a value <= %s, but got %s instead."
              .formatted(name, kind, plain(most), value),
          name,
          kind + "_above_max_value");
    }
    if (value.doubleValue() < least) {
      throw Refusal.invalid(
          "Invalid '%s': %s below minimum value. Expected a value >= %s, but got %s instead."
              .formatted(name, kind, plain(least), value),
          name,
          kind + "_below_min_value");
    }
  }

  static void whole(JsonNode body, String name, double least, double most) {
    if (Strict.notWhole(body.path(name))) {
      throw type(name, "an integer", body.path(name));
    }
    number(body, name, least, most);
  }

  private static String plain(double limit) {
    return limit % 1 == 0 ? String.valueOf((long) limit) : String.valueOf(limit);
  }

  /** A name of a tool or a schema. */
  static void name(JsonNode name, String at) {
    if (!name.isTextual()) {
      throw Strict.absent(name) ? missing(at) : type(at, "a string", name);
    }
    if (!Strict.matches(Strict.NAME, name)) {
      throw Refusal.invalid(
          "Invalid '%s': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
              .formatted(at),
          at,
          "invalid_value");
    }
    longest(name, at, 64);
  }

  static void longest(JsonNode text, String at, int most) {
    int length = text.asText("").length();
    if (length > most) {
      throw Refusal.invalid(
          "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
              .formatted(at, most, length),
          at,
          "string_above_max_length");
    }
  }

  static void atMost(JsonNode array, String at, int most) {
    if (array.isArray() && array.size() > most) {
      throw Refusal.invalid(
          "Invalid '%s': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
              .formatted(at, most, array.size()),
          at,
          "array_above_max_length");
    }
  }

  static void notEmpty(JsonNode array, String at) {
    if (!array.isArray()) {
      throw type(at, "an array of objects", array);
    }
    if (array.isEmpty()) {
      throw Refusal.invalid(
          "Invalid '%s': empty array. Expected an array with minimum length 1, but got an empty array instead."
              .formatted(at),
          at,
          "empty_array");
    }
  }

  /** A function's name and schema. */
  static void function(JsonNode function, String at) {
    name(function.path("name"), at + ".name");
    JsonNode schema = function.path("parameters");
    if (Strict.absent(schema)) {
      return;
    }
    String name = function.path("name").textValue();
    String wrong;
    if (schema.isObject()
        && !schema.path("type").asText("").equals("object")
        && !schema.isEmpty()) {
      wrong =
          "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"%s\"'."
              .formatted(schema.path("type").asText("None"));
    } else if (!schema.isObject()) {
      throw type(at + ".parameters", "an object", schema);
    } else {
      wrong = schema(schema, function.path("strict").asBoolean(false));
    }
    if (wrong != null) {
      throw Refusal.invalid(
          "Invalid schema for function '" + name + "': " + wrong,
          at + ".parameters",
          "invalid_function_parameters");
    }
  }

  private static @Nullable String schema(JsonNode schema, boolean strict) {
    return StrictSchemas.first(
        schema, strict ? StrictSchemas::openAiStrict : StrictSchemas::openAi);
  }

  /** A named schema for the answer. */
  static void format(JsonNode format, String at, String param) {
    name(format.path("name"), at + ".name");
    if (!format.path("schema").isObject()) {
      throw missing(at + ".schema");
    }
    String wrong = schema(format.path("schema"), format.path("strict").asBoolean(false));
    if (wrong != null) {
      throw Refusal.invalid(
          "Invalid schema for response_format '" + format.path("name").asText() + "': " + wrong,
          param,
          null);
    }
  }

  /** An address of an image, or the image itself. */
  static void image(JsonNode url, String at) {
    if (!url.isTextual()) {
      throw Strict.absent(url) ? missing(at) : type(at, "an image URL", url);
    }
    String text = url.textValue();
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return;
    }
    var data = DATA_IMAGE.matcher(text.length() > 100 ? text.substring(0, 100) : text);
    if (!data.matches()) {
      throw Refusal.invalid(
          "Invalid '%s'. Expected a valid URL or a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got an invalid value."
              .formatted(at),
          at,
          "invalid_value");
    }
    if (!IMAGES.contains(data.group(1))) {
      throw Refusal.invalid(
          "You uploaded an unsupported image. Please make sure your image has of one the following"
              + " formats: ['png', 'jpeg', 'gif', 'webp'].",
          null,
          "invalid_image_format");
    }
  }

  static void effort(JsonNode effort, String at) {
    if (!Strict.absent(effort) && !Strict.oneOf(effort, EFFORTS)) {
      throw value(effort, at, EFFORTS);
    }
  }

  /** What depends on tools being there. */
  static void onlyWithTools(JsonNode body, String... names) {
    for (String name : names) {
      if (!Strict.absent(body.path(name)) && body.path("tools").isEmpty()) {
        throw Refusal.invalid(
            "Invalid value for '%s': '%s' is only allowed when 'tools' are specified."
                .formatted(name, name),
            name,
            null);
      }
    }
  }
}
