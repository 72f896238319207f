// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.WebSearchTool;
import io.headgate.it.routing.Out;
import java.util.stream.Collectors;

/**
 * An app on openai-java that makes the calls named by its arguments, of the model {@code smart}.
 */
final class FallbackApp {

  private static final String MODEL = "smart";

  private final OpenAIClient client;

  private FallbackApp() {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().apiKey(Words.KEY).maxRetries(0);
    if (App.BASE != null) {
      builder.baseUrl(App.BASE + "/v1");
    }
    client = builder.build();
  }

  public static void main(String[] args) {
    FallbackApp app = new FallbackApp();
    for (String call : args) {
      Out.call(call, () -> app.answerOrError(call));
    }
    System.exit(0);
  }

  private String answerOrError(String call) throws Exception {
    try {
      return answer(call);
    } catch (OpenAIServiceException e) {
      return e.getClass().getSimpleName() + " " + e.statusCode() + " " + e.getMessage();
    }
  }

  private String answer(String call) {
    // A call may be made several times: chat, chat again, ...
    return switch (call.split(" ")[0]) {
      case "chat" -> whole(chat().build());
      case "stream" -> streamed(chat().build());
      case "seed" -> whole(chat().putAdditionalBodyProperty("seed", JsonValue.from(7)).build());
      case "temperature" -> whole(chat().temperature(0.5).build());
      case "search" -> searched();
      default -> throw new IllegalArgumentException(call);
    };
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .maxCompletionTokens(300)
        .addUserMessage(Words.PROMPT);
  }

  private String whole(ChatCompletionCreateParams params) {
    try (HttpResponseFor<ChatCompletion> response =
        client.withRawResponse().chat().completions().create(params)) {
      return response.parse().choices().get(0).message().content().orElse("")
          + ours(response.headers());
    }
  }

  private String streamed(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
        client.withRawResponse().chat().completions().createStreaming(params)) {
      response.parse().stream().forEach(accumulator::accumulate);
      return accumulator.chatCompletion().choices().get(0).message().content().orElse("")
          + ours(response.headers());
    }
  }

  /** With a tool that OpenAI runs by itself. */
  private String searched() {
    ResponseCreateParams params =
        ResponseCreateParams.builder()
            .model(MODEL)
            .input(Words.PROMPT)
            .addTool(WebSearchTool.builder().type(WebSearchTool.Type.WEB_SEARCH).build())
            .build();
    try (HttpResponseFor<Response> response = client.withRawResponse().responses().create(params)) {
      return response.parse().output().stream()
              .flatMap(item -> item.message().stream())
              .flatMap(message -> message.content().stream())
              .flatMap(content -> content.outputText().stream())
              .map(part -> part.text())
              .collect(Collectors.joining())
          + ours(response.headers());
    }
  }

  /** Who served it, and what was left out. */
  private static String ours(Headers headers) {
    return " | by "
        + String.join(",", headers.values("x-headgate-provider"))
        + ", without "
        + String.join(",", headers.values("x-headgate-dropped"));
  }
}
