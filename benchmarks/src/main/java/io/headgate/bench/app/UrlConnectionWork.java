// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

/** Calls through {@code HttpURLConnection}. */
final class UrlConnectionWork {

  private UrlConnectionWork() {}

  static Work whole(String url) throws IOException {
    URL target = URI.create(url).toURL();
    byte[] body = Payload.request(false).getBytes(UTF_8);
    ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[8192]);
    return () -> {
      HttpURLConnection connection = (HttpURLConnection) target.openConnection();
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      try (InputStream in = connection.getInputStream()) {
        return Work.drain(in, buffers.get());
      }
    };
  }
}
