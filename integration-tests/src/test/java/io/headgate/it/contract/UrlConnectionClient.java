// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** {@code HttpURLConnection}. */
final class UrlConnectionClient implements Client {

  @Override
  public Reply call(Call call) throws Exception {
    return stream(call, chunk -> {});
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    HttpURLConnection connection = open(call);
    int status = connection.getResponseCode();
    InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    byte[] body = in == null ? new byte[0] : JdkSendClient.read(in, onChunk);
    Map<String, List<String>> headers = new LinkedHashMap<>(connection.getHeaderFields());
    headers.remove(null);
    return new Reply(status, headers, body);
  }

  @Override
  public boolean readsOnCallersThread() {
    return true;
  }

  @Override
  public void abandon(Call call) throws Exception {
    HttpURLConnection connection = open(call);
    connection.getInputStream().read();
    connection.disconnect();
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    HttpURLConnection connection = open(call);
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                return "status " + connection.getResponseCode();
              } catch (Exception e) {
                // Which exception it is depends, in the JDK, on what disconnect() met half-way.
                return "given up";
              }
            });
    new Thread(task).start();
    sent.await();
    connection.disconnect();
    return task.get();
  }

  private static URLConnection connect(Call call) throws Exception {
    URL url = URI.create(call.url()).toURL();
    if (call.proxy() == 0) {
      return url.openConnection();
    }
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", call.proxy());
    return url.openConnection(new Proxy(Proxy.Type.HTTP, proxy));
  }

  private static HttpURLConnection open(Call call) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) connect(call);
    connection.setRequestProperty("Authorization", "Bearer sk-app");
    if (call.timeout() != null) {
      connection.setReadTimeout((int) call.timeout().toMillis());
    }
    if (call.body() != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      switch (call.framing()) {
        case FIXED -> {}
        case CHUNKED -> connection.setChunkedStreamingMode(1024);
        case ONE_SHOT -> connection.setFixedLengthStreamingMode(call.body().length);
      }
      try (OutputStream out = connection.getOutputStream()) {
        out.write(call.body());
      }
    }
    return connection;
  }
}
