// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.io.IOException;
import java.util.Iterator;

/** Calls through openai-java. */
final class OpenAiWork {

  private OpenAiWork() {}

  static ChatCompletionCreateParams params() {
    return builder(Payload.PROMPT).build();
  }

  static ChatCompletionCreateParams.Builder builder(String prompt) {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4o-mini")
        .temperature(0.2)
        .addSystemMessage("You are terse.")
        .addUserMessage(prompt);
  }

  static Work whole(String baseUrl) {
    OpenAIClient client = client(baseUrl);
    ChatCompletionCreateParams params = params();
    return () -> whole(client, params);
  }

  static long whole(OpenAIClient client, ChatCompletionCreateParams params) throws IOException {
    if (client.chat().completions().create(params).choices().size() != 1) {
      throw new IOException("no choice");
    }
    return System.nanoTime();
  }

  static Work stream(String baseUrl) {
    OpenAIClient client = client(baseUrl);
    ChatCompletionCreateParams params =
        builder(Payload.PROMPT)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    return () -> {
      try (StreamResponse<ChatCompletionChunk> stream =
          client.chat().completions().createStreaming(params)) {
        Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
        chunks.next();
        long first = System.nanoTime();
        while (chunks.hasNext()) {
          chunks.next();
        }
        return first;
      }
    };
  }

  static OpenAIClient client(String baseUrl) {
    return OpenAIOkHttpClient.builder().apiKey("sk-bench").baseUrl(baseUrl).maxRetries(0).build();
  }
}
