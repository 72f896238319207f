// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Map;
import java.util.TreeMap;

/**
 * An app that prints the fields of ours that its answers have, buffered and streamed, with every
 * client. Its requests have fields that are addressed to us; the arguments are further ones, {@code
 * name=value}. The property {@code it.base-url} names another base URL than the real one.
 */
final class HeadersProbe {

  private static final String BASE = System.getProperty("it.base-url", "https://api.openai.com/v1");
  private static final String URL = BASE + "/chat/completions";

  private HeadersProbe() {}

  public static void main(String[] args) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("authorization", "Bearer sk-app");
    headers.put("x-headgate-metadata", "{\"plan\":\"gold\"}");
    headers.put("cf-aig-collect-log", "false");
    for (String arg : args) {
      headers.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
    }
    for (AppClient client : AppClient.values()) {
      Out.call(client + "", () -> client.post(URL, headers, body(false)).ours());
      Out.call(client + " streamed", () -> client.post(URL, headers, body(true)).ours());
    }
    sdk(headers);
    System.exit(0);
  }

  private static void sdk(Map<String, String> headers) {
    OpenAIClient client = OpenAIOkHttpClient.builder().apiKey("sk-app").baseUrl(BASE).build();
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder().model("small").addUserMessage("Hello?");
    headers.forEach(
        (name, value) -> {
          if (!name.equals("authorization")) {
            params.putAdditionalHeader(name, value);
          }
        });
    Out.call(
        "SDK",
        () -> {
          HttpResponseFor<ChatCompletion> answer =
              client.chat().completions().withRawResponse().create(params.build());
          return answer.statusCode() + ours(answer.headers(), answer.parse().model());
        });
    Out.call(
        "SDK streamed",
        () -> {
          HttpResponseFor<StreamResponse<ChatCompletionChunk>> answer =
              client.chat().completions().withRawResponse().createStreaming(params.build());
          try (StreamResponse<ChatCompletionChunk> stream = answer.parse()) {
            String model = stream.stream().map(ChatCompletionChunk::model).findFirst().orElse("");
            return answer.statusCode() + ours(answer.headers(), model);
          }
        });
  }

  /** The model is read, too: the answer has to be usable. */
  private static String ours(Headers headers, String model) {
    Map<String, String> fields = new TreeMap<>();
    headers.names().forEach(name -> fields.put(name, String.join(",", headers.values(name))));
    String ours = Out.ours(fields);
    return model.isEmpty() || ours.isEmpty() ? "" : " " + ours;
  }

  private static String body(boolean stream) {
    return "{\"model\":\"small\",\"stream\":"
        + stream
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}";
  }
}
