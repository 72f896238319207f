// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Streaming;

/** An app with a Retrofit interface of its own. */
final class RetrofitProbe {

  private static final String BEARER = "Bearer " + Said.KEY + "openai";

  private final OpenAi openai =
      new Retrofit.Builder().baseUrl("https://api.openai.com/v1/").build().create(OpenAi.class);

  /** What this app knows of OpenAI. */
  interface OpenAi {
    @POST("chat/completions")
    Call<ResponseBody> chat(@Header("Authorization") String credential, @Body RequestBody body);

    @Streaming
    @POST("chat/completions")
    Call<ResponseBody> stream(@Header("Authorization") String credential, @Body RequestBody body);
  }

  public static void main(String[] args) {
    new RetrofitProbe().run();
    System.exit(0);
  }

  private void run() {
    Said.call("execute", () -> said(openai.chat(BEARER, body("")).execute()));
    Said.call("enqueue", () -> said(enqueued(openai.chat(BEARER, body("")))));
    Said.call(
        "streaming",
        () ->
            said(
                openai.stream(
                        BEARER,
                        body(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                    .execute()));
  }

  private static RequestBody body(String more) {
    return RequestBody.create(
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + Said.PROMPT
            + "\"}]"
            + more
            + "}",
        MediaType.get("application/json"));
  }

  private static Response<ResponseBody> enqueued(Call<ResponseBody> call) throws Exception {
    CompletableFuture<Response<ResponseBody>> answer = new CompletableFuture<>();
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(Call<ResponseBody> answered, Response<ResponseBody> response) {
            answer.complete(response);
          }

          @Override
          public void onFailure(Call<ResponseBody> failed, Throwable failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer.get(30, TimeUnit.SECONDS);
  }

  /** The raw contents: this app reads no JSON. */
  private static String said(Response<ResponseBody> response) throws Exception {
    String text = response.body().string();
    StringBuilder said = new StringBuilder();
    String key = "\"content\":\"";
    for (int at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
      said.append(text, at + key.length(), text.indexOf('"', at + key.length()));
    }
    return response.code() + " " + said;
  }
}
