// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class AzureCallsTest extends AzureFixture {

  private static GatewayResponse made(int status, String text) {
    return GatewayResponse.of(
        status,
        Headers.ofFlat("Content-Type", "application/json", "X-Made", "1"),
        "",
        Content.of(text.getBytes(StandardCharsets.UTF_8), Ingress.newBody()));
  }

  private String passed() throws Exception {
    return door.passed.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void callGoesThroughTheGatewayAndBackUnchanged(HttpClient client, boolean sync) throws Exception {
    try (StandIn host = StandIn.saying(200, "{\"a\":1}")) {
      HttpRequest request = post(host.url("/v1?x=a%20b"), "{\"q\":1}");
      HttpResponse response = call(client, sync, request);
      assertThat(response.getStatusCode()).isEqualTo(200);
      assertThat(response.getRequest()).isSameAs(request);
      assertThat(response.getHeaderValue(HttpHeaderName.CONTENT_TYPE))
          .isEqualTo("application/json");
      assertThat(response.getHeaders().getValues(HttpHeaderName.fromString("X-Two")))
          .containsExactly("a", "b");
      assertThat(response.getBodyAsString().block(SOON)).isEqualTo("{\"a\":1}");
      StandIn.Seen seen = host.seen.get(0);
      assertThat(seen.line()).isEqualTo("POST /v1?x=a%20b");
      assertThat(seen.body()).isEqualTo("{\"q\":1}");
      assertThat(seen.headers().getFirst("api-key")).isEqualTo("k");
      assertThat(door.requests).hasSize(1);
      assertThat(door.requests.get(0).uri()).isEqualTo(URI.create(host.url("/v1?x=a%20b")));
      assertThat(door.requests.get(0).body().text()).isEqualTo("{\"q\":1}");
      assertThat(door.sites.get(0).client()).isEqualTo("azure");
      assertThat(passed()).isEqualTo("end {\"a\":1}");
      assertThat(door.faults).isEmpty();
      assertThat(Ingress.bypassed()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void bodyCanBeReadInEachWay(HttpClient client, boolean sync) throws Exception {
    String text = "{\"n\":\"" + "0123456789".repeat(3000) + "\"}";
    try (StandIn host = StandIn.saying(200, text)) {
      HttpRequest request = post(host.url("/"), "{}");
      assertThat(call(client, sync, request).getBodyAsBinaryData().toString()).isEqualTo(text);
      assertThat(call(client, sync, request).getBodyAsByteArray().block(SOON))
          .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
      try (InputStream stream = call(client, sync, request).getBodyAsInputStream().block(SOON)) {
        assertThat(stream).hasContent(text);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      call(client, sync, request).writeBodyTo(Channels.newChannel(out));
      assertThat(out).hasToString(text);
      HttpResponse buffered = call(client, sync, request).buffer();
      assertThat(buffered.getBodyAsString().block(SOON)).isEqualTo(text);
      assertThat(buffered.getBodyAsString(StandardCharsets.UTF_8).block(SOON)).isEqualTo(text);
      assertThat(door.requests).hasSize(5);
      assertThat(door.faults).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void answerThatIsToBeReadEagerlyIsThereAsAWhole(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn host = StandIn.saying(404, "{\"error\":1}")) {
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"), EAGER);
      assertThat(passed()).isEqualTo("end {\"error\":1}");
      assertThat(response.getStatusCode()).isEqualTo(404);
      assertThat(response.getBodyAsString().block(SOON)).isEqualTo("{\"error\":1}");
      assertThat(response.getBodyAsBinaryData().toString()).isEqualTo("{\"error\":1}");
      assertThat(response.buffer()).isSameAs(response);
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void requestCanBeSentElsewhereWithOtherFieldsAndAnotherBody(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn other = StandIn.saying(200, "other");
        StandIn host = StandIn.saying(200, "host")) {
      door.doing =
          (request, upstream) ->
              upstream.send(
                  request
                      .withUri(URI.create(other.url("/else?y=1")))
                      .withHeaders(
                          request
                              .headers()
                              .without(name -> name.equals("api-key"))
                              .with("Authorization", "Bearer x"))
                      .withBody(
                          RequestBody.of("{\"longer\":true}".getBytes(StandardCharsets.UTF_8))));
      HttpRequest request = post(host.url("/"), "{}");
      HttpResponse response = call(client, sync, request);
      assertThat(response.getBodyAsString().block(SOON)).isEqualTo("other");
      assertThat(response.getRequest()).isSameAs(request);
      assertThat(request.getUrl()).hasToString(host.url("/"));
      assertThat(request.getHeaders().getValue(HttpHeaderName.fromString("api-key")))
          .isEqualTo("k");
      assertThat(host.seen).isEmpty();
      StandIn.Seen seen = other.seen.get(0);
      assertThat(seen.line()).isEqualTo("POST /else?y=1");
      assertThat(seen.body()).isEqualTo("{\"longer\":true}");
      assertThat(seen.headers().getFirst("Authorization")).isEqualTo("Bearer x");
      assertThat(seen.headers()).doesNotContainKey("Api-key");
      assertThat(seen.headers().getFirst("Host")).startsWith("127.0.0.1:");
      assertThat(door.faults).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void answerThatWasMadeIsTheApps(HttpClient client, boolean sync) throws Exception {
    try (StandIn host = StandIn.saying(200, "host")) {
      door.doing =
          (request, upstream) -> CompletableFuture.completedFuture(made(429, "{\"error\":{}}"));
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      assertThat(response.getStatusCode()).isEqualTo(429);
      assertThat(response.getHeaderValue(HttpHeaderName.fromString("x-made"))).isEqualTo("1");
      assertThat(response.getBodyAsString().block(SOON)).isEqualTo("{\"error\":{}}");
      assertThat(host.seen).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void secondAttemptIsWhatTheAppGets(HttpClient client, boolean sync) throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (StandIn host =
        new StandIn(
            (exchange, seen) -> {
              int number = count.incrementAndGet();
              StandIn.say(exchange, number == 1 ? 503 : 200, "{\"n\":" + number + "}");
            })) {
      door.doing =
          (request, upstream) -> {
            CompletionStage<GatewayResponse> first = upstream.send(request);
            return first.thenCompose(
                response -> {
                  response.abandon();
                  return upstream.send(request);
                });
          };
      HttpResponse response = call(client, sync, post(host.url("/"), "{\"q\":1}"));
      assertThat(response.getStatusCode()).isEqualTo(200);
      assertThat(response.getBodyAsString().block(SOON)).isEqualTo("{\"n\":2}");
      assertThat(host.seen).hasSize(2).allMatch(seen -> seen.body().equals("{\"q\":1}"));
      assertThat(door.faults).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void failureIsTheClientsOwn(HttpClient client, boolean sync) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    HttpRequest request = post("http://127.0.0.1:" + port + "/", "{}");
    Throwable expected =
        catchThrowable(
            () -> {
              if (sync) {
                client.sendSync(request, Context.NONE);
              } else {
                client.send(request, Context.NONE).block(SOON);
              }
            });
    Throwable seen = catchThrowable(() -> call(client, sync, request));
    assertThat(seen).hasSameClassAs(expected);
    if (expected.getCause() != null && !(expected instanceof IOException)) {
      assertThat(seen.getCause()).hasSameClassAs(expected.getCause());
    }
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void oneShotBodyOfKnownLengthIsReadOnceAndCanBeSentTwice(HttpClient client, boolean sync)
      throws Exception {
    byte[] bytes = "{\"once\":1}".getBytes(StandardCharsets.UTF_8);
    try (StandIn host = StandIn.saying(200, "ok")) {
      InputStream once =
          new ByteArrayInputStream(bytes) {
            @Override
            public boolean markSupported() {
              return false;
            }
          };
      HttpRequest request = post(host.url("/"), "{}");
      request.setBody(BinaryData.fromStream(once, (long) bytes.length));
      door.doing =
          (asked, upstream) ->
              upstream
                  .send(asked)
                  .thenCompose(
                      response -> {
                        response.abandon();
                        return upstream.send(asked);
                      });
      assertThat(call(client, sync, request).getBodyAsString().block(SOON)).isEqualTo("ok");
      assertThat(door.requests.get(0).body().text()).isEqualTo("{\"once\":1}");
      assertThat(host.seen).hasSize(2).allMatch(seen -> seen.body().equals("{\"once\":1}"));
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void bodyOfUnknownLengthFlowsPastUnseen(HttpClient client, boolean sync) throws Exception {
    try (StandIn host = StandIn.saying(200, "ok")) {
      HttpRequest request = new HttpRequest(HttpMethod.POST, host.url("/"));
      request.setBody(
          Flux.just(ByteBuffer.wrap(new byte[] {'a'}), ByteBuffer.wrap(new byte[] {'b'})));
      request.setHeader(HttpHeaderName.CONTENT_LENGTH, "2");
      assertThat(call(client, sync, request).getBodyAsString().block(SOON)).isEqualTo("ok");
      assertThat(door.requests.get(0).body().opaque()).isTrue();
      assertThat(host.seen.get(0).body()).isEqualTo("ab");
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void callInsideAnotherIsLeftToTheClient(HttpClient client, boolean sync) throws Exception {
    HttpRequest request = post("http://127.0.0.1:1/", "{}");
    boolean entered = Ingress.enter();
    try {
      assertThat(
              sync
                  ? AzureAdapter.sendSync(client, request, Context.NONE)
                  : AzureAdapter.send(client, request, Context.NONE))
          .isNull();
    } finally {
      Ingress.leave(entered);
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void faultOfOursSendsTheRequestAsItWas(HttpClient client, boolean sync) throws Exception {
    try (StandIn host = StandIn.saying(200, "ok")) {
      door.doing =
          (request, upstream) -> {
            throw new CompletionException(new IllegalStateException("test"));
          };
      assertThat(call(client, sync, post(host.url("/"), "{}")).getBodyAsString().block(SOON))
          .isEqualTo("ok");
      assertThat(host.seen).hasSize(1);
      assertThat(door.faults).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void requestWithoutAMethodIsLeftToTheClient(HttpClient client, boolean sync) {
    HttpRequest request = new HttpRequest(null, "http://127.0.0.1:1/");
    assertThat(
            sync
                ? AzureAdapter.sendSync(client, request, Context.NONE)
                : AzureAdapter.send(client, request, Context.NONE))
        .isNull();
    assertThat(door.requests).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void closedAnswerIsStopped(HttpClient client, boolean sync) throws Exception {
    CompletableFuture<Void> enough = new CompletableFuture<>();
    try (StandIn host =
        new StandIn(
            (exchange, seen) -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(new byte[] {'a'});
              exchange.getResponseBody().flush();
              enough.orTimeout(20, TimeUnit.SECONDS).exceptionally(e -> null).join();
            })) {
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      response.close();
      assertThat(passed()).startsWith("stopped");
    } finally {
      enough.complete(null);
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void eventsArriveOneByOne(HttpClient client, boolean sync) throws Exception {
    CompletableFuture<Void> first = new CompletableFuture<>();
    try (StandIn host =
        new StandIn(
            (exchange, seen) -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(new byte[] {'a'});
              exchange.getResponseBody().flush();
              // Not before the app has the first one.
              first.orTimeout(20, TimeUnit.SECONDS).join();
              exchange.getResponseBody().write(new byte[] {'b'});
            })) {
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      StringBuilder all = new StringBuilder();
      response
          .getBody()
          .doOnNext(
              chunk -> {
                all.append(StandardCharsets.UTF_8.decode(chunk));
                first.complete(null);
              })
          .blockLast(SOON);
      assertThat(all).hasToString("ab");
      assertThat(passed()).isEqualTo("end ab");
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void streamOfAnAnswerThatIsBrokenOffFails(HttpClient client, boolean sync) throws Exception {
    try (StandIn host =
        new StandIn(
            (exchange, seen) -> {
              exchange.sendResponseHeaders(200, 10);
              exchange.getResponseBody().write(new byte[] {'a'});
              exchange.getResponseBody().flush();
            })) {
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      assertThat(catchThrowable(() -> response.getBodyAsBinaryData().toBytes())).isNotNull();
      assertThat(passed()).startsWith("failed a");
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void emptyAnswerEnds(HttpClient client, boolean sync) throws Exception {
    try (StandIn host = StandIn.saying(200, "")) {
      byte[] body = call(client, sync, post(host.url("/"), "{}")).getBodyAsByteArray().block(SOON);
      assertThat(body == null || body.length == 0).isTrue();
      assertThat(passed()).isEqualTo("end ");
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void attemptThatHangsCanBeBrokenOff(HttpClient client, boolean sync) throws Exception {
    CompletableFuture<Void> enough = new CompletableFuture<>();
    CompletableFuture<Control> arrived = new CompletableFuture<>();
    Control control = new Control(0);
    try (StandIn host =
        new StandIn(
            (exchange, seen) -> {
              arrived.complete(control);
              enough.orTimeout(20, TimeUnit.SECONDS).exceptionally(e -> null).join();
            })) {
      var unused = arrived.thenAcceptAsync(one -> one.abort(new IOException("late")));
      door.doing = (request, upstream) -> upstream.attempts().send(request, control);
      assertThat(catchThrowable(() -> call(client, sync, post(host.url("/"), "{}")))).isNotNull();
      assertThat(control.aborted()).hasMessage("late");
      assertThat(Thread.interrupted()).isFalse();
      assertThat(door.faults).isEmpty();
    } finally {
      enough.complete(null);
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void nothingHappensBeforeSubscriptionAndEachIsACall(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn host = StandIn.saying(200, "ok")) {
      Mono<HttpResponse> mono = mono(client, post(host.url("/"), "{}"), Context.NONE);
      assertThat(door.requests).isEmpty();
      for (int i = 1; i <= 2; i++) {
        assertThat(mono.flatMap(HttpResponse::getBodyAsString).block(SOON)).isEqualTo("ok");
        assertThat(door.requests).hasSize(i);
      }
      assertThat(host.seen).hasSize(2);
      assertThat(door.sites)
          .allMatch(site -> Thread.currentThread().getName().equals(site.parent()));
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void cancelledSubscriptionGivesTheCallUp(HttpClient client, boolean sync) throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Boolean> abandoned = new CompletableFuture<>();
    door.doing =
        (request, upstream) -> {
          asked.complete(null);
          CompletionStage<Object> never = new CompletableFuture<>();
          return upstream
              .attempts()
              .await(never)
              .handle(
                  (value, failure) -> {
                    abandoned.complete(upstream.attempts().abandoned());
                    throw new CompletionException(failure);
                  });
        };
    var subscription = mono(client, post("http://127.0.0.1:1/", "{}"), Context.NONE).subscribe();
    asked.get(20, TimeUnit.SECONDS);
    subscription.dispose();
    assertThat(abandoned.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void subscriberThatMayNotBlockDoesNot(HttpClient client, boolean sync) throws Exception {
    try (StandIn host = StandIn.saying(200, "ok")) {
      String text =
          Mono.defer(() -> mono(client, post(host.url("/"), "{}"), Context.NONE))
              .flatMap(HttpResponse::getBodyAsString)
              .subscribeOn(Schedulers.parallel())
              .block(SOON);
      assertThat(text).isEqualTo("ok");
      assertThat(door.faults).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aSecondReaderOfABodyIsRefusedAndTheFirstReadsOn(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn host = StandIn.saying(200, "first")) {
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      StringBuilder read = new StringBuilder();
      CompletableFuture<Void> whole = new CompletableFuture<>();
      BaseSubscriber<ByteBuffer> first =
          new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}

            @Override
            protected void hookOnNext(ByteBuffer chunk) {
              read.append(StandardCharsets.UTF_8.decode(chunk));
            }

            @Override
            protected void hookOnComplete() {
              whole.complete(null);
            }

            @Override
            protected void hookOnError(Throwable failure) {
              whole.completeExceptionally(failure);
            }
          };
      response.getBody().subscribe(first);
      assertThat(catchThrowable(() -> response.getBody().blockLast(SOON)))
          .hasMessageContaining("once");
      first.requestUnbounded();
      whole.get(20, TimeUnit.SECONDS);
      assertThat(read).hasToString("first");
      assertThat(passed()).isEqualTo("end first");
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aRequestThatCannotBeBuiltGoesOutAsItWas(HttpClient client, boolean sync) throws Exception {
    try (StandIn host = StandIn.saying(200, "ok")) {
      door.doing =
          (request, upstream) -> upstream.send(request.withUri(URI.create("nowhere://h/")));
      assertThat(call(client, sync, post(host.url("/"), "{}")).getBodyAsString().block(SOON))
          .isEqualTo("ok");
      assertThat(host.seen).hasSize(1);
      assertThat(door.faults).singleElement().isInstanceOf(MalformedURLException.class);
    }
  }
}
