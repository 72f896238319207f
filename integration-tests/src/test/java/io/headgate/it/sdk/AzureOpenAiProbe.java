// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import com.azure.ai.inference.ChatCompletionsClient;
import com.azure.ai.inference.ChatCompletionsClientBuilder;
import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Header;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An app on azure-ai-openai and azure-ai-inference, at Azure's own addresses. */
final class AzureOpenAiProbe {

  /** A deployment whose answers name the model behind it, as Azure's do. */
  static final String NAMED = "support-bot";

  /** One whose answers name the deployment, as some gateways before Azure have it. */
  static final String UNNAMED = "support-bot-eu";

  static final String ANSWERED = "gpt-4o-2024-08-06";
  static final String KEY = Said.KEY + "azure";

  private final OpenAIClient client = named().buildClient();
  private final OpenAIAsyncClient async = named().buildAsyncClient();
  private final OpenAIClient unnamed = builder().buildClient();

  private final ChatCompletionsClient inference =
      new ChatCompletionsClientBuilder()
          .endpoint("https://contoso.services.ai.azure.com/models")
          .credential(new AzureKeyCredential(KEY))
          .buildClient();

  public static void main(String[] args) {
    new AzureOpenAiProbe().run();
    System.exit(0);
  }

  private static OpenAIClientBuilder builder() {
    return new OpenAIClientBuilder()
        .endpoint("https://contoso.openai.azure.com")
        .credential(new AzureKeyCredential(KEY));
  }

  /** The field is for the stand-in. */
  private static OpenAIClientBuilder named() {
    Header answered = new Header("x-standin", "model=" + ANSWERED);
    return builder().clientOptions(new ClientOptions().setHeaders(List.of(answered)));
  }

  private void run() {
    Said.call("chat", () -> answer(client.getChatCompletions(NAMED, chat())));
    Said.call("chat async", () -> answer(async.getChatCompletions(NAMED, chat()).block()));
    Said.call("chat stream", () -> text(client.getChatCompletionsStream(NAMED, chat()).stream()));
    Said.call(
        "chat stream with usage",
        () -> text(client.getChatCompletionsStream(NAMED, chat(), usage()).stream()));
    Said.call(
        "chat async stream",
        () -> text(async.getChatCompletionsStream(NAMED, chat(), usage()).toStream()));
    Said.call("deployment", () -> answer(unnamed.getChatCompletions(UNNAMED, chat())));
    Said.call("inference", this::inferred);
    Said.call("inference stream", this::inferredStream);
    Said.call(
        "unknown deployment", () -> answer(unnamed.getChatCompletions("no-such-model", chat())));
  }

  private static ChatCompletionsOptions chat() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage(Said.PROMPT)));
  }

  private static ChatCompletionStreamOptions usage() {
    return new ChatCompletionStreamOptions().setIncludeUsage(true);
  }

  private static String answer(ChatCompletions completions) {
    return Said.counted(
        completions.getChoices().get(0).getMessage().getContent(),
        completions.getUsage().getPromptTokens(),
        completions.getUsage().getCompletionTokens());
  }

  private static String text(Stream<ChatCompletions> chunks) {
    return chunks
        .flatMap(chunk -> chunk.getChoices().stream())
        .map(choice -> choice.getDelta().getContent())
        .filter(Objects::nonNull)
        .collect(Collectors.joining());
  }

  private static com.azure.ai.inference.models.ChatCompletionsOptions question() {
    return new com.azure.ai.inference.models.ChatCompletionsOptions(
            List.of(new com.azure.ai.inference.models.ChatRequestUserMessage(Said.PROMPT)))
        .setModel("gpt-4o-mini");
  }

  private String inferred() {
    com.azure.ai.inference.models.ChatCompletions completions = inference.complete(question());
    return Said.counted(
        completions.getChoice().getMessage().getContent(),
        completions.getUsage().getPromptTokens(),
        completions.getUsage().getCompletionTokens());
  }

  private String inferredStream() {
    return inference.completeStream(question()).stream()
        .flatMap(update -> update.getChoices().stream())
        .map(choice -> choice.getDelta().getContent())
        .filter(Objects::nonNull)
        .collect(Collectors.joining());
  }
}
