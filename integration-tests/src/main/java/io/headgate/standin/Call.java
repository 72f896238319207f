// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a surface, with the figures every dialect needs.
 *
 * @param number how many requests came before, for ids
 * @param texts the prompt's texts, see {@link Texts}
 */
record Call(
    Recorded request,
    JsonNode body,
    List<String> texts,
    Script script,
    PromptCache cache,
    long number) {

  private static final String[] LIMITS = {
    "/max_tokens",
    "/max_completion_tokens",
    "/max_output_tokens",
    "/generationConfig/maxOutputTokens",
    "/options/num_predict",
    "/inferenceConfig/maxTokens",
    "/inferenceConfig/max_new_tokens",
    "/textGenerationConfig/maxTokenCount",
    "/max_gen_len"
  };

  /** The model the request names; refuses a request without one, and an unknown model. */
  String model() {
    String model = body.path("model").asText("");
    if (model.isEmpty()) {
      throw new Refusal(400, "you must provide a model parameter");
    }
    return known(model);
  }

  static String known(String model) {
    if (Models.unknown(model)) {
      throw new Refusal(404, model);
    }
    return model;
  }

  /** The name of the model that answers. */
  String answered(String model) {
    return script.text("model", Models.answered(model));
  }

  /** The whole answer, cut where the request's token limit says. */
  String answer() {
    String full = full();
    int most = mostTokens();
    return Tokens.of(full) <= most ? full : full.substring(0, most * 4);
  }

  /** Whether the token limit cut the answer. */
  boolean cut() {
    return Tokens.of(full()) > mostTokens();
  }

  /** The tool that is called instead of an answer; null if there is none. */
  @Nullable ToolCall toolCall() {
    return script.has("tool") && !ToolCall.answered(body)
        ? new ToolCall(id("call_"), script.text("tool", ""))
        : null;
  }

  private String full() {
    if (toolCall() != null) {
      return ToolCall.ARGUMENTS;
    }
    if (script.has("size")) {
      return Answers.ofLength(script.size("size"));
    }
    return script.has("answer") ? script.text("answer", "") : Answers.to(texts);
  }

  private int mostTokens() {
    if (script.has("size")) {
      return Integer.MAX_VALUE;
    }
    for (String limit : LIMITS) {
      int tokens = body.at(limit).asInt(0);
      if (tokens > 0) {
        return tokens;
      }
    }
    return Integer.MAX_VALUE;
  }

  int promptTokens() {
    return Tokens.prompt(texts);
  }

  int reasoningTokens() {
    return script.number("reasoning", 0);
  }

  boolean usage() {
    return !script.has("no-usage");
  }

  boolean stream() {
    return body.path("stream").asBoolean(false);
  }

  /** An id of the host's looks, the same for the same run of requests. */
  String id(String prefix) {
    return prefix + String.format(Locale.ROOT, "%024x", number);
  }

  static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
