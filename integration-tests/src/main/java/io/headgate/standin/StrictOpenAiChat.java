// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules of chat completions for a request; those for its messages are elsewhere. */
final class StrictOpenAiChat {

  private static final Set<String> KNOWN =
      Strict.names(
          "model messages tools tool_choice parallel_tool_calls max_completion_tokens max_tokens"
              + " temperature top_p n stop seed presence_penalty frequency_penalty logit_bias"
              + " logprobs top_logprobs response_format reasoning_effort verbosity stream"
              + " stream_options user safety_identifier prompt_cache_key prompt_cache_retention"
              + " prompt_cache_options service_tier store metadata modalities audio prediction"
              + " web_search_options functions function_call moderation data_sources enhancements"
              + " user_security_context");
  private static final List<String> SAMPLING =
      List.of(
          "top_p",
          "presence_penalty",
          "frequency_penalty",
          "logprobs",
          "top_logprobs",
          "logit_bias");

  private StrictOpenAiChat() {}

  static void check(Call call, String model) {
    JsonNode body = call.body();
    if (Strict.absent(body.path("messages"))) {
      throw StrictOpenAi.missing("messages");
    }
    String unknown = Strict.unknown(body, KNOWN);
    if (unknown != null && !Hosts.compatible(call.request())) {
      throw unrecognized(unknown);
    }
    StrictOpenAi.notEmpty(body.path("messages"), "messages");
    StrictChatTurns.check(body.path("messages"), Hosts.compatible(call.request()));
    tools(body);
    sampling(body);
    if (Models.reasons(model)) {
      reasoning(body, model);
    } else if (Models.plain(model) && !Strict.absent(body.path("reasoning_effort"))) {
      throw unrecognized("reasoning_effort");
    }
    limits(body, model);
    format(body);
  }

  private static Refusal unrecognized(String name) {
    return Refusal.invalid("Unrecognized request argument supplied: " + name);
  }

  private static void tools(JsonNode body) {
    JsonNode tools = body.path("tools");
    Set<String> names = new HashSet<>();
    if (!Strict.absent(tools)) {
      StrictOpenAi.notEmpty(tools, "tools");
      StrictOpenAi.atMost(tools, "tools", 128);
      for (int i = 0; i < tools.size(); i++) {
        String at = "tools[" + i + "]";
        JsonNode type = tools.path(i).path("type");
        if (!Strict.oneOf(type, List.of("function", "custom"))) {
          throw Strict.absent(type)
              ? StrictOpenAi.missing(at + ".type")
              : StrictOpenAi.value(type, at + ".type", List.of("function", "custom"));
        }
        if (type.textValue().equals("function")) {
          if (!tools.path(i).path("function").isObject()) {
            throw StrictOpenAi.missing(at + ".function");
          }
          StrictOpenAi.function(tools.path(i).path("function"), at + ".function");
        }
        names.add(tools.path(i).path(type.textValue()).path("name").asText());
      }
    }
    StrictOpenAi.onlyWithTools(body, "tool_choice", "parallel_tool_calls");
    JsonNode choice = body.path("tool_choice");
    List<String> words = List.of("none", "auto", "required");
    if (choice.isTextual() && !words.contains(choice.textValue())) {
      throw StrictOpenAi.value(choice, "tool_choice", words);
    }
    if (choice.isObject() && choice.path("type").asText("").equals("function")) {
      JsonNode name = choice.at("/function/name");
      if (!name.isTextual()) {
        throw StrictOpenAi.missing("tool_choice.function");
      }
      if (!names.contains(name.textValue())) {
        throw Refusal.invalid(
            "Invalid value for 'tool_choice': function '"
                + name.textValue()
                + "' not found in"
                + " 'tools'.",
            "tool_choice",
            null);
      }
    }
  }

