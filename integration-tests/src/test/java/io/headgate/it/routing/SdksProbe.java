// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/**
 * An app on two SDKs. Each argument is a call, {@code openai:MODEL} or {@code anthropic:MODEL}; it
 * prints the model that answered, or the SDK's own exception with its status and body.
 */
final class SdksProbe {

  private SdksProbe() {}

  public static void main(String[] args) {
    OpenAIClient openAi = OpenAIOkHttpClient.builder().fromEnv().apiKey("sk-app").build();
    AnthropicClient anthropic = AnthropicOkHttpClient.builder().fromEnv().apiKey("sk-app").build();
    for (String call : args) {
      String model = call.substring(call.indexOf(':') + 1);
      Out.call(
          call,
          () -> call.startsWith("openai:") ? openAi(openAi, model) : anthropic(anthropic, model));
    }
    System.exit(0);
  }

  private static String openAi(OpenAIClient client, String model) {
    try {
      return client
          .chat()
          .completions()
          .create(
              ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello?").build())
          .model();
    } catch (OpenAIServiceException e) {
      return e.getClass().getSimpleName()
          + " "
          + e.statusCode()
          + " "
          + e.type().orElse("")
          + " "
          + e.code().orElse("")
          + " "
          + e.getMessage();
    }
  }

  private static String anthropic(AnthropicClient client, String model) {
    try {
      return client
          .messages()
          .create(
              MessageCreateParams.builder()
                  .model(model)
                  .maxTokens(100)
                  .addUserMessage("Hello?")
                  .build())
          .model()
          .asString();
    } catch (AnthropicServiceException e) {
      return e.getClass().getSimpleName() + " " + e.statusCode() + " " + e.body();
    }
  }
}
