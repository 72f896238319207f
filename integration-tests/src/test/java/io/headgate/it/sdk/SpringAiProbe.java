// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;

/**
 * An app on Spring AI 1.1: RestClient for whole answers, WebClient for streams, and below both the
 * JDK's client, or Reactor Netty if that is on the class path.
 */
final class SpringAiProbe {

  private SpringAiProbe() {}

  public static void main(String[] args) {
    SpringAiCalls.all(
        "openai",
        OpenAiChatModel.builder()
            .openAiApi(OpenAiApi.builder().apiKey(Said.KEY + "openai").build())
            .build(),
        openAi().build(),
        openAi().toolCallbacks(SpringAiCalls.tools()).build());
    SpringAiCalls.all(
        "anthropic",
        AnthropicChatModel.builder()
            .anthropicApi(AnthropicApi.builder().apiKey(Said.KEY + "anthropic").build())
            .build(),
        anthropic().build(),
        anthropic().toolCallbacks(SpringAiCalls.tools()).build());
    System.exit(0);
  }

  private static OpenAiChatOptions.Builder openAi() {
    return OpenAiChatOptions.builder()
        .model("gpt-4o-mini")
        .streamUsage(true)
        .internalToolExecutionEnabled(false);
  }

  private static AnthropicChatOptions.Builder anthropic() {
    return AnthropicChatOptions.builder()
        .model("claude-sonnet-4-5")
        .maxTokens(300)
        .internalToolExecutionEnabled(false);
  }
}
