// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.TransformedSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the app makes of an answer that is pulled. */
class OkHttpDeliveryTest extends AttemptsFixture {

  private static final String TEXT = "{\"answer\":\"x\"}";

  /** Looks at no more than a chunk. */
  private static final class Glance implements Content.Look {
    boolean atEnd;

    @Override
    public boolean seen(ByteBuffer chunk) {
      return true;
    }

    @Override
    public void end() {
      atEnd = true;
    }
  }

  enum Way {
    STRING(response -> response.body().string()),
    BYTES(response -> utf8(response.body().bytes())),
    STREAM(response -> utf8(response.body().byteStream().readAllBytes())),
    READER(
        response -> {
          StringWriter all = new StringWriter();
          response.body().charStream().transferTo(all);
          return all.toString();
        }),
    ASKING(
        response -> {
          BufferedSource source = response.body().source();
          assertThat(source.request(TEXT.length())).isTrue();
          assertThat(source.request(TEXT.length() + 1)).isFalse();
          return source.readUtf8();
        }),
    PEEKING(
        response -> {
          BufferedSource source = response.body().source();
          assertThat(source.peek().readUtf8()).isEqualTo(TEXT);
          assertThat(response.peekBody(5).string()).isEqualTo(TEXT.substring(0, 5));
          return source.readUtf8();
        }),
    BYTE_BY_BYTE(
        response -> {
          StringBuilder all = new StringBuilder();
          BufferedSource source = response.body().source();
          while (!source.exhausted()) {
            all.append((char) source.readByte());
          }
          return all.toString();
        }),
    BY_LENGTH(response -> response.body().source().readUtf8(TEXT.length()));

    final AttemptsFixture.Reading<String> reading;

    Way(AttemptsFixture.Reading<String> reading) {
      this.reading = reading;
    }

    private static String utf8(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWayOfReadingWorks(Way way) throws Throwable {
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host = Loopback.answering(TEXT)) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      assertThat(AttemptsFixture.<String>call(call, false, way.reading)).isEqualTo(TEXT);
    }
    assertThat(door.tap().text()).isEqualTo(TEXT);
    assertThat(door.tap().endings).containsExactly("end");
    assertNoConnectionInUse(client);
  }

  @ParameterizedTest
  @EnumSource
  void everyWayOfReadingWorksForAnAnswerOfOurOwn(Way way) throws Throwable {
    plan((request, attempts) -> made(200, TEXT));
    Call call = client.newCall(post("http://127.0.0.1:1/", "{}"));
    assertThat(AttemptsFixture.<String>call(call, false, way.reading)).isEqualTo(TEXT);
  }

