// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * One request on its way through a surface, with the figures every dialect needs.
 *
 * @param number how many requests came before, for ids
 * @param texts the prompt's texts, see {@link Texts}
 * @param told the answer
 */
record Call(
    Recorded request,
    JsonNode body,
    List<String> texts,
    Script script,
    PromptCache cache,
    long number,
    Told told) {

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

  static Call of(Recorded request, JsonNode body, Script script, PromptCache cache, long number) {
    List<String> texts = Texts.of(body);
    Told told = new Teller(body, texts, script).tell(number, mostTokens(body));
    return new Call(request, body, texts, script, cache, number, told);
  }

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

  /** The answer's text; empty if tools are called. */
  String answer() {
    return told.text();
  }

  /** Whether the token limit cut the answer. */
  boolean cut() {
    return told.cut();
  }

  /** What the answer takes, thoughts included. */
  int outputTokens() {
    return told.tokens() + reasoningTokens();
  }

  private static int mostTokens(JsonNode body) {
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
    return script.number("reasoning", Tokens.of(told.thoughts()));
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
