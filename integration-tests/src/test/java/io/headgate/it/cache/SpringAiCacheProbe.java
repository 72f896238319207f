// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

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

/** An app on Spring AI that asks whole and streamed, by host. */
final class SpringAiCacheProbe {

  private SpringAiCacheProbe() {}

  public static void main(String[] args) {
    for (String host : args) {
      ChatModel model = host.equals("openai") ? openAi() : anthropic();
      BothWays.ask(
          host,
          question -> text(List.of(model.call(prompt(question)))),
          question ->
              text(model.stream(prompt(question)).collectList().block(Duration.ofSeconds(30))));
    }
    System.exit(0);
  }

  private static ChatModel openAi() {
    return OpenAiChatModel.builder()
        .openAiApi(OpenAiApi.builder().apiKey("sk-app").build())
        .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o").build())
        .build();
  }

  private static ChatModel anthropic() {
    return AnthropicChatModel.builder()
        .anthropicApi(AnthropicApi.builder().apiKey("sk-app").build())
        .defaultOptions(
            AnthropicChatOptions.builder().model("claude-sonnet-4-5").maxTokens(300).build())
        .build();
  }

  private static Prompt prompt(String question) {
    return new Prompt(new UserMessage(question));
  }

  private static String text(List<ChatResponse> chunks) {
    StringBuilder text = new StringBuilder();
    String finish = "";
    for (ChatResponse chunk : chunks) {
      if (chunk.getResult() != null) {
        String piece = chunk.getResult().getOutput().getText();
        text.append(piece == null ? "" : piece);
        String end = chunk.getResult().getMetadata().getFinishReason();
        finish = end == null || end.isEmpty() ? finish : end;
      }
    }
    return text + "|" + finish;
  }
}