  private static void sampling(JsonNode body) {
    StrictOpenAi.number(body, "temperature", 0, 2);
    StrictOpenAi.number(body, "top_p", 0, 1);
    StrictOpenAi.number(body, "presence_penalty", -2, 2);
    StrictOpenAi.number(body, "frequency_penalty", -2, 2);
    StrictOpenAi.whole(body, "n", 1, 128);
    StrictOpenAi.whole(body, "seed", Long.MIN_VALUE, Long.MAX_VALUE);
    StrictOpenAi.whole(body, "top_logprobs", 0, 20);
    StrictOpenAi.whole(body, "max_tokens", 1, Integer.MAX_VALUE);
    StrictOpenAi.whole(body, "max_completion_tokens", 1, Integer.MAX_VALUE);
    StrictOpenAi.atMost(body.path("stop"), "stop", 4);
    if (body.path("stop").isNumber() || body.path("stop").isObject()) {
      throw StrictOpenAi.type("stop", "a string or an array of strings", body.path("stop"));
    }
    if (body.path("top_logprobs").isNumber() && !body.path("logprobs").asBoolean(false)) {
      throw Refusal.invalid(
          "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.",
          "top_logprobs",
          null);
    }
    for (String flag : List.of("stream", "logprobs", "store", "parallel_tool_calls")) {
      if (Strict.not(body.path(flag), JsonNodeType.BOOLEAN)) {
        throw StrictOpenAi.type(flag, "a boolean", body.path(flag));
      }
    }
    if (!Strict.absent(body.path("stream_options")) && !body.path("stream").asBoolean(false)) {
      throw Refusal.invalid(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          "stream_options",
          null);
    }
    if (body.path("metadata").size() > 0 && !body.path("store").asBoolean(false)) {
      throw Refusal.invalid(
          "The 'metadata' parameter is only allowed when 'store' is enabled.", "metadata", null);
    }
  }

  private static void reasoning(JsonNode body, String model) {
    StrictOpenAi.effort(body.path("reasoning_effort"), "reasoning_effort");
    if (!Strict.absent(body.path("max_tokens"))) {
      throw StrictOpenAi.unsupported("max_tokens", " Use 'max_completion_tokens' instead.");
    }
    if (!Strict.absent(body.path("stop")) && (model.startsWith("o3") || model.startsWith("o4"))) {
      throw StrictOpenAi.unsupported("stop", "");
    }
    if (body.path("reasoning_effort").asText("").equals("none")) {
      return;
    }
    if (Strict.outside(body.path("temperature"), 1, 1)) {
      throw Refusal.invalid(
          "Unsupported value: 'temperature' does not support %s with this model. Only the default (1) value is supported."
              .formatted(body.path("temperature")),
          "temperature",
          "unsupported_value");
    }
    for (String name : SAMPLING) {
      JsonNode value = body.path(name);
      boolean none = value.isNumber() ? value.asDouble() == (name.equals("top_p") ? 1 : 0) : false;
      if (!Strict.absent(value) && !none && !(value.isBoolean() && !value.booleanValue())) {
        throw StrictOpenAi.unsupported(name, "");
      }
    }
  }

  private static void limits(JsonNode body, String model) {
    boolean both = body.hasNonNull("max_tokens") && body.hasNonNull("max_completion_tokens");
    if (both) {
      throw Refusal.invalid(
          "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
          "max_tokens",
          "invalid_parameter_combination");
    }
    for (String name : List.of("max_tokens", "max_completion_tokens")) {
      if (body.path(name).asLong(0) > Models.mostOutput(model)) {
        throw Refusal.invalid(
            "%s is too large: %s. This model supports at most %s completion tokens, whereas you provided %s."
                .formatted(name, body.path(name), Models.mostOutput(model), body.path(name)),
            name,
            "invalid_value");
      }
    }
  }

  private static void format(JsonNode body) {
    JsonNode format = body.path("response_format");
    if (Strict.absent(format)) {
      return;
    }
    List<String> types = List.of("text", "json_object", "json_schema");
    if (!Strict.oneOf(format.path("type"), types)) {
      throw StrictOpenAi.value(format.path("type"), "response_format.type", types);
    }
    switch (format.path("type").textValue()) {
      case "json_schema" -> {
        if (!format.path("json_schema").isObject()) {
          throw StrictOpenAi.missing("response_format.json_schema");
        }
        StrictOpenAi.format(
            format.path("json_schema"), "response_format.json_schema", "response_format");
      }
      case "json_object" -> {
        if (!body.path("messages").toString().toLowerCase(Locale.ROOT).contains("json")) {
          throw Refusal.invalid(
              "'messages' must contain the word 'json' in some form, to use 'response_format' of"
                  + " type 'json_object'.",
              "messages",
              null);
        }
      }
      default -> {}
    }
  }
}
