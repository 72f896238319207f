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

  private static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[8192]);

  private OkHttpWork() {}

  static Work whole(String url) {
    Request request = request(url, false);
    return () -> whole(request);
  }

  static long whole(Request request) throws IOException {
    try (Response response = CLIENT.newCall(request).execute()) {
      if (body(response).bytes().length < 1000) {
        throw new IOException("short answer");
      }
      return System.nanoTime();
    }
  }

  static Work stream(String url) {
    Request request = request(url, true);
    return () -> stream(request);
  }

  static long stream(Request request) throws IOException {
    try (Response response = CLIENT.newCall(request).execute()) {
      return Work.drain(body(response).byteStream(), BUFFERS.get());
    }
  }

  static InputStream body(String url) throws IOException {
    return body(CLIENT.newCall(request(url, true)).execute()).byteStream();
  }

  private static ResponseBody body(Response response) {
    return Objects.requireNonNull(response.body(), "body");
  }

  private static Request request(String url, boolean stream) {
    return request(url, Payload.request(stream)).build();
  }

  static Request.Builder request(String url, String body) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer sk-bench")
        .post(RequestBody.create(body, MediaType.get("application/json")));
  }
}
