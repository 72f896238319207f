// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An app on LangChain4j that asks whole and streamed, by host. */
final class LangChainCacheProbe {

  private LangChainCacheProbe() {}

  public static void main(String[] args) {
    for (String host : args) {
      ChatModel whole = whole(host);
      StreamingChatModel streaming = streaming(host);
      BothWays.ask(
          host,
          question -> answer(whole.chat(UserMessage.from(question))),
          question -> streamed(streaming, question));
    }
    System.exit(0);
  }

  private static ChatModel whole(String host) {
    return switch (host) {
      case "openai" -> OpenAiChatModel.builder().apiKey("sk-app").modelName("gpt-4o").build();
      case "gemini" ->
          GoogleAiGeminiChatModel.builder().apiKey("sk-app").modelName("gemini-2.5-flash").build();
      default ->
          OllamaChatModel.builder().baseUrl("http://localhost:11434").modelName("llama3.1").build();
    };
  }

  private static StreamingChatModel streaming(String host) {
    return switch (host) {
      case "openai" ->
          OpenAiStreamingChatModel.builder().apiKey("sk-app").modelName("gpt-4o").build();
      case "gemini" ->
          GoogleAiGeminiStreamingChatModel.builder()
              .apiKey("sk-app")
              .modelName("gemini-2.5-flash")
              .build();
      default ->
          OllamaStreamingChatModel.builder()
              .baseUrl("http://localhost:11434")
              .modelName("llama3.1")
              .build();
    };
  }

  private static String streamed(StreamingChatModel model, String question) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    model.chat(
        question,
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(answer(response));
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer.get(30, TimeUnit.SECONDS);
  }

  private static String answer(ChatResponse response) {
    return response.aiMessage().text()
        + "|"
        + response.finishReason()
        + "|"
        + response.tokenUsage().inputTokenCount()
        + "+"
        + response.tokenUsage().outputTokenCount();
  }
}
