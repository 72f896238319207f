// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.time.Duration;
import java.util.List;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;

/** An app on Spring AI: RestClient for whole answers, WebClient for streams, the JDK below both. */
final class SpringAiProbe {

  private SpringAiProbe() {}

  public static void main(String[] args) {
    ChatModel openai =
        OpenAiChatModel.builder()
            .openAiApi(OpenAiApi.builder().apiKey(Said.KEY + "openai").build())
            .defaultOptions(
                OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true).build())
            .build();
    ChatModel anthropic =
        AnthropicChatModel.builder()
            .anthropicApi(AnthropicApi.builder().apiKey(Said.KEY + "anthropic").build())
            .defaultOptions(
                AnthropicChatOptions.builder().model("claude-sonnet-4-5").maxTokens(300).build())
            .build();
    Said.call("openai", () -> chat(openai));
    Said.call("openai stream", () -> stream(openai));
    Said.call("anthropic", () -> chat(anthropic));
    System.exit(0);
  }

  private static Prompt prompt() {
    return new Prompt(new UserMessage(Said.PROMPT));
  }

  private static String chat(ChatModel model) {
    ChatResponse response = model.call(prompt());
    return Said.counted(
        response.getResult().getOutput().getText(),
        response.getMetadata().getUsage().getPromptTokens(),
        response.getMetadata().getUsage().getCompletionTokens());
  }

  private static String stream(ChatModel model) {
    StringBuilder text = new StringBuilder();
    List<ChatResponse> chunks = model.stream(prompt()).collectList().block(Duration.ofSeconds(30));
    for (ChatResponse chunk : chunks) {
      if (chunk.getResult() != null && chunk.getResult().getOutput().getText() != null) {
        text.append(chunk.getResult().getOutput().getText());
      }
    }
    return text.toString();
  }
}
