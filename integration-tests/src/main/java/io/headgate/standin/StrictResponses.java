// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The rules of the Responses API for a request; those for its items are elsewhere. */
final class StrictResponses {

  private static final Set<String> KNOWN =
      Strict.names(
          "model input instructions background conversation context_management include"
              + " max_output_tokens max_tool_calls metadata parallel_tool_calls"
              + " previous_response_id prompt prompt_cache_key prompt_cache_retention"
              + " prompt_cache_options reasoning safety_identifier service_tier store stream"
              + " stream_options temperature text tool_choice tools top_logprobs top_p truncation"
              + " user moderation");

  /** Where those of chat completions went. */
  private static final Map<String, String> MOVED =
      Map.of(
          "max_tokens", "max_output_tokens",
          "max_completion_tokens", "max_output_tokens",
          "response_format", "text.format",
          "reasoning_effort", "reasoning.effort",
          "messages", "input");

  private static final Set<String> FUNCTION =
      Strict.names("type name description parameters strict defer_loading");

  private StrictResponses() {}

  static void check(Call call, String model) {
    JsonNode body = call.body();
    String unknown = Strict.unknown(body, KNOWN);
    if (unknown != null && !Hosts.compatible(call.request())) {
      String moved = MOVED.get(unknown);
      throw moved == null
          ? StrictOpenAi.unknown(unknown)
          : Refusal.invalid(
              "Unsupported parameter: '%s'. In the Responses API, this parameter has moved to '%s'."
                  .formatted(unknown, moved),
              unknown,
              "unsupported_parameter");
    }
    boolean stored =
        body.hasNonNull("previous_response_id")
            || body.hasNonNull("conversation")
            || body.hasNonNull("prompt");
    if (Strict.absent(body.path("input")) && !stored) {
      throw StrictOpenAi.missing("input");
    }
    StrictResponsesItems.check(body.path("input"), stored);
    StrictOpenAi.whole(body, "max_output_tokens", 16, Integer.MAX_VALUE);
    if (body.path("max_output_tokens").asLong(0) > Models.mostOutput(model)) {
      throw Refusal.invalid(
          "Invalid 'max_output_tokens': integer above maximum value.",
          "max_output_tokens",
          "integer_above_max_value");
    }
    StrictOpenAi.number(body, "temperature", 0, 2);
    StrictOpenAi.number(body, "top_p", 0, 1);
    StrictOpenAi.whole(body, "top_logprobs", 0, 20);
    models(body, model);
    tools(body);
    format(body);
  }

  private static void models(JsonNode body, String model) {
    JsonNode effort = body.at("/reasoning/effort");
    StrictOpenAi.effort(effort, "reasoning.effort");
    if (Models.plain(model) && !Strict.absent(effort)) {
      throw StrictOpenAi.unsupported("reasoning.effort", "");
    }
    if (Models.reasons(model) && !effort.asText("").equals("none")) {
      for (String name : List.of("temperature", "top_p")) {
        if (Strict.outside(body.path(name), 1, 1)) {
          throw StrictOpenAi.unsupported(name, "");
        }
      }
    }
  }

  private static void tools(JsonNode body) {
    JsonNode tools = body.path("tools");
    for (int i = 0; i < tools.size(); i++) {
      String at = "tools[" + i + "]";
      JsonNode type = tools.path(i).path("type");
      if (!type.isTextual()) {
        throw StrictOpenAi.missing(at + ".type");
      }
      if (type.textValue().equals("function")) {
        if (!tools.path(i).has("name")) {
          throw StrictOpenAi.missing(at + ".name");
        }
        String unknown = Strict.unknown(tools.path(i), FUNCTION);
        if (unknown != null) {
          throw StrictOpenAi.unknown(at + "." + unknown);
        }
        StrictOpenAi.function(tools.path(i), at);
      }
    }
    JsonNode choice = body.path("tool_choice");
    if (choice.isObject() || choice.asText("").equals("required")) {
      StrictOpenAi.onlyWithTools(body, "tool_choice");
    }
    if (choice.path("type").asText("").equals("function") && !choice.path("name").isTextual()) {
      throw StrictOpenAi.missing("tool_choice.name");
    }
  }

  private static void format(JsonNode body) {
    JsonNode format = body.at("/text/format");
    if (Strict.absent(format)) {
      return;
    }
    List<String> types = List.of("text", "json_object", "json_schema");
    if (!Strict.oneOf(format.path("type"), types)) {
      throw StrictOpenAi.value(format.path("type"), "text.format.type", types);
    }
    if (format.path("type").textValue().equals("json_schema")) {
      StrictOpenAi.format(format, "text.format", "text.format.schema");
    }
    boolean object = format.path("type").textValue().equals("json_object");
    String words = body.path("input") + " " + body.path("instructions");
    if (object && !words.toLowerCase(Locale.ROOT).contains("json")) {
      throw Refusal.invalid(
          "Response input messages must contain the word 'json' in some form to use 'text.format'"
              + " of type 'json_object'.",
          "input",
          null);
    }
  }
}
