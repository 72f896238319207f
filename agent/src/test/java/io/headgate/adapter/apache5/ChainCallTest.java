// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.AbstractCharResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainCallTest {

  private final TestDoor door = new TestDoor();
  private final PoolingAsyncClientConnectionManager pool =
      new PoolingAsyncClientConnectionManager();
  private final CloseableHttpAsyncClient client = client(builder -> {});
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @BeforeEach
  void install() {
    Ingress.install(door);
    Apache5Adapter.on(true);
  }

  @AfterEach
  void uninstall() {
    Ingress.install(null);
    Apache5Adapter.on(true);
    door.close();
    client.close(CloseMode.IMMEDIATE);
    pool.close(CloseMode.IMMEDIATE);
  }

  /** A client whose chain begins with the advice. */
  private CloseableHttpAsyncClient client(Consumer<HttpAsyncClientBuilder> more) {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom().setConnectionManager(pool).setConnectionManagerShared(true);
    more.accept(builder);
    builder.addExecInterceptorBefore( // what is outermost; 5.0 cannot put anything first
        ChainElement.REDIRECT.name(),
        "advice",
        (request, producer, scope, chain, callback) -> {
          if (!AsyncChainAdvice.enter(chain, request, producer, scope, callback)) {
            chain.proceed(request, producer, scope, callback);
          }
        });
    CloseableHttpAsyncClient built = builder.build();
    built.start();
    return new AdvisedAsync(built);
  }

  private <T> Future<T> execute(
      CloseableHttpAsyncClient from, AsyncRequestProducer producer, AsyncResponseConsumer<T> to) {
    return from.execute(producer, to, null, null, telling());
  }

  private <T> FutureCallback<T> telling() {
    return new FutureCallback<>() {
      @Override
      public void completed(T result) {
        told.add("completed");
        ended.countDown();
      }

      @Override
      public void failed(Exception cause) {
        told.add("failed " + cause.getClass().getSimpleName());
        ended.countDown();
      }

      @Override
      public void cancelled() {
        told.add("cancelled");
        ended.countDown();
      }
    };
  }

  private Future<SimpleHttpResponse> execute(SimpleHttpRequest request) {
    return execute(client, SimpleRequestProducer.create(request), SimpleResponseConsumer.create());
  }

  private static SimpleHttpRequest post(String url, String json) {
    SimpleHttpRequest request = new SimpleHttpRequest("POST", java.net.URI.create(url));
    request.setHeader("Authorization", "Bearer sk-app");
    request.setBody(json, ContentType.APPLICATION_JSON);
    return request;
  }

  /** The callback comes after the future's waiters. */
  private void assertTold(String what) {
    ClassicFixture.await(ended);
    assertThat(told).containsExactly(what);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aCallGoesThroughTheGatewayAndItsAnswerPastTheTaps() throws Exception {
    try (LocalServer server = LocalServer.saying("{\"a\":1}")) {
      SimpleHttpResponse response = get(execute(post(server.url("/v1/x?q=1"), "{\"m\":2}")));
      assertThat(response.getCode()).isEqualTo(200);
      assertThat(response.getReasonPhrase()).isEqualTo("OK");
      assertThat(response.getBodyText()).isEqualTo("{\"a\":1}");
      assertThat(response.getContentType().getMimeType()).isEqualTo("application/json");
      GatewayRequest seen = door.requests.get(0);
      assertThat(seen.uri()).hasToString(server.url("/v1/x?q=1"));
      assertThat(seen.body().text()).isEqualTo("{\"m\":2}");
      assertThat(door.sites.get(0).parent()).isEqualTo("parent");
      assertThat(door.heard.get(0).text()).isEqualTo("{\"a\":1}");
      assertThat(door.heard.get(0).ending).isEqualTo("end");
      assertThat(server.asked.get(0).text()).isEqualTo("{\"m\":2}");
      assertThat(server.asked.get(0).headers().getFirst("Content-Length")).isEqualTo("7");
      assertTold("completed");
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void anotherHostGetsTheRequestWithItsOwnKeyOnly() throws Exception {
    try (LocalServer here = LocalServer.saying("here");
        LocalServer there = LocalServer.saying("there");
        CloseableHttpAsyncClient keyed =
            client(
                builder ->
                    builder.addRequestInterceptorLast(
                        (request, entity, context) ->
                            request.setHeader("Authorization", "Bearer sk-app-2")))) {
      door.plan =
          (request, upstream) ->
              upstream.send(
                  request
                      .withUri(ClassicFixture.moved(request.uri(), there))
                      .withHeaders(request.headers().with("Authorization", "Bearer sk-other"))
                      .withBody(RequestBody.of("{\"c\":3}".getBytes(StandardCharsets.UTF_8))));
      SimpleHttpResponse response =
          get(
              execute(
                  keyed,
                  SimpleRequestProducer.create(post(here.url("/v1/y"), "{}")),
                  SimpleResponseConsumer.create()));
      assertThat(response.getBodyText()).isEqualTo("there");
      assertThat(here.asked).isEmpty();
      LocalServer.Asked sent = there.asked.get(0);
      assertThat(sent.text()).isEqualTo("{\"c\":3}");
      assertThat(sent.headers().get("Authorization")).containsExactly("Bearer sk-other");
      assertThat(sent.headers().getFirst("Host")).isEqualTo("localhost:" + there.port());
    }
  }

  @Test
  void aChangedRequestFollowsTheServerWithinItsOriginOnly() throws Exception {
    try (LocalServer there = LocalServer.saying("there");
        LocalServer server =
            new LocalServer(
                (exchange, asked) -> {
                  if (asked.path().equals("/2")) {
                    LocalServer.say(exchange, 200, asked.text());
                    return;
                  }
                  String target = asked.path().equals("/1") ? "/2" : there.url("/stolen");
                  exchange.getResponseHeaders().set("Location", target);
                  LocalServer.say(exchange, 307, "go");
                })) {
      door.plan =
          (request, upstream) ->
              upstream.send(request.withHeaders(request.headers().with("X-Ours", "1")));
      assertThat(get(execute(post(server.url("/1"), "{}"))).getBodyText()).isEqualTo("{}");
      assertThat(get(execute(post(server.url("/3"), "{}"))).getCode()).isEqualTo(307);
      assertThat(there.asked).isEmpty();
    }
  }

  @Test
  void anAnswerThatNobodySentIsDelivered() throws Exception {
    door.plan =
        (request, upstream) ->
            CompletableFuture.completedFuture(
                ClassicFixture.made(429, "{}", "X-Y", "z", "Content-Type", "application/json"));
    SimpleHttpResponse response = get(execute(post("http://127.0.0.1:1/", "{}")));
    assertThat(response.getCode()).isEqualTo(429);
    assertThat(response.getBodyText()).isEqualTo("{}");
    assertThat(response.getFirstHeader("x-y").getValue()).isEqualTo("z");
    assertTold("completed");
  }

  @Test
  void theClientsExceptionIsTheAppsAndNoFault() {
    Future<SimpleHttpResponse> future = execute(post("http://127.0.0.1:1/", "{}"));
    assertThatThrownBy(() -> get(future)).cause().isInstanceOf(ConnectException.class);
    ClassicFixture.await(ended);
    assertThat(told).hasSize(1);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aFaultBeforeAnythingWasSentLeavesTheCallAsItWas() throws Exception {
    try (LocalServer server = LocalServer.saying("x")) {
      door.plan =
          (request, upstream) -> {
            throw new IllegalStateException("ours");
          };
      assertThat(get(execute(post(server.url("/"), "{}"))).getBodyText()).isEqualTo("x");
      assertThat(door.faults).hasSize(1);
    }
  }

  @Test
  void cancellingBeforeTheHeadClosesTheConnection() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (LocalServer server =
        new LocalServer(
            (exchange, asked) -> {
              there.countDown();
              ClassicFixture.await(done);
            })) {
      Future<SimpleHttpResponse> future = execute(post(server.url("/"), "{}"));
      ClassicFixture.await(there);
      assertThat(future.cancel(true)).isTrue();
      assertThat(future.isCancelled()).isTrue();
      assertThat(pool.getTotalStats().getLeased()).isZero();
      done.countDown();
      assertTold("cancelled");
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void cancellingAStreamClosesTheConnection() throws Exception {
    LocalServer[] self = new LocalServer[1];
    try (LocalServer server =
        new LocalServer((exchange, asked) -> self[0].streamUntilGone(exchange))) {
      self[0] = server;
      CountDownLatch first = new CountDownLatch(1);
      Future<Void> future =
          execute(client, SimpleRequestProducer.create(post(server.url("/"), "{}")), chars(first));
      ClassicFixture.await(first);
      future.cancel(true);
      ClassicFixture.await(server.stopped);
      ClassicFixture.await(door.heard.get(0).over);
      assertThat(door.heard.get(0).ending).isNotEqualTo("end");
      assertTold("cancelled");
    }
  }

  private static AsyncResponseConsumer<Void> chars(CountDownLatch first) {
    return new AbstractCharResponseConsumer<>() {
      @Override
      protected void start(HttpResponse response, ContentType type) {}

      @Override
      protected int capacityIncrement() {
        return Integer.MAX_VALUE;
      }

      @Override
      protected void data(CharBuffer data, boolean end) {
        first.countDown();
      }

      @Override
      protected Void buildResult() {
        return null;
      }

      @Override
      public void failed(Exception cause) {}

      @Override
      public void releaseResources() {}
    };
  }

  @Test
  void aConsumerThatThrowsFailsItsCallAndEndsTheStream() throws Exception {
    LocalServer[] self = new LocalServer[1];
    try (LocalServer server =
        new LocalServer((exchange, asked) -> self[0].streamUntilGone(exchange))) {
      self[0] = server;
      AsyncResponseConsumer<SimpleHttpResponse> throwing =
          new Throwing(SimpleResponseConsumer.create());
      Future<SimpleHttpResponse> future =
          execute(client, SimpleRequestProducer.create(post(server.url("/"), "{}")), throwing);
      assertThatThrownBy(() -> get(future)).cause().hasMessage("the app's");
      ClassicFixture.await(server.stopped);
      assertTold("failed IOException");
    }
  }

  /** Throws at the first byte. */
  private record Throwing(AsyncResponseConsumer<SimpleHttpResponse> to)
      implements AsyncResponseConsumer<SimpleHttpResponse> {
    @Override
    public void consumeResponse(
        HttpResponse response,
        org.apache.hc.core5.http.EntityDetails details,
        org.apache.hc.core5.http.protocol.HttpContext context,
        FutureCallback<SimpleHttpResponse> callback)
        throws org.apache.hc.core5.http.HttpException, IOException {
      to.consumeResponse(response, details, context, callback);
    }

    @Override
    public void informationResponse(
        HttpResponse response, org.apache.hc.core5.http.protocol.HttpContext context) {}

    @Override
    public void failed(Exception cause) {
      to.failed(cause);
    }

    @Override
    public void updateCapacity(org.apache.hc.core5.http.nio.CapacityChannel channel)
        throws IOException {
      to.updateCapacity(channel);
    }

    @Override
    public void consume(ByteBuffer src) throws IOException {
      throw new IOException("the app's");
    }

    @Override
    public void streamEnd(List<? extends org.apache.hc.core5.http.Header> trailers) {}

    @Override
    public void releaseResources() {
      to.releaseResources();
    }
  }

  @Test
  void aLargeAnswerComesWhole() throws Exception {
    String large = "0123456789".repeat(100_000);
    try (LocalServer server = LocalServer.saying(large)) {
      assertThat(get(execute(post(server.url("/"), "{}"))).getBodyText()).isEqualTo(large);
      assertThat(door.heard.get(0).text()).isEqualTo(large);
    }
  }

  @Test
  void aConsumerThatMakesLittleRoomGetsItAllAsWell() throws Exception {
    String large = "0123456789".repeat(100_000);
    try (LocalServer server = LocalServer.saying(large)) {
      Future<Integer> future =
          execute(
              client,
              SimpleRequestProducer.create(post(server.url("/"), "{}")),
              new AbstractBinResponseConsumer<>() {
                private int size;

                @Override
                protected void start(HttpResponse response, ContentType type) {}

                @Override
                protected int capacityIncrement() {
                  return 100;
                }

                @Override
                protected void data(ByteBuffer src, boolean end) {
                  size += src.remaining();
                  src.position(src.limit());
                }

                @Override
                protected Integer buildResult() {
                  return size;
                }

                @Override
                public void failed(Exception cause) {}

                @Override
                public void releaseResources() {}
              });
      assertThat(get(future)).isEqualTo(large.length());
    }
  }

  @Test
  void aContentOfTheGatewaysIsDeliveredInPlaceOfTheClients() throws Exception {
    try (LocalServer server = LocalServer.saying("theirs")) {
      door.plan =
          (request, upstream) ->
              upstream
                  .attempts()
                  .send(request, new io.headgate.gateway.Control(0))
                  .thenApply(
                      theirs -> {
                        theirs.abandon();
                        return GatewayResponse.of(
                            200,
                            Headers.ofFlat("Content-Type", "text/plain"),
                            "1.1",
                            Content.of("ours".getBytes(StandardCharsets.UTF_8), Ingress.newBody()));
                      });
      assertThat(get(execute(post(server.url("/"), "{}"))).getBodyText()).isEqualTo("ours");
    }
  }

  @Test
  void aBodyOfUnknownKindFlowsPastTheGateway() throws Exception {
    try (LocalServer server = LocalServer.saying("x")) {
      SimpleHttpRequest request = post(server.url("/"), "some text");
      request.setBody("some text", ContentType.TEXT_PLAIN);
      assertThat(get(execute(request)).getBodyText()).isEqualTo("x");
      assertThat(door.requests.get(0).body().opaque()).isTrue();
      assertThat(server.asked.get(0).text()).isEqualTo("some text");
    }
  }
}
