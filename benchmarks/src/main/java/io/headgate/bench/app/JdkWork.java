// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls through the JDK's client. */
final class JdkWork {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[8192]);

  private JdkWork() {}

  static Work whole(String url) {
    HttpRequest request = request(url, false);
    return () -> whole(request);
  }

  static long whole(HttpRequest request) throws IOException, InterruptedException {
    if (CLIENT.send(request, BodyHandlers.ofByteArray()).body().length < 1000) {
      throw new IOException("short answer");
    }
    return System.nanoTime();
  }

  static Work stream(String url) {
    HttpRequest request = request(url, true);
    return () -> stream(request);
  }

  static long stream(HttpRequest request) throws IOException, InterruptedException {
    try (InputStream body = CLIENT.send(request, BodyHandlers.ofInputStream()).body()) {
      return Work.drain(body, BUFFERS.get());
    }
  }

  static InputStream body(String url) throws IOException, InterruptedException {
    return CLIENT.send(request(url, true), BodyHandlers.ofInputStream()).body();
  }

  private static HttpRequest request(String url, boolean stream) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer sk-bench")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(Payload.request(stream)))
        .build();
  }
}
