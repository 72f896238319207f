// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Calls through OkHttp. */
final class OkHttpWork {

  private static final OkHttpClient CLIENT = new OkHttpClient();

  private OkHttpWork() {}

  static Work whole(String url) {
    Request request = request(url, false);
    return () -> {
      try (Response response = CLIENT.newCall(request).execute()) {
        if (body(response).bytes().length < 1000) {
          throw new IOException("short answer");
        }
        return System.nanoTime();
      }
    };
  }

  static Work stream(String url) {
    Request request = request(url, true);
    ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[8192]);
    return () -> {
      try (Response response = CLIENT.newCall(request).execute()) {
        return Work.drain(body(response).byteStream(), buffers.get());
      }
    };
  }

  static InputStream body(String url) throws IOException {
    return body(CLIENT.newCall(request(url, true)).execute()).byteStream();
  }

  private static ResponseBody body(Response response) {
    return Objects.requireNonNull(response.body(), "body");
  }

  private static Request request(String url, boolean stream) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer sk-bench")
        .post(RequestBody.create(Payload.request(stream), MediaType.get("application/json")))
        .build();
  }
}
