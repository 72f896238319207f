// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes messages on to a collector with the exporter's own headers; a failure is not retried. */
final class OtlpForwarder {

  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "expect",
          "http2-settings");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofMillis(500))
          .build();
  private final AtomicInteger delivered = new AtomicInteger();
  private final String collector;

  OtlpForwarder(URI collector) {
    String base = collector.toString();
    this.collector = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  void forward(String path, Map<String, List<String>> headers, byte[] message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(collector + path))
            .timeout(Duration.ofSeconds(1))
            .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    headers.forEach(
        (name, values) -> {
          if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 300) {
        delivered.incrementAndGet();
      }
    } catch (IOException e) {
      // A collector that went away is seen by what it did not take.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int delivered() {
    return delivered.get();
  }
}
