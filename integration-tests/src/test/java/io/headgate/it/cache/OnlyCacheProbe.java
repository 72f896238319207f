// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.headgate.it.routing.Out;

/** An app on openai-java, retries and all, that wants nothing but what is cached. */
final class OnlyCacheProbe {

  private OnlyCacheProbe() {}

  public static void main(String[] args) {
    OpenAIClient client = OpenAIOkHttpClient.builder().apiKey("sk-app").build();
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addUserMessage("Hello?")
            .putAdditionalHeader("x-headgate-cache", "only")
            .build();
    Out.call(
        "only",
        () -> {
          try {
            return client.chat().completions().create(params).toString();
          } catch (OpenAIServiceException e) {
            return said(e);
          }
        });
    Out.call(
        "only streamed",
        () -> {
          try (StreamResponse<ChatCompletionChunk> stream =
              client.chat().completions().createStreaming(params)) {
            return "" + stream.stream().count();
          } catch (OpenAIServiceException e) {
            return said(e);
          }
        });
    System.exit(0);
  }

  private static String said(OpenAIServiceException e) {
    return e.getClass().getSimpleName() + " " + e.statusCode() + " " + e.code().orElse("");
  }
}
