// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** {@code HttpClient.send}. */
public class JdkSendClient implements Client {

  private final HttpClient direct = builder().build();

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL);
  }

  final HttpClient client(Call call) {
    if (call.proxy() == 0) {
      return direct;
    }
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", call.proxy());
    return builder().proxy(ProxySelector.of(proxy)).build();
  }

  @Override
  public Reply call(Call call) throws Exception {
    return reply(client(call).send(request(call), BodyHandlers.ofByteArray()));
  }

  static Reply reply(HttpResponse<byte[]> response) {
    return new Reply(response.statusCode(), response.headers().map(), response.body());
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    HttpResponse<InputStream> response =
        client(call).send(request(call), BodyHandlers.ofInputStream());
    return new Reply(
        response.statusCode(), response.headers().map(), read(response.body(), onChunk));
  }

  @Override
  public boolean readsOnCallersThread() {
    return true;
  }

  static byte[] read(InputStream in, Consumer<byte[]> onChunk) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[512];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
        onChunk.accept(Arrays.copyOf(buffer, n));
      }
    }
    return all.toByteArray();
  }

  @Override
  public void abandon(Call call) throws Exception {
    try (InputStream in = client(call).send(request(call), BodyHandlers.ofInputStream()).body()) {
      in.read();
    }
  }

  /** A blocking call is given up by interrupting its thread. */
  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                return "status " + call(call).status();
              } catch (Exception e) {
                return e.getClass().getName()
                    + " interrupted="
                    + Thread.currentThread().isInterrupted();
              }
            });
    Thread thread = new Thread(task);
    thread.start();
    sent.await();
    thread.interrupt();
    return task.get();
  }

  static HttpRequest request(Call call) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(call.url())).header("Authorization", "Bearer sk-app");
    if (call.timeout() != null) {
      builder.timeout(call.timeout());
    }
    if (call.body() == null) {
      return builder.GET().build();
    }
    return builder.header("Content-Type", "application/json").POST(publisher(call)).build();
  }

  static BodyPublisher publisher(Call call) {
    return switch (call.framing()) {
      case FIXED -> BodyPublishers.ofByteArray(call.body());
      case CHUNKED -> BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(call.body()));
      case ONE_SHOT -> {
        ByteArrayInputStream once = new ByteArrayInputStream(call.body());
        yield BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> once), call.body().length);
      }
    };
  }
}
