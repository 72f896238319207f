// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Ingress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;

class OkHttpCallsTest extends OkHttpFixture {

  @Test
  void answerIsTheSameAndItsBytesAreSeen() throws Exception {
    byte[] big = new byte[300_000];
    new Random(7).nextBytes(big);
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.getResponseHeaders().set("X-Request-Id", "r-1");
              exchange.sendResponseHeaders(201, big.length);
              exchange.getResponseBody().write(big);
            })) {
      Request request = post(host.url("/v1/chat?x=%41%2B"), "{\"model\":\"m\"}");
      try (Response response = client.newCall(request).execute()) {
        assertThat(response.code()).isEqualTo(201);
        assertThat(response.header("x-request-id")).isEqualTo("r-1");
        assertThat(response.request()).isSameAs(request);
        assertThat(response.networkResponse()).isNotNull();
        assertThat(response.body().contentLength()).isEqualTo(big.length);
        assertThat(response.body().bytes()).isEqualTo(big);
      }
      assertThat(host.only().rawUri()).isEqualTo("/v1/chat?x=%41%2B");
      assertThat(host.only().text()).isEqualTo("{\"model\":\"m\"}");
    }
    assertThat(door.requests).hasSize(1);
    assertThat(door.requests.get(0).uri().getRawQuery()).isEqualTo("x=%41%2B");
    assertThat(door.requests.get(0).body().text()).isEqualTo("{\"model\":\"m\"}");
    assertThat(door.requests.get(0).headers().first("content-type")).startsWith("application/json");
    assertThat(door.responses.get(0).status()).isEqualTo(201);
    assertThat(door.responses.get(0).protocol()).isEqualTo("1.1");
    assertThat(door.tap().bytes()).isEqualTo(big);
    assertThat(door.tap().endings).containsExactly("end");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void urlThatIsNoUriGoesOutAsTheAppWroteIt() throws Exception {
    try (Loopback host = Loopback.answering("{}")) {
      String plain = raw(host.url("/v1/a[1]?q=a|b"));
      Ingress.install(null);
      assertThat(raw(host.url("/v1/a[1]?q=a|b"))).isEqualTo(plain);
    }
    assertThat(door.requests).hasSize(1);
  }

  /** The JDK's server refuses such a request line, with or without us. */
  private String raw(String url) throws Exception {
    try (Response response = client.newCall(get(url)).execute()) {
      return response.code() + " " + response.body().string();
    }
  }

  @Test
  void transparentGzipIsUndoneBeforeTheTap() throws Exception {
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              ByteArrayOutputStream zipped = new ByteArrayOutputStream();
              try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
                out.write("{\"usage\":1}".getBytes(StandardCharsets.UTF_8));
              }
              exchange.getResponseHeaders().set("Content-Encoding", "gzip");
              exchange.sendResponseHeaders(200, zipped.size());
              exchange.getResponseBody().write(zipped.toByteArray());
            })) {
      try (Response response = client.newCall(get(host.url("/"))).execute()) {
        assertThat(response.body().string()).isEqualTo("{\"usage\":1}");
      }
      assertThat(host.only().headers().getFirst("Accept-Encoding")).isEqualTo("gzip");
    }
    assertThat(door.tap().text()).isEqualTo("{\"usage\":1}");
    assertThat(door.responses.get(0).headers().contains("content-encoding")).isFalse();
  }

  @Test
  void eventReachesTheAppBeforeTheNextIsSent() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              if (read.await(20, TimeUnit.SECONDS)) {
                exchange.getResponseBody().write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
              }
            })) {
      try (Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
        BufferedSource source = response.body().source();
        assertThat(source.readUtf8LineStrict()).isEqualTo("data: 1");
        assertThat(door.tap().text()).isEqualTo("data: 1\n\n");
        assertThat(door.tap().endings).isEmpty();
        read.countDown();
        assertThat(source.readUtf8()).isEqualTo("\ndata: 2\n\n");
      }
    }
    assertThat(door.tap().text()).isEqualTo("data: 1\n\ndata: 2\n\n");
    assertThat(door.tap().endings).containsExactly("end");
  }

  @Test
  void bodyOfKnownLengthEndsWithItsLastByte() throws Exception {
    try (Loopback host = Loopback.answering("{\"a\":1}");
        Response response = client.newCall(get(host.url("/"))).execute()) {
      assertThat(response.body().source().readUtf8(7)).isEqualTo("{\"a\":1}");
      assertThat(door.tap().endings).containsExactly("end");
    }
    assertThat(door.tap().endings).containsExactly("end");
  }

  @Test
  void answersWithoutABodyEndAtOnce() throws Exception {
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.getResponseHeaders().set("Content-Length", "12");
              exchange.sendResponseHeaders(request.method().equals("HEAD") ? 200 : 204, -1);
            })) {
      Request head = new Request.Builder().url(host.url("/")).head().build();
      client.newCall(head).execute();
      assertThat(door.tap().endings).containsExactly("end");
    }
    try (Loopback host = new Loopback((exchange, request) -> Loopback.respond(exchange, 204, ""))) {
      client.newCall(get(host.url("/"))).execute();
      assertThat(door.tap().endings).containsExactly("end");
    }
    assertThat(door.taps).hasSize(2);
  }

  @Test
  void answerNobodyLooksAtIsNotWrapped() throws Exception {
    ResponseBody[] plain = new ResponseBody[1];
    door.behaviour = (request, upstream) -> upstream.send(request);
    var noting =
        through(
            new okhttp3.OkHttpClient.Builder()
                .addInterceptor(
                    chain -> {
                      Response response = chain.proceed(chain.request());
                      plain[0] = response.body();
                      return response;
                    }));
    try (Loopback host = Loopback.answering("{}");
        Response response = noting.newCall(get(host.url("/"))).execute()) {
      assertThat(plain[0]).isNotInstanceOf(TappedBody.class);
      assertThat(response.body().string()).isEqualTo("{}");
    }
  }

  @Test
  void callsToOtherHostsAndCallsInsideCallsPassBy() throws Exception {
    try (Loopback host = Loopback.answering("{}")) {
      door.handles = false;
      client.newCall(get(host.url("/"))).execute().close();
      door.handles = true;
      boolean entered = Ingress.enter();
      try {
        client.newCall(get(host.url("/"))).execute().close();
      } finally {
        Ingress.leave(entered);
      }
      Request upgrade = get(host.url("/")).newBuilder().header("Upgrade", "websocket").build();
      client.newCall(upgrade).execute().close();
      assertThat(host.received).hasSize(3);
    }
    assertThat(door.requests).isEmpty();
  }

  @Test
  void hundredCallsAtOnceKeepTheirOwnAnswers() throws Exception {
    ExecutorService apps = Executors.newFixedThreadPool(100);
    try (Loopback host =
        new Loopback((exchange, request) -> Loopback.respond(exchange, 200, request.text()))) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String body = "{\"call\":" + i + "}";
        answers.add(
            apps.submit(
                () -> {
                  try (Response response = client.newCall(post(host.url("/"), body)).execute()) {
                    return response.body().string();
                  }
                }));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("{\"call\":" + i + "}");
      }
      assertThat(host.received).hasSize(100);
    } finally {
      apps.shutdownNow();
    }
    assertThat(door.taps).hasSize(100).allMatch(tap -> tap.endings.equals(List.of("end")));
    assertThat(client.connectionPool().connectionCount())
        .isEqualTo(client.connectionPool().idleConnectionCount());
  }

  @Test
  void bodyClosedEarlyLeavesNoConnectionInUse() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.sendResponseHeaders(200, 0);
              try {
                while (true) {
                  exchange.getResponseBody().write(new byte[10_000]);
                }
              } finally {
                gone.countDown();
              }
            })) {
      try (Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
        response.body().source().readByteArray(100);
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(door.tap().endings).containsExactly("stopped");
    assertThat(client.connectionPool().connectionCount())
        .isEqualTo(client.connectionPool().idleConnectionCount());
  }
}
