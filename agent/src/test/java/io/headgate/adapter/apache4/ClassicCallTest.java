// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.apache.http.ConnectionClosedException;
import org.apache.http.ContentTooLongException;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpHead;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.HttpHostConnectException;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.BasicResponseHandler;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHeader;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;

class ClassicCallTest extends Fixture {

  private CloseableHttpClient client(HttpClientBuilder builder) {
    return new Through(builder.setConnectionManager(pool).build());
  }

  private CloseableHttpClient client() {
    return client(HttpClients.custom());
  }

  private void assertReleased() {
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void aCallThatNobodyChangesGoesOutAsTheVeryObjectThatTheAppMade() throws Exception {
    AtomicReference<Object> sent = new AtomicReference<>();
    try (Loopback server = Loopback.answering("hello")) {
      HttpPost post = post(server.url("/v1/x?q=a%2Fb"), JSON);
      CloseableHttpClient client =
          client(
              HttpClients.custom()
                  .addInterceptorLast(
                      (org.apache.http.HttpRequest request,
                          org.apache.http.protocol.HttpContext context) ->
                          sent.set(((HttpRequestWrapper) request).getOriginal())));
      try (CloseableHttpResponse response = client.execute(post)) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("hello");
      }
      assertThat(sent.get()).isSameAs(post);
      assertThat(server.only().rawUri()).isEqualTo("/v1/x?q=a%2Fb");
      assertThat(server.only().text()).isEqualTo(JSON);
      GatewayRequest seen = door.requests.get(0);
      assertThat(seen.uri().toString()).isEqualTo(server.url("/v1/x?q=a%2Fb"));
      assertThat(seen.body().text()).isEqualTo(JSON);
      assertThat(seen.headers().first("content-type")).startsWith("application/json");
      assertThat(door.tap().text()).isEqualTo("hello");
      assertThat(door.tap().endings).containsExactly("end");
      assertThat(door.faults).isEmpty();
      assertReleased();
      assertThat(pool.getTotalStats().getAvailable()).isOne();
    }
  }

