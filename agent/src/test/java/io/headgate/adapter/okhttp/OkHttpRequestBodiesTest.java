// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;

class OkHttpRequestBodiesTest extends OkHttpFixture {

  private static final String TEXT = AppBody.TEXT;

  private Loopback.Received send(RequestBody body) throws IOException {
    try (Loopback host = Loopback.answering("{}")) {
      Request request = new Request.Builder().url(host.url("/")).post(body).build();
      try (Response response = client.newCall(request).execute()) {
        assertThat(response.body().string()).isEqualTo("{}");
        assertThat(response.request()).isSameAs(request);
      }
      return host.only();
    }
  }

  @Test
  void oneShotBodyIsWrittenOnceAndSeen() throws Exception {
    AppBody body = new AppBody(JSON, TEXT.length(), true);
    Loopback.Received received = send(body);
    assertThat(received.text()).isEqualTo(TEXT);
    assertThat(received.headers().getFirst("Content-Length")).isEqualTo("13");
    assertThat(received.headers().getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(body.written).hasValue(1);
    assertThat(door.requests.get(0).body().text()).isEqualTo(TEXT);
  }

  @Test
  void bodyOfUnknownLengthFlowsPastUs() throws Exception {
    for (boolean oneShot : new boolean[] {true, false}) {
      AppBody body = new AppBody(JSON, -1, oneShot);
      Loopback.Received received = send(body);
      assertThat(received.text()).isEqualTo(TEXT);
      assertThat(received.headers().getFirst("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(body.written).hasValue(1);
    }
    assertThat(door.requests).hasSize(2).allMatch(request -> request.body().opaque());
  }

  @Test
  void otherMediaTypesAndUnstoppableUploadsAreNotRead() throws Exception {
    AppBody text = new AppBody(MediaType.get("text/plain"), TEXT.length(), true);
    AppBody upload = new AppBody(MediaType.get("multipart/form-data; boundary=b"), -1, true);
    assertThat(send(text).text()).isEqualTo(TEXT);
    assertThat(send(upload).text()).isEqualTo(TEXT);
    assertThat(text.written).hasValue(1);
    assertThat(upload.written).hasValue(1);
    assertThat(door.requests).hasSize(2).allMatch(request -> request.body().opaque());
  }

  @Test
  void multipartFormIsSeenAsSent() throws Exception {
    RequestBody form =
        new MultipartBody.Builder("b")
            .setType(MultipartBody.FORM)
            .addFormDataPart("model", "m")
            .build();
    Loopback.Received received = send(form);
    assertThat(door.requests.get(0).body().bytes()).isEqualTo(received.body());
    assertThat(door.requests.get(0).headers().first("content-type")).contains("boundary=b");
  }

  @Test
  void bodyBeyondTheLimitGoesOutUnseen() throws Exception {
    byte[] chunk = "0123456789abcdef".repeat(4096).getBytes(StandardCharsets.UTF_8);
    int chunks = (int) (io.headgate.gateway.RequestBody.CAPTURE_LIMIT / chunk.length) + 1;
    Loopback.Received received =
        send(
            new AppBody(JSON, (long) chunk.length * chunks, false) {
              @Override
              public void writeTo(BufferedSink sink) throws IOException {
                for (int i = 0; i < chunks; i++) {
                  sink.write(chunk);
                }
              }
            });
    assertThat(received.body()).hasSize(chunk.length * chunks);
    assertThat(door.requests.get(0).body().opaque()).isTrue();
  }

  @Test
  void whatABodyThrowsReachesTheAppAsItWas() throws Exception {
    for (boolean oneShot : new boolean[] {true, false}) {
      IOException failure = new IOException("disk gone");
      AppBody body =
          new AppBody(JSON, TEXT.length(), oneShot) {
            @Override
            public void writeTo(BufferedSink sink) throws IOException {
              super.writeTo(sink);
              throw failure;
            }
          };
      assertThat(catchThrowable(() -> send(body))).isSameAs(failure);
    }
    assertThat(door.faults).isEmpty();
  }

  @Test
  void changedBodyIsFramedAnew() throws Exception {
    door.behaviour =
        (request, upstream) ->
            upstream.send(
                new io.headgate.gateway.GatewayRequest(
                    request.method(),
                    request.uri(),
                    request.headers().with("X-Added", "1"),
                    io.headgate.gateway.RequestBody.of("{}".getBytes(StandardCharsets.UTF_8))));
    Loopback.Received received = send(RequestBody.create(JSON, TEXT));
    assertThat(received.text()).isEqualTo("{}");
    assertThat(received.headers().getFirst("Content-Length")).isEqualTo("2");
    assertThat(received.headers().get("Content-Type"))
        .containsExactly("application/json; charset=utf-8");
    assertThat(received.headers().getFirst("X-Added")).isEqualTo("1");
  }

  @Test
  void oneShotBodyIsStillThereWhenTheGatewayFails() throws Exception {
    door.behaviour = (request, upstream) -> CompletableFuture.failedFuture(new Error("test"));
    AppBody body = new AppBody(JSON, TEXT.length(), true);
    assertThat(send(body).text()).isEqualTo(TEXT);
    assertThat(body.written).hasValue(1);
  }
}
