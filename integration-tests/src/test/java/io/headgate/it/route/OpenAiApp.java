// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/** An app on openai-java, with the retries that it makes by default. */
final class OpenAiApp implements App {

  private final OpenAIClient client;

  OpenAiApp(String base) {
    client = OpenAIOkHttpClient.builder().apiKey(KEY).baseUrl(base + "/v1").build();
  }

  @Override
  public void ask(FaultCase asked, Saw saw) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model(asked.model())
            .addUserMessage(asked.prompt())
            .build();
    try {
      if (asked.stream()) {
        stream(params, saw);
      } else {
        whole(params, saw);
      }
      saw.ended("complete");
    } catch (OpenAIServiceException e) {
      saw.status(e.statusCode());
      fields(e.headers(), saw);
      throw e;
    }
  }

  private void whole(ChatCompletionCreateParams params, Saw saw) {
    try (HttpResponseFor<ChatCompletion> response =
        client.chat().completions().withRawResponse().create(params)) {
      saw.status(response.statusCode());
      fields(response.headers(), saw);
      response.parse().choices().stream()
          .flatMap(choice -> choice.message().content().stream())
          .forEach(saw::text);
    }
  }

  private void stream(ChatCompletionCreateParams params, Saw saw) {
    HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
        client.chat().completions().withRawResponse().createStreaming(params);
    saw.status(response.statusCode());
    fields(response.headers(), saw);
    try (StreamResponse<ChatCompletionChunk> stream = response.parse()) {
      stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .forEach(saw::text);
    }
  }

  private static void fields(Headers headers, Saw saw) {
    saw.fields(name -> headers.values(name).stream().findFirst().orElse(null));
  }
}
