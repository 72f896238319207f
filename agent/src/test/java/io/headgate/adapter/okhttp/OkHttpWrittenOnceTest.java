// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the app's body wrote is what goes out; it is not asked to write once more. */
class OkHttpWrittenOnceTest extends OkHttpFixture {

  private static final int LENGTH = AppBody.TEXT.length();

  /** The usual upload: can be written once, and does not say so. */
  private static RequestBody upload() {
    InputStream stream =
        new ByteArrayInputStream(AppBody.TEXT.getBytes(StandardCharsets.ISO_8859_1));
    return new AppBody(JSON, LENGTH, false) {
      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.writeAll(Okio.source(stream));
      }
    };
  }

  private static Request post(Loopback host, RequestBody body) {
    return new Request.Builder().url(host.url("/")).post(body).build();
  }

  @Test
  void uploadFromAStreamArrivesWhole() throws Exception {
    RequestBody form =
        new MultipartBody.Builder("b")
            .setType(MultipartBody.FORM)
            .addFormDataPart("file", "a.json", upload())
            .build();
    for (RequestBody body : new RequestBody[] {upload(), form}) {
      try (Loopback host = Loopback.answering("{}");
          Response response = client.newCall(post(host, body)).execute()) {
        assertThat(response.code()).isEqualTo(200);
        Loopback.Received received = host.only();
        assertThat(received.text()).contains(AppBody.TEXT);
        assertThat(received.headers().getFirst("Content-Length"))
            .isEqualTo(String.valueOf(body.contentLength()));
        assertThat(door.requests.get(door.requests.size() - 1).body().bytes())
            .isEqualTo(received.body());
      }
    }
  }

  @Test
  void repeatableBodyIsWrittenOnceToo() throws Exception {
    AppBody body = new AppBody(JSON, LENGTH, false);
    try (Loopback host = Loopback.answering("{}");
        Response response = client.newCall(post(host, body)).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(host.only().text()).isEqualTo(AppBody.TEXT);
    }
    assertThat(body.written).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void okHttpRepeatsWhatItWouldHaveRepeatedWithoutUs(boolean oneShot) throws Exception {
    int[] count = new int[1];
    try (Loopback host =
            new Loopback(
                (exchange, request) ->
                    Loopback.respond(exchange, count[0]++ == 0 ? 408 : 200, "{}"));
        Response response =
            client.newCall(post(host, new AppBody(JSON, LENGTH, oneShot))).execute()) {
      assertThat(response.code()).isEqualTo(oneShot ? 408 : 200);
      assertThat(host.received)
          .hasSize(oneShot ? 1 : 2)
          .allMatch(request -> request.text().equals(AppBody.TEXT));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void bodyOfAnotherLengthThanDeclaredFailsAsWithoutUs(int copies) throws Exception {
    AppBody body =
        new AppBody(JSON, LENGTH * 2L, false) {
          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            for (int i = 0; i < copies; i++) {
              super.writeTo(sink);
            }
          }
        };
    OkHttpClient bare = new OkHttpClient();
    try (Loopback host = Loopback.answering("{}")) {
      Throwable without = catchThrowable(() -> bare.newCall(post(host, body)).execute());
      int writes = body.written.get();
      Throwable with = catchThrowable(() -> client.newCall(post(host, body)).execute());
      assertThat(with).hasSameClassAs(without).hasMessage(without.getMessage());
      assertThat(body.written).hasValue(2 * writes);
    } finally {
      bare.connectionPool().evictAll();
    }
    assertThat(door.requests.get(0).body().opaque()).isTrue();
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"writeTo", "contentLength", "contentType", "isOneShot"})
  void missingClassOfTheAppIsNotOurFault(String where) throws Exception {
    NoClassDefFoundError missing = new NoClassDefFoundError("com/example/Serializer");
    missing.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("com.example.Body", where, null, 1)});
    AppBody body =
        new AppBody(JSON, LENGTH, false) {
          private void fail(String method) {
            if (method.equals(where)) {
              throw missing;
            }
          }

          @Override
          public okhttp3.MediaType contentType() {
            fail("contentType");
            return super.contentType();
          }

          @Override
          public long contentLength() {
            fail("contentLength");
            return super.contentLength();
          }

          @Override
          public boolean isOneShot() {
            fail("isOneShot");
            return super.isOneShot();
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            fail("writeTo");
            super.writeTo(sink);
          }
        };
    try (Loopback host = Loopback.answering("{}")) {
      Throwable thrown = catchThrowable(() -> client.newCall(post(host, body)).execute().close());
      if (where.equals("isOneShot")) {
        assertThat(thrown).isNull(); // OkHttp asks for that only if it is about to repeat.
      } else {
        assertThat(thrown).isSameAs(missing);
      }
    }
    assertThat(OkHttpAdapter.on()).isTrue();
    assertThat(door.faults).isEmpty();
  }
}
