// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** OkHttp's {@code Call.execute}; uses only what versions 3.14 to 5 have in common. */
public class OkHttpExecuteClient implements Client {

  final OkHttpClient client = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  @Override
  public Reply call(Client.Call call) throws Exception {
    try (Response response = execute(call)) {
      return new Reply(response.code(), response.headers().toMultimap(), response.body().bytes());
    }
  }

  @Override
  public Reply stream(Client.Call call, Consumer<byte[]> onChunk) throws Exception {
    try (Response response = execute(call)) {
      return new Reply(
          response.code(),
          response.headers().toMultimap(),
          JdkSendClient.read(response.body().byteStream(), onChunk));
    }
  }

  @Override
  public boolean readsOnCallersThread() {
    return true;
  }

  @Override
  public void abandon(Client.Call call) throws Exception {
    try (Response response = execute(call)) {
      response.body().byteStream().read();
    }
  }

  @Override
  public String cancel(Client.Call call, Sent sent) throws Exception {
    okhttp3.Call started = newCall(call);
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try (Response response = started.execute()) {
                return "status " + response.code();
              } catch (IOException e) {
                return e.getClass().getName() + " " + e.getMessage();
              }
            });
    new Thread(task).start();
    sent.await();
    started.cancel();
    return task.get();
  }

  Response execute(Client.Call call) throws Exception {
    return newCall(call).execute();
  }

  okhttp3.Call newCall(Client.Call call) {
    Request.Builder builder =
        new Request.Builder().url(call.url()).header("Authorization", "Bearer sk-app");
    if (call.body() != null) {
      builder.post(body(call));
    }
    return client(call).newCall(builder.build());
  }

  /** With the call's time-out and proxy, and otherwise {@link #client}. */
  final OkHttpClient client(Client.Call call) {
    OkHttpClient used = client;
    Duration timeout = call.timeout();
    if (timeout != null) {
      used = client.newBuilder().readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).build();
    }
    if (call.proxy() != 0) {
      InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", call.proxy());
      used = used.newBuilder().proxy(new Proxy(Proxy.Type.HTTP, proxy)).build();
    }
    return used;
  }

  static RequestBody body(Client.Call call) {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return MediaType.parse("application/json");
      }

      @Override
      public long contentLength() {
        return call.framing() == Framing.CHUNKED ? -1 : call.body().length;
      }

      @Override
      public boolean isOneShot() {
        return call.framing() == Framing.ONE_SHOT;
      }

      private boolean written;

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        if (written && isOneShot()) {
          throw new IOException("one-shot body was written twice");
        }
        written = true;
        sink.write(call.body());
      }
    };
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
