// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.headgate.gateway.Attempts;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.api.Test;

class ClassicCallTest extends ClassicFixture {

  @Test
  void aCallGoesThroughTheGatewayAndItsAnswerPastTheTaps() throws Exception {
    try (LocalServer server = LocalServer.saying("{\"a\":1}")) {
      HttpClientContext context = HttpClientContext.create();
      try (CloseableHttpResponse response =
          client.execute(post(server.url("/v1/x?q=%7C"), "{}"), context)) {
        assertThat(response.getCode()).isEqualTo(200);
        assertThat(response.getReasonPhrase()).isEqualTo("OK");
        assertThat(response.getEntity().getContentLength()).isEqualTo(7);
        assertThat(response.getEntity().getContentType()).isEqualTo("application/json");
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("{\"a\":1}");
      }
      GatewayRequest seen = door.requests.get(0);
      assertThat(seen.uri()).hasToString(server.url("/v1/x?q=%7C"));
      assertThat(seen.body().text()).isEqualTo("{}");
      assertThat(seen.headers().first("content-type")).startsWith("application/json");
      assertThat(door.heard.get(0).text()).isEqualTo("{\"a\":1}");
      assertThat(door.heard.get(0).ending).isEqualTo("end");
      assertThat(context.getResponse().getCode()).isEqualTo(200);
      assertThat(server.asked.get(0).headers().getFirst("Content-Length")).isEqualTo("2");
      assertThat(server.asked.get(0).headers().get("Content-Type")).hasSize(1);
      assertNothingLeased();
      assertThat(pool.getTotalStats().getAvailable()).isEqualTo(1);
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void aResponseHandlerGetsItsAnswerAndTheClientsOwnException() throws Exception {
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) ->
                LocalServer.say(exchange, asked.path().equals("/no") ? 404 : 200, "yes"))) {
      var handler = new BasicHttpClientResponseHandler();
      assertThat(client.execute(new HttpGet(server.url("/")), handler)).isEqualTo("yes");
      assertThatThrownBy(() -> client.execute(new HttpGet(server.url("/no")), handler))
          .isInstanceOf(org.apache.hc.client5.http.HttpResponseException.class);
      assertNothingLeased();
    }
  }

  @Test
  void nothingIsSeenUnderTheMarkOrOfAnotherHost() throws Exception {
    try (LocalServer server = LocalServer.saying("x")) {
      boolean entered = io.headgate.gateway.Ingress.enter();
      try {
        client.execute(new HttpGet(server.url("/"))).close();
      } finally {
        io.headgate.gateway.Ingress.leave(entered);
      }
      door.handles = false;
      client.execute(new HttpGet(server.url("/"))).close();
      assertThat(door.requests).isEmpty();
      assertThat(server.asked).hasSize(2);
    }
  }

  @Test
  void gzipIsUndoneBeforeAnybodyLooks() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("plain".getBytes(StandardCharsets.UTF_8));
    }
    try (LocalServer server =
            new LocalServer(
                (exchange, asked) -> {
                  exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                  exchange.sendResponseHeaders(200, packed.size());
                  exchange.getResponseBody().write(packed.toByteArray());
                });
        CloseableHttpResponse response = client.execute(new HttpGet(server.url("/")))) {
      assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("plain");
      assertThat(response.containsHeader("Content-Encoding")).isFalse();
      assertThat(door.heard.get(0).text()).isEqualTo("plain");
    }
  }

  @Test
  void anAnswerWithoutABodyEndsAtOnce() throws Exception {
    try (LocalServer server = LocalServer.saying("");
        CloseableHttpResponse response = client.execute(new HttpHead(server.url("/")))) {
      assertThat(response.getEntity()).isNull();
      assertThat(door.heard.get(0).ending).isEqualTo("end");
      assertNothingLeased();
    }
  }

  @Test
  void whatAParserLeavesUnreadIsReadWhenItCloses() throws Exception {
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) -> {
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("{} ".getBytes(StandardCharsets.UTF_8));
            })) {
      try (CloseableHttpResponse response = client.execute(new HttpGet(server.url("/")))) {
        assertThat(response.getEntity().getContent().readNBytes(2)).hasSize(2);
      }
      assertThat(door.heard.get(0).ending).isEqualTo("end");
      assertThat(pool.getTotalStats().getAvailable()).isEqualTo(1);
    }
  }

  @Test
  void closingAStreamClosesTheConnection() throws Exception {
    LocalServer[] self = new LocalServer[1];
    try (LocalServer server =
        new LocalServer((exchange, asked) -> self[0].streamUntilGone(exchange))) {
      self[0] = server;
      try (CloseableHttpResponse response = client.execute(new HttpGet(server.url("/")))) {
        assertThat(response.getEntity().getContent().read()).isEqualTo('d');
      }
      await(server.stopped);
      assertThat(door.heard.get(0).ending).isEqualTo("stopped");
      assertNothingLeased();
    }
  }

  @Test
  void aBodyThatCanBeReadOnceIsReadOnceAndSentAsItIs() throws Exception {
    try (LocalServer server = LocalServer.saying("x")) {
      HttpPost post = new HttpPost(server.url("/"));
      post.setEntity(
          new InputStreamEntity(
              new ByteArrayInputStream("{\"b\":2}".getBytes(StandardCharsets.UTF_8)),
              ContentType.APPLICATION_JSON));
      client.execute(post).close();
      assertThat(door.requests.get(0).body().text()).isEqualTo("{\"b\":2}");
      assertThat(server.asked.get(0).text()).isEqualTo("{\"b\":2}");
      assertThat(server.asked.get(0).headers().getFirst("Transfer-Encoding")).isEqualTo("chunked");
    }
  }

  @Test
  void aBodyThatIsTooLargeFlowsPastTheGateway() throws Exception {
    byte[] large = new byte[(int) RequestBody.CAPTURE_LIMIT + 10];
    try (LocalServer server = LocalServer.saying("x")) {
      HttpPost post = new HttpPost(server.url("/"));
      post.setEntity(
          new InputStreamEntity(new ByteArrayInputStream(large), ContentType.APPLICATION_JSON));
      client.execute(post).close();
      assertThat(door.requests.get(0).body().opaque()).isTrue();
      assertThat(server.asked.get(0).body()).isEqualTo(large);
    }
  }

  @Test
  void anotherHostGetsTheRequestWithItsOwnKeyOnly() throws Exception {
    try (LocalServer here = LocalServer.saying("here");
        LocalServer there = LocalServer.saying("there");
        CloseableHttpClient keyed =
            client(
                builder ->
                    builder.addRequestInterceptorLast(
                        (request, entity, context) -> {
                          request.setHeader("Authorization", "Bearer sk-app-2");
                          request.setHeader("X-Api-Key", "sk-app-3");
                          request.setHeader("X-Trace", "7");
                        }))) {
      door.plan =
          (request, upstream) ->
              upstream.send(
                  request
                      .withUri(moved(request.uri(), there))
                      .withHeaders(request.headers().with("Authorization", "Bearer sk-other"))
                      .withBody(RequestBody.of("{\"c\":3}".getBytes(StandardCharsets.UTF_8))));
      HttpClientContext context = HttpClientContext.create();
      try (CloseableHttpResponse response = keyed.execute(post(here.url("/v1/y"), "{}"), context)) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("there");
      }
      assertThat(here.asked).isEmpty();
      LocalServer.Asked sent = there.asked.get(0);
      assertThat(sent.text()).isEqualTo("{\"c\":3}");
      assertThat(sent.headers().get("Authorization")).containsExactly("Bearer sk-other");
      assertThat(sent.headers().get("X-Api-Key")).isNull();
      assertThat(sent.headers().getFirst("X-Trace")).isEqualTo("7");
      assertThat(sent.headers().getFirst("Host")).isEqualTo("localhost:" + there.port());
      assertThat(context.getRequest().getUri()).isEqualTo(URI.create(here.url("/v1/y")));
      assertThat(context.getRequest().getHeader("Authorization").getValue())
          .isEqualTo("Bearer sk-app");
      assertThat(context.getResponse().getCode()).isEqualTo(200);
      assertThat(context.getProtocolVersion()).isEqualTo(HttpVersion.HTTP_1_1);
      assertNothingLeased();
    }
  }

  @Test
  void theAppsContextTellsOfACallThatNobodyWasAsked() throws Exception {
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) -> {
              if (asked.path().equals("/away")) {
                exchange.getResponseHeaders().set("Location", "/here");
                exchange.sendResponseHeaders(302, -1);
              } else {
                LocalServer.say(exchange, 200, "own");
              }
            })) {
      HttpClientContext context = HttpClientContext.create();
      client.execute(new HttpGet(server.url("/away")), context).close();
      assertThat(context.getRedirectLocations().getAll()).hasSize(1);

      door.plan =
          (request, upstream) -> CompletableFuture.completedFuture(made(429, "{\"error\":1}"));
      HttpPost refused = post("http://api.example.test/v1/x", "{}");
      client.execute(refused, context).close();
      assertThat(context.getRequest()).isSameAs(refused);
      assertThat(context.getResponse().getCode()).isEqualTo(429);
      assertThat(context.getRedirectLocations().getAll()).isEmpty();
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void aChangedRequestIsNotLedElsewhereByTheServer() throws Exception {
    try (LocalServer there = LocalServer.saying("there");
        LocalServer here =
            new LocalServer(
                (exchange, asked) -> {
                  exchange.getResponseHeaders().set("Location", there.url("/stolen"));
                  LocalServer.say(exchange, 307, "go");
                })) {
      door.plan =
          (request, upstream) ->
              upstream.send(request.withHeaders(request.headers().with("X-Ours", "1")));
      try (CloseableHttpResponse response = client.execute(post(here.url("/"), "{}"))) {
        assertThat(response.getCode()).isEqualTo(307);
      }
      assertThat(there.asked).isEmpty();
      door.plan = (request, upstream) -> upstream.send(request);
      try (CloseableHttpResponse response = client.execute(post(here.url("/"), "{}"))) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("there");
      }
    }
  }

  @Test
  void aChangedRequestFollowsTheServerWithinItsOrigin() throws Exception {
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) -> {
              if (asked.path().equals("/1")) {
                exchange.getResponseHeaders().set("Location", "/2");
                LocalServer.say(exchange, 307, "go");
              } else {
                LocalServer.say(exchange, 200, "two");
              }
            })) {
      door.plan =
          (request, upstream) ->
              upstream.send(request.withHeaders(request.headers().with("X-Ours", "1")));
      try (CloseableHttpResponse response = client.execute(post(server.url("/1"), "{}"))) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("two");
      }
      assertThat(server.asked.get(1).text()).isEqualTo("{}");
      assertThat(server.asked.get(1).headers().getFirst("X-Ours")).isEqualTo("1");
      HttpPost staying = post(server.url("/1"), "{}");
      staying.setConfig(RequestConfig.custom().setRedirectsEnabled(false).build());
      try (CloseableHttpResponse response = client.execute(staying)) {
        assertThat(response.getCode()).isEqualTo(307);
      }
      assertNothingLeased();
    }
  }

  @Test
  void aChangedRequestKeepsTheAppsTimeLimits() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (LocalServer server = new LocalServer((exchange, asked) -> await(done))) {
      door.plan =
          (request, upstream) ->
              upstream.send(request.withHeaders(request.headers().with("X-Ours", "1")));
      HttpPost post = post(server.url("/"), "{}");
      post.setConfig(
          RequestConfig.custom()
              .setResponseTimeout(org.apache.hc.core5.util.Timeout.ofMilliseconds(50))
              .build());
      assertThatThrownBy(() -> client.execute(post))
          .isInstanceOf(java.net.SocketTimeoutException.class);
      done.countDown();
      assertNothingLeased();
    }
  }

  @Test
  void anAnswerThatNobodySentIsTheClientsOwnType() throws Exception {
    door.plan =
        (request, upstream) ->
            CompletableFuture.completedFuture(made(429, "{}", "X-Y", "z", "Content-Length", "2"));
    try (CloseableHttpResponse response = client.execute(post("http://127.0.0.1:1/", "{}"))) {
      assertThat(response.getCode()).isEqualTo(429);
      assertThat(response.getFirstHeader("x-y").getValue()).isEqualTo("z");
      assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("{}");
    }
    assertThat(door.heard.get(0).ending).isEqualTo("end");
  }

  @Test
  void theClientsExceptionIsTheAppsAndNoFault() throws Exception {
    assertThatThrownBy(() -> client.execute(post("http://127.0.0.1:1/", "{}")))
        .isInstanceOf(ConnectException.class);
    assertThat(door.faults).isEmpty();
    assertNothingLeased();
  }

  @Test
  void aFaultBeforeAnythingWasSentLeavesTheCallAsItWas() throws Exception {
    try (LocalServer server = LocalServer.saying("x")) {
      door.plan =
          (request, upstream) -> {
            throw new IllegalStateException("ours");
          };
      try (CloseableHttpResponse response = client.execute(post(server.url("/"), "{}"))) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("x");
      }
      assertThat(door.faults).hasSize(1);
      assertThat(server.asked.get(0).text()).isEqualTo("{}");
    }
  }

  @Test
  void theSecondAttemptIsTheAnswerAndTheFirstKeepsNoConnection() throws Exception {
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) ->
                LocalServer.say(
                    exchange, asked.headers().containsKey("X-Again") ? 200 : 500, "x"))) {
      door.plan =
          (request, upstream) -> {
            Attempts attempts = upstream.attempts();
            return attempts
                .send(request, new Control(0))
                .thenCompose(
                    first -> {
                      first.abandon();
                      return attempts.send(
                          request.withHeaders(request.headers().with("X-Again", "1")),
                          new Control(0));
                    });
          };
      try (CloseableHttpResponse response = client.execute(post(server.url("/"), "{}"))) {
        assertThat(response.getCode()).isEqualTo(200);
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("x");
      }
      assertThat(server.asked).hasSize(2);
      assertNothingLeased();
    }
  }

  @Test
  void theClientRepeatsAsItDoesWithoutUsAndThatIsOneCall() throws Exception {
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) -> {
              if (asked.path().equals("/1")) {
                exchange.getResponseHeaders().set("Location", "/2");
                LocalServer.say(exchange, 307, "");
              } else {
                LocalServer.say(exchange, 200, "two");
              }
            })) {
      try (CloseableHttpResponse response = client.execute(post(server.url("/1"), "{}"))) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("two");
      }
      assertThat(server.asked).hasSize(2);
      assertThat(door.requests).hasSize(1);
      assertThat(door.heard).hasSize(1);
    }
  }

  @Test
  void anAbortIsWhatItIsWithoutUs() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) -> {
              there.countDown();
              await(done);
            })) {
      HttpPost post = post(server.url("/"), "{}");
      FutureTask<Object> task = new FutureTask<>(() -> client.execute(post));
      new Thread(task).start();
      await(there);
      post.abort();
      assertThatThrownBy(task::get)
          .cause()
          .isInstanceOf(RequestFailedException.class)
          .hasMessage("Request aborted");
      done.countDown();
      assertNothingLeased();
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void anAbortWhileWeWaitEndsTheWait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    door.plan =
        (request, upstream) -> {
          waiting.countDown();
          return upstream
              .attempts()
              .<Void>pause(java.util.concurrent.TimeUnit.HOURS.toNanos(1))
              .thenCompose(nothing -> upstream.send(request));
        };
    HttpPost post = post("http://127.0.0.1:1/", "{}");
    FutureTask<Object> task = new FutureTask<>(() -> client.execute(post));
    new Thread(task).start();
    await(waiting);
    post.abort();
    assertThatThrownBy(task::get).cause().isInstanceOf(RequestFailedException.class);
  }

  @Test
  void anAbortInAStreamThrowsTheReaderOut() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch first = new CountDownLatch(1);
    try (LocalServer server = new LocalServer((exchange, asked) -> halfway(exchange, done))) {
      HttpPost post = post(server.url("/"), "{}");
      FutureTask<Object> task =
          new FutureTask<>(
              () -> {
                try (CloseableHttpResponse response = client.execute(post)) {
                  InputStream body = response.getEntity().getContent();
                  body.read();
                  first.countDown();
                  return body.readAllBytes();
                }
              });
      new Thread(task).start();
      await(first);
      post.abort();
      assertThatThrownBy(task::get).cause().isInstanceOf(IOException.class);
      done.countDown();
      assertNothingLeased();
    }
  }

  private static void halfway(HttpExchange exchange, CountDownLatch done) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("d".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    await(done);
  }

  @Test
  void aSharedAnswerOutlivesTheAppsAbort() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<String> others = new CompletableFuture<>();
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) -> {
              there.countDown();
              await(done);
              LocalServer.say(exchange, 200, "late");
            })) {
      door.plan =
          (request, upstream) -> {
            Control control = new Control(0);
            control.allowSharing();
            var stage = upstream.attempts().send(request, control);
            control.share();
            var unused =
                stage
                    .thenCompose(response -> response.content().next())
                    .thenAccept(
                        chunk -> others.complete(StandardCharsets.UTF_8.decode(chunk).toString()));
            return upstream.attempts().await(stage);
          };
      HttpPost post = post(server.url("/"), "{}");
      FutureTask<Object> task = new FutureTask<>(() -> client.execute(post));
      new Thread(task).start();
      await(there);
      post.abort();
      assertThatThrownBy(task::get).cause().isInstanceOf(RequestFailedException.class);
      done.countDown();
      assertThat(others.get(20, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("late");
    }
  }

  @Test
  void aSymbolThatIsMissingTurnsTheAdapterOff() throws Exception {
    try (LocalServer server = LocalServer.saying("x")) {
      NoSuchMethodError missing = new NoSuchMethodError("x");
      missing.setStackTrace(
          new StackTraceElement[] {
            new StackTraceElement("io.headgate.adapter.apache5.ClassicCall", "x", "x", 1)
          });
      Apache5Adapter.fault(missing);
      client.execute(new HttpGet(server.url("/"))).close();
      assertThat(door.requests).isEmpty();
      assertThat(door.faults).hasSize(1);
    }
  }
}
