// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import java.util.stream.Collectors;

/** An app on openai-java. */
final class OpenAiProbe {

  private final OpenAIClient client =
      OpenAIOkHttpClient.builder().apiKey(Said.KEY + "openai").build();

  public static void main(String[] args) {
    new OpenAiProbe().run();
    System.exit(0);
  }

  private void run() {
    Said.call("chat", () -> answer(client.chat().completions().create(chat().build())));
    Said.call("chat stream", () -> streamed(chat().build()));
    Said.call(
        "chat stream with usage",
        () ->
            streamed(
                chat()
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                    .build()));
    Said.call(
        "chat async",
        () -> answer(client.async().chat().completions().create(chat().build()).get()));
    Said.call("responses", () -> answer(client.responses().create(response())));
    Said.call("responses stream", this::responseStreamed);
    Said.call("embeddings", this::embeddings);
    Said.call(
        "unknown model",
        () -> answer(client.chat().completions().create(chat().model("no-such-model").build())));
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4o-mini")
        .temperature(0.5)
        .addSystemMessage(Said.CANARY)
        .addUserMessage(Said.PROMPT);
  }

  private static String answer(ChatCompletion completion) {
    return Said.counted(
        completion.choices().get(0).message().content().orElse("nothing"),
        completion.usage().orElseThrow().promptTokens(),
        completion.usage().orElseThrow().completionTokens());
  }

  private String streamed(ChatCompletionCreateParams params) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      return stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .collect(Collectors.joining());
    }
  }

  private static ResponseCreateParams response() {
    return ResponseCreateParams.builder()
        .model("gpt-4o-mini")
        .instructions(Said.CANARY)
        .input(Said.PROMPT)
        .build();
  }

  private static String answer(Response response) {
    String text =
        response.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .flatMap(content -> content.outputText().stream())
            .map(part -> part.text())
            .collect(Collectors.joining());
    return Said.counted(
        text,
        response.usage().orElseThrow().inputTokens(),
        response.usage().orElseThrow().outputTokens());
  }

  private String responseStreamed() {
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(response())) {
      return stream.stream()
          .flatMap(event -> event.outputTextDelta().stream())
          .map(delta -> delta.delta())
          .collect(Collectors.joining());
    }
  }

  private String embeddings() {
    CreateEmbeddingResponse answer =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .inputOfArrayOfStrings(List.of(Said.PROMPT, Said.CANARY))
                    .build());
    return answer.data().size()
        + " of "
        + answer.data().get(0).embedding().size()
        + ", "
        + answer.usage().promptTokens();
  }
}