  @Test
  void largeAnswerThatWasLookedAtArrivesWhole() throws Throwable {
    byte[] big = new byte[3_000_000];
    new Random(7).nextBytes(big);
    plan(
        (request, attempts) -> {
          GatewayResponse response = send(attempts, request);
          Content content = Objects.requireNonNull(response.content());
          Glance glance = new Glance();
          assertThat(done(content.hold(glance, 100_000))).isFalse();
          assertThat(glance.atEnd).isFalse();
          return response;
        });
    try (Loopback host =
            new Loopback(
                (exchange, request) -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write(big);
                });
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.body().contentLength()).isEqualTo(-1);
      assertThat(response.body().bytes()).isEqualTo(big);
    }
    assertThat(door.tap().bytes()).isEqualTo(big);
    assertThat(door.tap().endings).containsExactly("end");
    assertNoConnectionInUse(client);
  }

  @Test
  void eventReachesTheAppBeforeTheNextIsSent() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host =
            new Loopback(
                (exchange, request) -> {
                  exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
                  exchange.getResponseBody().flush();
                  await(read);
                  exchange.getResponseBody().write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
                });
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.body().contentType()).hasToString("text/event-stream");
      BufferedSource source = response.body().source();
      assertThat(source.readUtf8LineStrict()).isEqualTo("data: 1");
      assertThat(door.tap().text()).isEqualTo("data: 1\n\n");
      assertThat(door.tap().endings).isEmpty();
      read.countDown();
      assertThat(source.readUtf8()).isEqualTo("\ndata: 2\n\n");
    }
    assertThat(door.tap().endings).containsExactly("end");
  }

  @Test
  void streamThatTheAppClosesEndsUpstream() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
              exchange.sendResponseHeaders(200, 0);
              try {
                while (true) {
                  exchange.getResponseBody().write("data: 1\n\n".repeat(1000).getBytes("UTF-8"));
                }
              } finally {
                gone.countDown();
              }
            })) {
      Response response = client.newCall(post(host.url("/"), "{}")).execute();
      assertThat(response.body().source().readUtf8LineStrict()).isEqualTo("data: 1");
      response.close();
      await(gone);
      assertThat(catchThrowable(() -> response.body().source().readByte()))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(door.tap().endings).containsExactly("stopped");
    assertThat(client.connectionPool().connectionCount()).isZero();
  }

  @Test
  void streamReadToItsLastEventLeavesItsConnectionToTheNextCall() throws Exception {
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host = events("data: [DONE]\n\n")) {
      for (int i = 0; i < 2; i++) {
        try (Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
          assertThat(response.body().source().readUtf8(14)).isEqualTo("data: [DONE]\n\n");
        }
      }
      assertThat(client.connectionPool().idleConnectionCount()).isEqualTo(1);
    }
  }

  @Test
  void streamThatTheAppNeverSawIsCutAtOnce() throws Exception {
    List<Call> calls = new ArrayList<>();
    OkHttpClient noting =
        through(
            new OkHttpClient.Builder()
                .addNetworkInterceptor(
                    chain -> {
                      calls.add(chain.call());
                      return chain.proceed(chain.request());
                    }));
    plan(
        (request, attempts) -> {
          send(attempts, request).abandon();
          return send(attempts, request);
        });
    try (Loopback host = events("data: 1\n\n")) {
      noting.newCall(post(host.url("/"), "{}")).execute().close();
      assertThat(calls).extracting(Call::isCanceled).containsExactly(true, false);
    } finally {
      noting.connectionPool().evictAll();
    }
  }

  private static Loopback events(String text) throws IOException {
    return new Loopback(
        (exchange, request) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        });
  }

  @Test
  void answerOfOurOwnLooksLikeAnyOther() throws Exception {
    plan(
        (request, attempts) ->
            made(429, "{\"error\":1}", "Content-Type", "application/json", "X-A", "ä", "X-A", "b"));
    Request request = post("https://127.0.0.1:1/", "{}");
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(429);
      assertThat(response.message()).isEqualTo("Too Many Requests");
      assertThat(response.protocol()).isEqualTo(Protocol.HTTP_1_1);
      assertThat(response.request()).isSameAs(request);
      assertThat(response.networkResponse()).isNull();
      assertThat(response.headers("x-a")).containsExactly("ä", "b");
      assertThat(response.sentRequestAtMillis()).isPositive();
      assertThat(response.body().contentType()).isEqualTo(JSON);
      assertThat(response.body().contentLength()).isEqualTo(-1);
      assertThat(response.body().string()).isEqualTo("{\"error\":1}");
    }
    assertThat(door.faults).isEmpty();
  }

  @Test
  void declaredLengthIsTheBodysOwn() throws Exception {
    for (String[] declared : new String[][] {{" 2 ", "2"}, {"many", "-1"}}) {
      plan((request, attempts) -> made(200, "{}", "Content-Length", declared[0]));
      try (Response response = client.newCall(get("http://127.0.0.1:1/")).execute()) {
        assertThat(response.body().contentLength()).hasToString(declared[1]);
        assertThat(response.body().string()).isEqualTo("{}");
      }
    }
  }

  @Test
  void changedAnswerKeepsWhatItsConnectionTells() throws Exception {
    ContentTransform twice =
        new ContentTransform() {
          @Override
          public ByteBuffer apply(ByteBuffer chunk) {
            String text = StandardCharsets.UTF_8.decode(chunk).toString();
            return StandardCharsets.UTF_8.encode(text + text);
          }

          @Override
          public ByteBuffer finish() {
            return StandardCharsets.UTF_8.encode("!");
          }
        };
    plan(
        (request, attempts) -> {
          GatewayResponse response = send(attempts, request);
          Headers headers = response.headers().with("x-request-id", "r-2").with("x-new", "n");
          return GatewayResponse.of(
              200,
              headers.without(name -> name.equals("x-gone")),
              response.protocol(),
              new Content(
                  new TransformedSource(
                      Objects.requireNonNull(response.content()),
                      twice,
                      fault -> {
                        throw new AssertionError(fault);
                      }),
                  Ingress.newBody()));
        });
    try (Loopback host =
            new Loopback(
                (exchange, request) -> {
                  exchange.getResponseHeaders().set("X-Request-Id", "r-1");
                  exchange.getResponseHeaders().set("X-Gone", "g");
                  exchange.getResponseHeaders().set("X-Stays", "s");
                  Loopback.respond(exchange, 200, "ab");
                });
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.networkResponse()).isNotNull();
      assertThat(response.header("X-Request-Id")).isEqualTo("r-2");
      assertThat(response.header("X-New")).isEqualTo("n");
      assertThat(response.header("X-Stays")).isEqualTo("s");
      assertThat(response.header("X-Gone")).isNull();
      assertThat(response.body().contentLength()).isEqualTo(-1);
      assertThat(response.body().string()).isEqualTo("abab!");
    }
    assertThat(door.tap().text()).isEqualTo("ab");
    assertThat(door.tap().endings).containsExactly("end");
    assertNoConnectionInUse(client);
  }

  @Test
  void transparentGzipIsUndoneBeforeAnybodyLooks() throws Exception {
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host =
            new Loopback(
                (exchange, request) -> {
                  ByteArrayOutputStream zipped = new ByteArrayOutputStream();
                  try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
                    out.write(TEXT.getBytes(StandardCharsets.UTF_8));
                  }
                  exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                  exchange.sendResponseHeaders(200, zipped.size());
                  exchange.getResponseBody().write(zipped.toByteArray());
                });
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.header("Content-Encoding")).isNull();
      assertThat(response.body().contentLength()).isEqualTo(-1);
      assertThat(response.body().string()).isEqualTo(TEXT);
    }
    assertThat(door.tap().text()).isEqualTo(TEXT);
  }

  @Test
  void answersWithoutABodyEndAtOnce() throws Exception {
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.getResponseHeaders().set("Content-Length", "12");
              exchange.sendResponseHeaders(request.method().equals("HEAD") ? 200 : 204, -1);
            })) {
      Request head = new Request.Builder().url(host.url("/")).head().build();
      Response plain = new OkHttpClient().newCall(head).execute();
      Response response = client.newCall(head).execute();
      assertThat(response.header("Content-Length")).isEqualTo(plain.header("Content-Length"));
      assertThat(response.body().contentLength()).isEqualTo(plain.body().contentLength());
      assertThat(response.body().source().exhausted()).isTrue();
    }
    try (Loopback host = new Loopback((exchange, request) -> Loopback.respond(exchange, 204, ""))) {
      assertThat(client.newCall(get(host.url("/"))).execute().body().string()).isEmpty();
    }
    assertThat(door.taps).hasSize(2).allMatch(tap -> tap.endings.toString().equals("[end]"));
    assertNoConnectionInUse(client);
  }

  @Test
  void contentThatCannotGoOnFailsTheReadAndIsReported() throws Exception {
    plan(
        (request, attempts) -> {
          GatewayResponse response = send(attempts, request);
          return GatewayResponse.of(
              200,
              response.headers(),
              response.protocol(),
              new Content(
                  new ContentSource() {
                    @Override
                    public CompletionStage<ByteBuffer> next() {
                      throw new IllegalStateException("test");
                    }

                    @Override
                    public void close() {
                      Objects.requireNonNull(response.content()).close();
                    }
                  },
                  Ingress.newBody()));
        });
    try (Loopback host = Loopback.answering(TEXT);
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(catchThrowable(() -> response.body().string())).isInstanceOf(IOException.class);
    }
    assertThat(door.faults).hasSize(1);
    assertNoConnectionInUse(client);
  }
}
