// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/** Retrofit's {@code Call.execute}; uses only what versions 2.0 to 3 have in common. */
public class RetrofitExecuteClient extends OkHttpExecuteClient {

  private static final String BEARER = "Bearer sk-app";

  /** An app's interface; what is not {@code @Streaming} Retrofit reads before it answers. */
  interface Api {
    @GET
    retrofit2.Call<ResponseBody> get(@Url String url, @Header("Authorization") String credential);

    @POST
    retrofit2.Call<ResponseBody> post(
        @Url String url, @Header("Authorization") String credential, @Body RequestBody body);

    @Streaming
    @POST
    retrofit2.Call<ResponseBody> stream(
        @Url String url, @Header("Authorization") String credential, @Body RequestBody body);
  }

  @Override
  public final Reply call(Client.Call call) throws Exception {
    Response<ResponseBody> response = answer(retrofit(call));
    try (ResponseBody body = body(response)) {
      return reply(response, body == null ? new byte[0] : body.bytes());
    }
  }

  @Override
  public final Reply stream(Client.Call call, Consumer<byte[]> onChunk) throws Exception {
    Response<ResponseBody> response = answer(streaming(call));
    try (ResponseBody body = body(response)) {
      return reply(response, JdkSendClient.read(body.byteStream(), onChunk));
    }
  }

  @Override
  public final void abandon(Client.Call call) throws Exception {
    try (ResponseBody body = answer(streaming(call)).body()) {
      body.byteStream().read();
    }
  }

  @Override
  public String cancel(Client.Call call, Sent sent) throws Exception {
    retrofit2.Call<ResponseBody> started = retrofit(call);
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                return "status " + started.execute().code();
              } catch (IOException e) {
                return e.getClass().getName() + " " + e.getMessage();
              }
            });
    new Thread(task).start();
    sent.await();
    started.cancel();
    return task.get();
  }

  Response<ResponseBody> answer(retrofit2.Call<ResponseBody> call) throws Exception {
    return call.execute();
  }

  final retrofit2.Call<ResponseBody> retrofit(Client.Call call) {
    return call.body() == null
        ? api(call).get(call.url(), BEARER)
        : api(call).post(call.url(), BEARER, body(call));
  }

  private retrofit2.Call<ResponseBody> streaming(Client.Call call) {
    return api(call).stream(call.url(), BEARER, body(call));
  }

  private Api api(Client.Call call) {
    return new Retrofit.Builder()
        .client(client(call))
        .baseUrl("http://127.0.0.1/")
        .build()
        .create(Api.class);
  }

  /** Null where Retrofit gives none. */
  private static ResponseBody body(Response<ResponseBody> response) {
    return response.isSuccessful() ? response.body() : response.errorBody();
  }

  private static Reply reply(Response<ResponseBody> response, byte[] body) {
    return new Reply(response.code(), response.headers().toMultimap(), body);
  }
}