  @Test
  void aBodyThatCanBeReadOnceIsSeenAndSentInChunks() throws Exception {
    try (Loopback server = Loopback.answering("ok")) {
      HttpPost post = new HttpPost(server.url("/v1/x"));
      post.setEntity(
          new InputStreamEntity(new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8))));
      EntityUtils.consume(client().execute(post).getEntity());
      assertThat(server.only().headers().getFirst("Transfer-encoding")).isEqualTo("chunked");
      assertThat(server.only().text()).isEqualTo(JSON);
      assertThat(door.requests.get(0).body().text()).isEqualTo(JSON);
    }
  }

  @Test
  void aBodyTooLargeToCaptureIsSentAllTheSame() throws Exception {
    byte[] large = new byte[(int) RequestBody.CAPTURE_LIMIT + 10];
    large[large.length - 1] = 7;
    try (Loopback server = Loopback.answering("ok")) {
      HttpPost known = new HttpPost(server.url("/v1/x"));
      known.setEntity(new ByteArrayEntity(large));
      EntityUtils.consume(client().execute(known).getEntity());
      HttpPost unknown = new HttpPost(server.url("/v1/x"));
      unknown.setEntity(new InputStreamEntity(new ByteArrayInputStream(large)));
      EntityUtils.consume(client().execute(unknown).getEntity());
      assertThat(server.received).hasSize(2);
      assertThat(server.received).allSatisfy(got -> assertThat(got.body()).isEqualTo(large));
      assertThat(door.requests).allSatisfy(seen -> assertThat(seen.body().opaque()).isTrue());
    }
  }

  @Test
  void whatTheAppsBodyThrowsIsThrown() throws Exception {
    IOException broken = new IOException("broken");
    try (Loopback server = Loopback.answering("ok")) {
      HttpPost post = new HttpPost(server.url("/v1/x"));
      post.setEntity(
          new InputStreamEntity(
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw broken;
                }
              }));
      assertThatThrownBy(() -> client().execute(post)).isSameAs(broken);
      assertThat(server.received).isEmpty();
    }
  }

  /** Of unknown length, and written once; as a form with a stream in it. */
  private static AbstractHttpEntity onlyWritten(Callable<InputStream> content) {
    AbstractHttpEntity entity =
        new AbstractHttpEntity() {
          @Override
          public boolean isRepeatable() {
            return false;
          }

          @Override
          public long getContentLength() {
            return -1;
          }

          @Override
          public InputStream getContent() throws IOException {
            try {
              return content.call();
            } catch (IOException | RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(JSON.getBytes(StandardCharsets.UTF_8));
          }

          @Override
          public boolean isStreaming() {
            return true;
          }
        };
    entity.setChunked(true);
    return entity;
  }

  private static final List<Callable<InputStream>> UNREADABLE =
      List.of(
          () -> {
            throw new ContentTooLongException("Content length is unknown");
          },
          () -> {
            throw new UnsupportedOperationException();
          },
          () -> null);

  @Test
  void aBodyThatCanOnlyBeWrittenIsSentUnseen() throws Exception {
    try (Loopback server = Loopback.answering("ok")) {
      for (Callable<InputStream> content : UNREADABLE) {
        HttpPost post = new HttpPost(server.url("/v1/x"));
        post.setEntity(onlyWritten(content));
        EntityUtils.consume(client().execute(post).getEntity());
      }
      assertThat(server.received).hasSize(UNREADABLE.size());
      assertThat(server.received).allSatisfy(got -> assertThat(got.text()).isEqualTo(JSON));
      assertThat(door.requests).allSatisfy(seen -> assertThat(seen.body().opaque()).isTrue());
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void aTargetWithARelativeUriIsFoundAndServed() throws Exception {
    try (Loopback server = Loopback.answering("hello")) {
      HttpHost target = HttpHost.create(server.url(""));
      try (CloseableHttpResponse response =
          client().execute(target, new BasicHttpRequest("GET", "/v1/models?x=1"))) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("hello");
      }
      assertThat(door.requests.get(0).uri().toString()).isEqualTo(server.url("/v1/models?x=1"));
      assertThat(server.only().rawUri()).isEqualTo("/v1/models?x=1");
    }
  }

  @Test
  void aCallGoesToAnotherHostWithoutWhatTheClientKeepsForItsOwn() throws Exception {
    try (Loopback own = Loopback.answering("own");
        Loopback other = Loopback.answering("other")) {
      changing(
          request -> to(request, other).withHeaders(request.headers().with("x-api-key", "theirs")));
      CloseableHttpClient client =
          client(
              HttpClients.custom()
                  .setDefaultHeaders(
                      List.of(
                          new BasicHeader("Authorization", "Bearer app"),
                          new BasicHeader("X-Trace", "t"))));
      String answer = client.execute(post(own.url("/v1/x"), JSON), new BasicResponseHandler());
      assertThat(answer).isEqualTo("other");
      assertThat(own.received).isEmpty();
      assertThat(other.only().headers().getFirst("x-api-key")).isEqualTo("theirs");
      assertThat(other.only().headers().getFirst("x-trace")).isEqualTo("t");
      assertThat(other.only().headers().containsKey("Authorization")).isFalse();
      assertThat(other.only().headers().getFirst("Host")).isEqualTo(other.url("").substring(7));
      assertThat(other.only().text()).isEqualTo(JSON);
      assertReleased();
    }
  }

  @Test
  void aFieldOfTheGatewayIsNotUndoneByTheClientsDefaults() throws Exception {
    try (Loopback server = Loopback.answering("ok")) {
      changing(
          request -> request.withHeaders(request.headers().with("Authorization", "Bearer pool")));
      CloseableHttpClient client =
          client(
              HttpClients.custom()
                  .setDefaultHeaders(List.of(new BasicHeader("Authorization", "Bearer app"))));
      EntityUtils.consume(client.execute(post(server.url("/v1/x"), JSON)).getEntity());
      assertThat(server.only().headers().get("Authorization")).containsExactly("Bearer pool");
    }
  }

  @Test
  void aChangedBodyIsSentWithItsOwnLength() throws Exception {
    try (Loopback server = Loopback.answering("ok")) {
      changing(
          request -> request.withBody(RequestBody.of("changed".getBytes(StandardCharsets.UTF_8))));
      EntityUtils.consume(client().execute(post(server.url("/v1/x"), JSON)).getEntity());
      assertThat(server.only().text()).isEqualTo("changed");
      assertThat(server.only().headers().getFirst("Content-length")).isEqualTo("7");
      assertThat(server.only().headers().get("Content-type")).hasSize(1);
    }
  }

  @Test
  void anAnswerThatNobodySentComesInTheClientsTypes() throws Exception {
    plan(
        (request, attempts) ->
            made(429, "{\"error\":1}", "Content-Type", "application/json", "retry-after", "3"));
    try (CloseableHttpResponse response =
        client().execute(post("http://api.example.test/v1/x", JSON))) {
      assertThat(response.getStatusLine().toString()).startsWith("HTTP/1.1 429");
      assertThat(response.getFirstHeader("Retry-After").getValue()).isEqualTo("3");
      assertThat(response.getEntity().getContentType().getValue()).isEqualTo("application/json");
      assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("{\"error\":1}");
    }
    assertThat(door.faults).isEmpty();
  }

  @Test
  void theGatewaySeesWhatTheAppSeesOfAZippedAnswer() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    try (Loopback server =
        new Loopback(
            (exchange, request) -> {
              exchange.getResponseHeaders().set("Content-Encoding", "gzip");
              exchange.sendResponseHeaders(200, 0); // chunked
              exchange.getResponseBody().write(zipped.toByteArray());
            })) {
      try (CloseableHttpResponse response = client().execute(post(server.url("/v1/x"), JSON))) {
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("hello");
        assertThat(response.containsHeader("Content-Encoding")).isFalse();
      }
      assertThat(door.tap().text()).isEqualTo("hello");
      assertThat(door.tap().endings).containsExactly("end");
      assertThat(door.responses.get(0).headers().contains("Content-Encoding")).isFalse();
      assertReleased();
      assertThat(pool.getTotalStats().getAvailable()).isOne();
    }
  }

  @Test
  void theSecondAttemptIsTheAppsAndTheFirstIsGivenUp() throws Exception {
    try (Loopback bad = new Loopback((exchange, r) -> Loopback.respond(exchange, 503, "busy"));
        Loopback good = Loopback.answering("good")) {
      plan(
          (request, attempts) -> {
            GatewayResponse first = send(attempts, request);
            first.abandon();
            return send(attempts, to(request, good));
          });
      String answer = client().execute(post(bad.url("/v1/x"), JSON), new BasicResponseHandler());
      assertThat(answer).isEqualTo("good");
      assertThat(bad.received).hasSize(1);
      assertThat(good.only().text()).isEqualTo(JSON);
      assertThat(door.taps.get(0).endings).containsExactly("stopped");
      assertThat(door.taps.get(1).endings).containsExactly("end");
      assertReleased();
    }
  }

  @Test
  void theAppsContextTellsOfTheRequestThatWasAnswered() throws Exception {
    try (Loopback server = Loopback.answering("ok")) {
      plan((request, attempts) -> send(attempts, request));
      HttpClientContext context = HttpClientContext.create();
      EntityUtils.consume(client().execute(post(server.url("/v1/x"), JSON), context).getEntity());
      assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("/v1/x");
      assertThat(context.getResponse().getStatusLine().getStatusCode()).isEqualTo(200);
      assertThat(context.getRequestConfig()).isNotInstanceOf(GuardedConfig.class);
    }
  }

  @Test
  void theAppsContextTellsOfItsCallThoughAnotherHostOrNobodyAnsweredIt() throws Exception {
    try (Loopback own =
            new Loopback(
                (exchange, request) -> {
                  if (request.rawUri().equals("/away")) {
                    exchange.getResponseHeaders().set("Location", "/here");
                    exchange.sendResponseHeaders(302, -1);
                  } else {
                    Loopback.respond(exchange, 200, "own");
                  }
                });
        Loopback other = Loopback.answering("other")) {
      HttpClientContext context = HttpClientContext.create();
      EntityUtils.consume(client().execute(new HttpGet(own.url("/away")), context).getEntity());
      assertThat(context.getRedirectLocations()).hasSize(1);

      changing(request -> to(request, other));
      HttpPost led = post(own.url("/v1/x"), JSON);
      try (CloseableHttpResponse response = client().execute(led, context)) {
        assertThat(context.getRequest()).isSameAs(led);
        assertThat(context.getResponse()).isSameAs(response);
        assertThat(context.getTargetHost().toURI()).isEqualTo(own.url(""));
        assertThat(context.getRedirectLocations()).isNull();
      }

      plan((request, attempts) -> made(429, "{}", "Content-Type", "application/json"));
      HttpPost refused = post("http://api.example.test/v1/x", JSON);
      try (CloseableHttpResponse response = client().execute(refused, context)) {
        assertThat(context.getRequest()).isSameAs(refused);
        assertThat(context.getResponse()).isSameAs(response);
        assertThat(context.getTargetHost().toURI()).isEqualTo("http://api.example.test");
      }
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void aChangedRequestIsRedirectedWithinItsOriginOnly() throws Exception {
    try (Loopback third = Loopback.answering("third");
        Loopback server =
            new Loopback(
                (exchange, request) -> {
                  String path = request.rawUri();
                  if (path.equals("/end")) {
                    Loopback.respond(exchange, 200, "end");
                    return;
                  }
                  exchange
                      .getResponseHeaders()
                      .set("Location", path.equals("/near") ? "/end" : third.url("/"));
                  exchange.sendResponseHeaders(302, -1);
                })) {
      changing(request -> request.withHeaders(request.headers().with("x-api-key", "secret")));
      assertThat(client().execute(new HttpGet(server.url("/near")), new BasicResponseHandler()))
          .isEqualTo("end");
      try (CloseableHttpResponse response = client().execute(new HttpGet(server.url("/far")))) {
        assertThat(response.getStatusLine().getStatusCode()).isEqualTo(302);
      }
      assertThat(third.received).isEmpty();
      changing(request -> request);
      assertThat(client().execute(new HttpGet(server.url("/far")), new BasicResponseHandler()))
          .isEqualTo("third");
      assertReleased();
    }
  }

  @Test
  void closingTheStreamSavesTheConnectionAndClosingTheResponseCutsIt() throws Exception {
    try (Loopback server = new Loopback(ClassicCallTest::chunked)) {
      InputStream in = client().execute(new HttpGet(server.url("/"))).getEntity().getContent();
      assertThat(in.read()).isEqualTo('a');
      in.close();
      assertThat(door.tap().endings).containsExactly("end");
      assertReleased();
      assertThat(pool.getTotalStats().getAvailable()).isOne();
      assertThatThrownBy(in::read).hasMessage("Attempted read on closed stream.");

      CloseableHttpResponse response = client().execute(new HttpGet(server.url("/")));
      assertThat(response.getEntity().getContent().read()).isEqualTo('a');
      response.close();
      assertThat(door.tap().endings).containsExactly("stopped");
      assertReleased();
      assertThat(pool.getTotalStats().getAvailable()).isZero();
    }
  }

  @Test
  @SuppressWarnings("deprecation") // it is what is tested
  void anEntityWhoseContentIsConsumedTheOldWayGivesTheConnectionBack() throws Exception {
    try (Loopback server = Loopback.answering("hello")) {
      client().execute(new HttpGet(server.url("/"))).getEntity().consumeContent();
      assertReleased();
    }
  }

  @Test
  void anAnswerThatOthersReadGoesOnThoughTheAppClosesItsOwn() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    door.background = threads;
    CompletableFuture<GatewayResponse> others = new CompletableFuture<>();
    try (Loopback server = new Loopback((exchange, request) -> twoParts(exchange, closed))) {
      plan((request, attempts) -> shared(attempts, request, others));
      client().execute(new HttpGet(server.url("/"))).close();
      closed.countDown();
      assertThat(text(others.join())).isEqualTo("ab");
      assertReleased();
    }
  }

  @Test
  void anAnswerThatCannotBeDeliveredGivesTheConnectionBack() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    try (Loopback server = Loopback.answering("hello")) {
      CloseableHttpClient client =
          client(
              HttpClients.custom()
                  .addInterceptorLast(
                      (HttpResponse response, HttpContext context) ->
                          response.setEntity(
                              new HttpEntityWrapper(response.getEntity()) {
                                @Override
                                public long getContentLength() {
                                  throw broken;
                                }
                              })));
      assertThatThrownBy(() -> client.execute(new HttpGet(server.url("/"))))
          .isInstanceOf(IOException.class)
          .hasCause(broken);
      assertThat(door.faults).containsExactly(broken);
      assertReleased();
    }
  }

  private static void chunked(
      com.sun.net.httpserver.HttpExchange exchange, Loopback.Received request) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("abc".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void closingAStreamThatFailedDoesNotFailAgain() throws Exception {
    try (Loopback server = new Loopback(ClassicCallTest::tooShort)) {
      InputStream in = client().execute(new HttpGet(server.url("/"))).getEntity().getContent();
      assertThatThrownBy(in::readAllBytes).isExactlyInstanceOf(ConnectionClosedException.class);
      assertThat(in.read()).isEqualTo(-1);
      in.close();
      assertReleased();
      assertThat(pool.getTotalStats().getAvailable()).isZero();
    }
  }

  private static void tooShort(
      com.sun.net.httpserver.HttpExchange exchange, Loopback.Received request) throws IOException {
    exchange.sendResponseHeaders(200, 10);
    exchange.getResponseBody().write("abc".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAnswerWithoutABodyHasEnded() throws Exception {
    try (Loopback server =
        new Loopback((exchange, request) -> exchange.sendResponseHeaders(200, -1))) {
      try (CloseableHttpResponse response = client().execute(new HttpHead(server.url("/")))) {
        assertThat(response.getEntity()).isNull();
      }
      assertThat(door.tap().endings).containsExactly("end");
      assertReleased();
    }
  }

  @Test
  void whatTheClientThrowsIsThrown() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    HttpPost post = post("http://127.0.0.1:" + port + "/v1/x", JSON);
    assertThatThrownBy(() -> client().execute(post))
        .isExactlyInstanceOf(HttpHostConnectException.class);
    plan((request, attempts) -> send(attempts, request));
    assertThatThrownBy(() -> client().execute(post))
        .isExactlyInstanceOf(HttpHostConnectException.class);
    assertReleased();
  }

  @Test
  void aFaultOfTheGatewayDoesNotKeepTheCallFromGoingOut() throws Exception {
    door.behaviour =
        (request, upstream) -> CompletableFuture.failedFuture(new IllegalStateException("ours"));
    try (Loopback server = Loopback.answering("hello")) {
      assertThat(client().execute(post(server.url("/v1/x"), JSON), new BasicResponseHandler()))
          .isEqualTo("hello");
      assertThat(server.only().text()).isEqualTo(JSON);
      assertThat(door.faults).hasSize(1);
      assertReleased();
    }
  }

  @Test
  void otherHostsAreLeftAlone() throws Exception {
    door.handles = false;
    assertThat(
            ClassicCall.execute(
                client(), new HttpHost("example.test"), new HttpGet("http://example.test/"), null))
        .isNull();
    assertThat(door.requests).isEmpty();
  }

  @Test
  void aClientThatDoesTheLeastIsServed() throws Exception {
    CloseableHttpClient client = new Through(HttpClients.createMinimal(pool));
    try (Loopback own = Loopback.answering("own");
        Loopback other = Loopback.answering("other")) {
      assertThat(client.execute(post(own.url("/v1/x"), JSON), new BasicResponseHandler()))
          .isEqualTo("own");
      plan((request, attempts) -> send(attempts, to(request, other)));
      assertThat(client.execute(post(own.url("/v1/x"), JSON), new BasicResponseHandler()))
          .isEqualTo("other");
      assertReleased();
    }
  }

  @Test
  @SuppressWarnings("deprecation") // it is what is tested
  void aClientFromBefore43IsServed() throws Exception {
    try (CloseableHttpClient client =
            new Through(new org.apache.http.impl.client.DefaultHttpClient());
        Loopback own = Loopback.answering("own");
        Loopback other = Loopback.answering("other");
        Loopback leading =
            new Loopback(
                (exchange, request) -> {
                  exchange.getResponseHeaders().set("Location", own.url("/"));
                  exchange.sendResponseHeaders(302, -1);
                })) {
      assertThat(client.execute(post(own.url("/v1/x"), JSON), new BasicResponseHandler()))
          .isEqualTo("own");
      plan((request, attempts) -> send(attempts, to(request, other)));
      assertThat(client.execute(post(own.url("/v1/x"), JSON), new BasicResponseHandler()))
          .isEqualTo("other");
      plan((request, attempts) -> send(attempts, to(request, leading)));
      try (CloseableHttpResponse response = client.execute(new HttpGet(own.url("/v1/x")))) {
        assertThat(response.getStatusLine().getStatusCode()).isEqualTo(302);
      }
    }
  }
}
