// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
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

/** An app on LangChain4j. */
final class LangChainProbe {

  private LangChainProbe() {}

  public static void main(String[] args) {
    Said.call(
        "openai",
        () ->
            chat(
                OpenAiChatModel.builder()
                    .apiKey(Said.KEY + "openai")
                    .modelName("gpt-4o-mini")
                    .build()));
    Said.call(
        "openai stream",
        () ->
            stream(
                OpenAiStreamingChatModel.builder()
                    .apiKey(Said.KEY + "openai")
                    .modelName("gpt-4o-mini")
                    .build()));
    Said.call(
        "anthropic",
        () ->
            chat(
                AnthropicChatModel.builder()
                    .apiKey(Said.KEY + "anthropic")
                    .modelName("claude-sonnet-4-5")
                    .build()));
    Said.call(
        "gemini",
        () ->
            chat(
                GoogleAiGeminiChatModel.builder()
                    .apiKey(Said.KEY + "gemini")
                    .modelName("gemini-2.5-flash")
                    .build()));
    Said.call(
        "gemini stream",
        () ->
            stream(
                GoogleAiGeminiStreamingChatModel.builder()
                    .apiKey(Said.KEY + "gemini")
                    .modelName("gemini-2.5-flash")
                    .build()));
    Said.call(
        "ollama",
        () ->
            chat(
                OllamaChatModel.builder()
                    .baseUrl("http://localhost:11434")
                    .modelName("llama3.1")
                    .build()));
    Said.call(
        "ollama stream",
        () ->
            stream(
                OllamaStreamingChatModel.builder()
                    .baseUrl("http://localhost:11434")
                    .modelName("llama3.1")
                    .build()));
    System.exit(0);
  }

  private static String chat(ChatModel model) {
    return answer(model.chat(UserMessage.from(Said.PROMPT)));
  }

  private static String stream(StreamingChatModel model) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    model.chat(
        Said.PROMPT,
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
    return Said.counted(
        response.aiMessage().text(),
        response.tokenUsage().inputTokenCount(),
        response.tokenUsage().outputTokenCount());
  }
}
