// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.List;
import java.util.Locale;

/** Which of the hosts that speak chat completions a request is for, by its address or model. */
final class Hosts {

  private static final List<String> COMPATIBLE =
      List.of(
          "mistral",
          "deepseek",
          "groq",
          "openrouter",
          "together",
          "fireworks",
          "perplexity",
          "cerebras",
          "x.ai",
          "xai",
          "vllm",
          "ollama",
          "gemini",
          "cohere",
          "compatible");

  private Hosts() {}

  /** A host that has the form from OpenAI, and members of its own. */
  static boolean compatible(Recorded request) {
    String address = address(request);
    return COMPATIBLE.stream().anyMatch(address::contains);
  }

  static boolean mistral(Call call) {
    return address(call.request()).contains("mistral")
        || call.body().path("model").asText("").startsWith("mistral");
  }

  private static String address(Recorded request) {
    return (request.header("host") + request.path()).toLowerCase(Locale.ROOT);
  }
}
