// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.GatewayResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.http.ConnectionClosedException;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.BasicHttpEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.message.BasicHeader;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncByteConsumer;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.BasicAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncExchangeTest extends Fixture {

  private PoolingNHttpClientConnectionManager connections;
  private CloseableHttpAsyncClient client;

  @BeforeEach
  void start() throws Exception {
    door.background = threads;
    connections = new PoolingNHttpClientConnectionManager(new DefaultConnectingIOReactor());
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setDefaultHeaders(List.of(new BasicHeader("Authorization", "Bearer app")))
            .build();
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
  }

  /** What the app's callback was told. */
  private static final class Told<T> implements FutureCallback<T> {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> any = new CompletableFuture<>();

    @Override
    public void completed(T result) {
      told("completed");
    }

    @Override
    public void failed(Exception thrown) {
      told("failed " + thrown.getClass().getSimpleName());
    }

    @Override
    public void cancelled() {
      told("cancelled");
    }

    private void told(String how) {
      calls.add(how);
      any.complete(null);
    }
  }

  @SuppressWarnings("unchecked")
  private <T> Future<T> execute(
      HttpAsyncRequestProducer producer,
      HttpAsyncResponseConsumer<T> consumer,
      FutureCallback<T> callback) {
    return (Future<T>) AsyncExchange.execute(client, producer, consumer, null, callback);
  }

  private Future<HttpResponse> execute(HttpUriRequest request, Told<HttpResponse> told) {
    return execute(HttpAsyncMethods.create(request), HttpAsyncMethods.createConsumer(), told);
  }

  private static String text(Future<HttpResponse> response) throws Exception {
    return EntityUtils.toString(response.get(20, TimeUnit.SECONDS).getEntity());
  }

  private void assertReleased() {
    assertThat(connections.getTotalStats().getLeased()).isZero();
  }

  /** The client's threads give a connection back after they have told of its answer. */
  private void awaitReleased() {
    until(() -> connections.getTotalStats().getLeased() == 0);
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(condition);
  }

  @Test
  void aCallGoesOutAndItsAnswerComes() throws Exception {
    try (Loopback server = Loopback.answering("hello")) {
      Told<HttpResponse> told = new Told<>();
      assertThat(text(execute(post(server.url("/v1/x?q=a%2Fb"), JSON), told))).isEqualTo("hello");
      told.any.get(20, TimeUnit.SECONDS);
      assertThat(told.calls).containsExactly("completed");
      assertThat(server.only().text()).isEqualTo(JSON);
      assertThat(server.only().rawUri()).isEqualTo("/v1/x?q=a%2Fb");
      assertThat(door.requests.get(0).body().text()).isEqualTo(JSON);
      assertThat(door.tap().text()).isEqualTo("hello");
      assertThat(door.tap().endings).containsExactly("end");
      assertThat(door.faults).isEmpty();
      awaitReleased();
    }
  }

  @Test
  void aCallGoesToAnotherHostWithoutWhatTheClientKeepsForItsOwn() throws Exception {
    try (Loopback own = Loopback.answering("own");
        Loopback other = Loopback.answering("other")) {
      changing(
          request -> to(request, other).withHeaders(request.headers().with("x-api-key", "theirs")));
      assertThat(text(execute(post(own.url("/v1/x"), JSON), new Told<>()))).isEqualTo("other");
      assertThat(own.received).isEmpty();
      assertThat(other.only().headers().getFirst("x-api-key")).isEqualTo("theirs");
      assertThat(other.only().headers().containsKey("Authorization")).isFalse();
      assertThat(other.only().text()).isEqualTo(JSON);
      awaitReleased();
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
      assertThat(text(execute(post(bad.url("/v1/x"), JSON), new Told<>()))).isEqualTo("good");
      assertThat(bad.received).hasSize(1);
      assertThat(good.only().text()).isEqualTo(JSON);
      assertThat(door.taps.get(0).endings).containsExactly("stopped");
      awaitReleased();
    }
  }

  @Test
  void anAnswerThatNobodySentComesInTheClientsTypes() throws Exception {
    plan((request, attempts) -> made(429, "{}", "Content-Type", "application/json"));
    Future<HttpResponse> future = execute(post("http://api.example.test/v1/x", JSON), new Told<>());
    HttpResponse response = future.get(20, TimeUnit.SECONDS);
    assertThat(response.getStatusLine().getStatusCode()).isEqualTo(429);
    assertThat(response.getEntity().getContentType().getValue()).isEqualTo("application/json");
    assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("{}");
  }

  @Test
  void aChangedRequestIsNotRedirectedToAnotherOrigin() throws Exception {
    try (Loopback third = Loopback.answering("third");
        Loopback server =
            new Loopback(
                (exchange, request) -> {
                  exchange.getResponseHeaders().set("Location", third.url("/"));
                  exchange.sendResponseHeaders(302, -1);
                })) {
      changing(request -> request.withHeaders(request.headers().with("x-api-key", "secret")));
      HttpResponse response =
          execute(new HttpGet(server.url("/")), new Told<>()).get(20, TimeUnit.SECONDS);
      assertThat(response.getStatusLine().getStatusCode()).isEqualTo(302);
      assertThat(third.received).isEmpty();
      changing(request -> request);
      assertThat(text(execute(new HttpGet(server.url("/")), new Told<>()))).isEqualTo("third");
      awaitReleased();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheClientFailsWithIsWhatTheAppIsTold(boolean many) throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    if (many) {
      plan((request, attempts) -> send(attempts, request));
    }
    Told<HttpResponse> told = new Told<>();
    Future<HttpResponse> future = execute(post("http://127.0.0.1:" + port + "/v1/x", JSON), told);
    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ConnectException.class);
    told.any.get(20, TimeUnit.SECONDS);
    assertThat(told.calls).hasSize(1);
    assertReleased();
  }

  private enum Leaving {
    FUTURE,
    REQUEST
  }

  @ParameterizedTest
  @ValueSource(strings = {"FUTURE", "REQUEST"})
  void aCancelledCallIsGivenUpAtOnce(String how) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (Loopback server =
        new Loopback(
            (exchange, request) -> {
              asked.countDown();
              await(over);
            })) {
      plan((request, attempts) -> send(attempts, request));
      HttpPost post = post(server.url("/v1/x"), JSON);
      Told<HttpResponse> told = new Told<>();
      Future<HttpResponse> future = execute(post, told);
      await(asked);
      if (Leaving.valueOf(how) == Leaving.FUTURE) {
        future.cancel(true);
      } else {
        post.abort();
      }
      assertThat(future.isCancelled()).isTrue();
      assertThat(told.calls).containsExactly("cancelled");
      awaitReleased();
      assertThat(connections.getTotalStats().getAvailable()).isZero();
      over.countDown();
    }
  }

  /** Notes what it gets, and does something at each chunk. */
  private static class Bytes extends AsyncByteConsumer<String> {
    final StringBuffer text = new StringBuffer();
    final CompletableFuture<IOControl> first = new CompletableFuture<>();

    @Override
    protected void onByteReceived(ByteBuffer bytes, IOControl control) {
      text.append(StandardCharsets.UTF_8.decode(bytes));
      control.suspendInput();
      first.complete(control);
    }

    @Override
    protected void onResponseReceived(HttpResponse response) {}

    @Override
    protected String buildResult(HttpContext context) {
      return text.toString();
    }
  }

  @Test
  void aConsumerThatSuspendsInputGetsNoMoreUntilItAsks() throws Exception {
    CountDownLatch more = new CountDownLatch(1);
    try (Loopback server = new Loopback((exchange, request) -> twoParts(exchange, more))) {
      Bytes consumer = new Bytes();
      Future<String> future =
          execute(HttpAsyncMethods.createGet(server.url("/")), consumer, new Told<>());
      IOControl control = consumer.first.get(20, TimeUnit.SECONDS);
      assertThat(consumer.text.toString()).isEqualTo("a");
      more.countDown();
      until(
          () -> {
            control.requestInput();
            return future.isDone();
          });
      assertThat(future.get()).isEqualTo("ab");
      assertThat(door.tap().endings).containsExactly("end");
    }
  }

  @Test
  void anAnswerThatOthersReadGoesOnThoughTheAppsConsumerCutsItsOwn() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    CompletableFuture<GatewayResponse> others = new CompletableFuture<>();
    try (Loopback server = new Loopback((exchange, request) -> twoParts(exchange, cut))) {
      plan((request, attempts) -> shared(attempts, request, others));
      Bytes consumer = new Bytes();
      Future<String> future =
          execute(HttpAsyncMethods.createGet(server.url("/")), consumer, new Told<>());
      consumer.first.get(20, TimeUnit.SECONDS).shutdown();
      assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectionClosedException.class);
      cut.countDown();
      assertThat(text(others.join())).isEqualTo("ab");
      awaitReleased();
    }
  }

  @Test
  void whatTheConsumerThrowsEndsTheCall() throws Exception {
    IOException thrown = new IOException("enough");
    try (Loopback server = Loopback.answering("hello")) {
      Told<String> told = new Told<>();
      Future<String> future =
          execute(
              HttpAsyncMethods.createGet(server.url("/")),
              new Bytes() {
                @Override
                protected void onResponseReceived(HttpResponse response) {
                  throw new java.io.UncheckedIOException(thrown);
                }
              },
              told);
      assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).hasRootCause(thrown);
      told.any.get(20, TimeUnit.SECONDS);
      assertThat(told.calls).hasSize(1);
      awaitReleased();
    }
  }

  /** Writes its body in two parts, and waits for the second one. */
  private static final class Waiting extends BasicAsyncRequestProducer {
    final CompletableFuture<IOControl> suspended = new CompletableFuture<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile boolean ready;
    private boolean begun;
    private volatile IOControl last;

    Waiting(String url) {
      super(URIUtils.extractHost(java.net.URI.create(url)), request(url));
    }

    private static HttpPost request(String url) {
      HttpPost post = new HttpPost(url);
      BasicHttpEntity entity = new BasicHttpEntity();
      entity.setChunked(true);
      entity.setContentLength(-1);
      entity.setContent(new ByteArrayInputStream(new byte[0]));
      post.setEntity(entity);
      return post;
    }

    @Override
    public void produceContent(ContentEncoder encoder, IOControl control) throws IOException {
      last = control;
      if (!begun) {
        begun = true;
        encoder.write(ByteBuffer.wrap(new byte[] {'x'}));
        return;
      }
      if (!ready) {
        control.suspendOutput();
        suspended.complete(control);
        return;
      }
      encoder.write(ByteBuffer.wrap(new byte[] {'y'}));
      encoder.complete();
    }

    void go() {
      ready = true;
      last.requestOutput();
    }

    @Override
    public void requestCompleted(HttpContext context) {
      calls.add("completed");
    }

    @Override
    public void close() {
      calls.add("closed");
    }
  }

  @Test
  void aProducerThatHasToWaitIsNotWaitedFor() throws Exception {
    try (Loopback server = Loopback.answering("ok")) {
      Waiting producer = new Waiting(server.url("/v1/x"));
      Future<HttpResponse> future =
          execute(producer, HttpAsyncMethods.createConsumer(), new Told<HttpResponse>());
      producer.suspended.get(20, TimeUnit.SECONDS);
      until(() -> !door.requests.isEmpty());
      assertThat(door.requests.get(0).body().opaque()).isTrue();
      producer.go();
      assertThat(text(future)).isEqualTo("ok");
      assertThat(server.only().text()).isEqualTo("xy");
      until(() -> producer.calls.size() >= 2);
      assertThat(producer.calls).containsExactly("completed", "closed");
    }
  }

  /** Its configuration cannot be read by a class of ours, or its fields cannot. */
  private static final class Unreadable extends HttpPost {
    private final String method;

    Unreadable(String url, String method) {
      super(url);
      this.method = method;
    }

    @Override
    public RequestConfig getConfig() {
      fail("built");
      return super.getConfig();
    }

    @Override
    public Header[] getAllHeaders() {
      fail("<init>");
      return super.getAllHeaders();
    }

    private void fail(String ours) {
      boolean asked =
          method.equals(ours)
              && StackWalker.getInstance()
                  .walk(
                      frames ->
                          frames.anyMatch(
                              frame ->
                                  frame.getClassName().equals(Outgoing.class.getName())
                                      && frame.getMethodName().equals(ours)));
      if (asked) {
        throw new IllegalStateException("ours");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"built", "<init>"})
  void aFaultOfOursBeforeAnythingWasSentLeavesTheCallAsItWas(String where) throws Exception {
    try (Loopback server = Loopback.answering("hello")) {
      HttpPost post = new Unreadable(server.url("/v1/x"), where);
      post.setEntity(
          new InputStreamEntity(new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8))));
      List<String> endings = new CopyOnWriteArrayList<>();
      CountDownLatch closed = new CountDownLatch(1);
      HttpAsyncRequestProducer producer =
          new BasicAsyncRequestProducer(URIUtils.extractHost(post.getURI()), post) {
            @Override
            public void requestCompleted(HttpContext context) {
              endings.add("completed");
            }

            @Override
            public void close() throws IOException {
              super.close();
              endings.add("closed");
              closed.countDown();
            }
          };
      Told<HttpResponse> told = new Told<>();
      assertThat(text(execute(producer, HttpAsyncMethods.createConsumer(), told)))
          .isEqualTo("hello");
      assertThat(server.only().text()).isEqualTo(JSON);
      told.any.get(20, TimeUnit.SECONDS);
      assertThat(told.calls).containsExactly("completed");
      await(closed);
      assertThat(endings).containsExactly("completed", "closed");
      assertThat(door.faults).isNotEmpty();
      awaitReleased();
    }
  }

  @Test
  void aCallThatWasHandedToTheClientCanBeCancelled() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (Loopback server =
        new Loopback(
            (exchange, request) -> {
              asked.countDown();
              await(over);
            })) {
      Told<HttpResponse> told = new Told<>();
      Future<HttpResponse> future = execute(new Unreadable(server.url("/v1/x"), "<init>"), told);
      await(asked);
      future.cancel(true);
      assertThat(future.isCancelled()).isTrue();
      assertThat(told.calls).containsExactly("cancelled");
      // This version's futures cancel themselves alone: the client waits for the answer.
      over.countDown();
      awaitReleased();
    }
  }

  @Test
  void otherHostsAreLeftAlone() {
    door.handles = false;
    assertThat(
            AsyncExchange.execute(
                client,
                HttpAsyncMethods.create(new HttpHost("example.test"), new HttpGet("/")),
                HttpAsyncMethods.createConsumer(),
                null,
                null))
        .isNull();
  }

  @Test
  void theParentIsTakenWhereTheCallIsMade() throws Exception {
    Thread caller = Thread.currentThread();
    door.parent = () -> Thread.currentThread() == caller ? "span" : null;
    try (Loopback server = Loopback.answering("ok")) {
      text(execute(post(server.url("/"), JSON), new Told<>()));
      assertThat(door.callSites.get(0).parent()).isEqualTo("span");
    }
  }
}
