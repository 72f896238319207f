// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.ResponsesModel;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import java.util.List;
import java.util.Map;

/**
 * An app on openai-java, with fields that nobody knows and unusual text. Each argument is a model;
 * {@code it.base-url}, if set, is the host to call.
 */
final class OpenAiTurns {

  private final OpenAIClient client;
  private final String model;

  private OpenAiTurns(String model) {
    this.model = model;
    OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder().apiKey("sk-app");
    String base = System.getProperty("it.base-url");
    if (base != null) {
      builder.baseUrl(base + "/openai/v1");
    }
    client = builder.build();
  }

  public static void main(String[] args) {
    for (String model : args) {
      OpenAiTurns app = new OpenAiTurns(model);
      Out.call(model + " buffered", app::buffered);
      Out.call(model + " streamed", app::streamed);
      Out.call(model + " responses", app::responses);
    }
    System.exit(0);
  }

  private ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addSystemMessage("Be brief. \u00e4\u00f6\u00fc \ud83d\ude80 \\ \" \u2028")
        .addUserMessage("Repeat: {\"model\":\"gpt-1\"}")
        .temperature(0.30)
        .putAdditionalHeader("openai-beta", "assistants=v2")
        .putAdditionalHeader("x-app-trace", "7f")
        .putAdditionalBodyProperty(
            "x_unknown", JsonValue.from(Map.of("nested", List.of(1, 2.50, 1e21, "a/b"))));
  }

  private String buffered() {
    ChatCompletion answer = client.chat().completions().create(chat().build());
    return answer.model() + "|" + answer.choices().get(0).message().content().orElse("");
  }

  private String streamed() {
    StringBuilder text = new StringBuilder();
    StringBuilder models = new StringBuilder();
    ChatCompletionCreateParams params =
        chat()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream()
          .forEach(
              chunk -> {
                if (models.indexOf(chunk.model()) < 0) {
                  models.append(chunk.model());
                }
                chunk.choices().stream()
                    .flatMap(choice -> choice.delta().content().stream())
                    .forEach(text::append);
              });
    }
    return models + "|" + text;
  }

  private String responses() {
    Response answer =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model(model)
                    .input("Repeat: {\"model\":\"gpt-1\"}")
                    .putAdditionalHeader("openai-beta", "assistants=v2")
                    .putAdditionalHeader("x-app-trace", "7f")
                    .build());
    // The SDK has a type of its own for the names it knows.
    ResponsesModel served = answer.model();
    return (served.isChat() ? served.asChat().asString() : served.asString())
        + "|"
        + answer.output().size();
  }
}
