// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.client.Unsent;
import io.headgate.gateway.Control;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VertxCallTest {

  private static final Buffer HELLO = Buffer.buffer("hello");

  private final TestDoor door = new TestDoor();
  private final Loopback server = new Loopback();
  private final Vertx vertx = Vertx.vertx();
  private HttpClient client;

  @BeforeEach
  void start() {
    client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
    server.close();
    door.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private RequestOptions post(String path) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(server.uri(path).toString())
        .putHeader("authorization", "Bearer key");
  }

  /** As the woven method would. */
  private Future<HttpClientRequest> request(RequestOptions options) {
    Future<HttpClientRequest> ours = VertxAdapter.request(client, options);
    return ours == null ? client.request(options) : ours;
  }

  private Future<Buffer> answer(RequestOptions options, Buffer body) {
    return request(options)
        .compose(request -> request.send(body))
        .compose(HttpClientResponse::body);
  }

  @Test
  void callGoesThroughTheGatewayAndBackUnchanged() throws Exception {
    AtomicReference<@Nullable HttpClientResponse> head = new AtomicReference<>();
    Buffer body =
        await(
            request(post("/v1?x=a%20b"))
                .compose(request -> request.putHeader("x-own", "1").send(HELLO))
                .compose(
                    response -> {
                      head.set(response);
                      return response.body();
                    }));
    assertThat(body).hasToString("answer to hello");
    HttpClientResponse response = head.get();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.statusMessage()).isEqualTo("OK");
    assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain");
    assertThat(response.cookies()).containsExactly("crumb=1; Path=/");
    assertThat(response.trailers()).isEmpty();
    assertThat(response.request().absoluteURI()).isEqualTo(server.uri("/v1?x=a%20b").toString());
    assertThat(door.requests).hasSize(1);
    assertThat(door.requests.get(0).uri()).isEqualTo(server.uri("/v1?x=a%20b"));
    assertThat(door.requests.get(0).method()).isEqualTo("POST");
    assertThat(door.requests.get(0).headers().first("Authorization")).isEqualTo("Bearer key");
    assertThat(door.requests.get(0).body().text()).isEqualTo("hello");
    assertThat(door.sites.get(0).client()).isEqualTo("vertx");
    assertThat(server.requests.get(0).headers().getFirst("x-own")).isEqualTo("1");
    assertThat(server.requests.get(0).headers().getFirst("Content-length")).isEqualTo("5");
    assertThat(door.ending.get(20, TimeUnit.SECONDS)).isEqualTo("end");
    assertThat(door.tapped).hasToString("answer to hello");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void appIsToldOnItsOwnContext() throws Exception {
    Context context = vertx.getOrCreateContext();
    BlockingQueue<Context> seen = new LinkedBlockingQueue<>();
    CompletableFuture<Buffer> body = new CompletableFuture<>();
    context.runOnContext(
        nothing ->
            request(post("/"))
                .onSuccess(request -> seen.add(Vertx.currentContext()))
                .compose(request -> request.send(HELLO))
                .onSuccess(response -> seen.add(Vertx.currentContext()))
                .compose(HttpClientResponse::body)
                .onSuccess(bytes -> seen.add(Vertx.currentContext()))
                .onComplete(ar -> body.complete(ar.result())));
    assertThat(body.get(20, TimeUnit.SECONDS)).hasToString("answer to hello");
    assertThat(seen).hasSize(3).containsOnly(context);
  }

  @Test
  void nothingIsSentBeforeTheGatewaySaysSo() throws Exception {
    door.way = (request, upstream) -> TestDoor.own(403, "no");
    Future<HttpClientResponse> response =
        request(post("/").setHost("nowhere.invalid").setPort(443).setSsl(true))
            .compose(request -> request.send(HELLO));
    assertThat(await(response).statusCode()).isEqualTo(403);
    assertThat(await(response).statusMessage()).isEqualTo("Forbidden");
    assertThat(await(response).getHeader("x-own")).isEqualTo("yes");
    assertThat(door.requests.get(0).uri()).isEqualTo(URI.create("https://nowhere.invalid/"));
    assertThat(server.requests).isEmpty();
  }

  @Test
  void answerOfTheGatewaysOwnIsReadLikeAnyOther() throws Exception {
    door.way = (request, upstream) -> TestDoor.own(200, "made here");
    assertThat(await(answer(post("/"), HELLO))).hasToString("made here");
  }

  @Test
  void requestCanBeSentElsewhereWithOtherFieldsAndAnotherBody() throws Exception {
    door.way =
        (request, upstream) ->
            upstream.send(
                request
                    .withUri(server.uri("/other?y=1"))
                    .withHeaders(request.headers().with("authorization", "Bearer other"))
                    .withBody(RequestBody.of("another body".getBytes(StandardCharsets.UTF_8))));
    RequestOptions options =
        post("/")
            .setHost("nowhere.invalid")
            .setPort(443)
            .setSsl(true)
            .putHeader("host", "nowhere.invalid");
    assertThat(await(answer(options, HELLO))).hasToString("answer to another body");
    Loopback.Request seen = server.requests.get(0);
    assertThat(seen.path()).isEqualTo("/other");
    assertThat(seen.headers().getFirst("Authorization")).isEqualTo("Bearer other");
    assertThat(seen.headers().getFirst("Host")).isEqualTo(server.uri("/").getRawAuthority());
    assertThat(seen.headers().get("Content-length")).containsExactly("12");
  }

  @Test
  void answersOfAttemptsThatAreNotGoodAreGivenUpAndTheLastIsDelivered() throws Exception {
    door.managed(
        (request, attempts) ->
            attempts
                .send(request.withUri(server.uri("/broken")), new Control(0))
                .thenCompose(
                    first -> {
                      first.abandon();
                      return attempts.send(request, new Control(0));
                    }));
    assertThat(await(answer(post("/"), HELLO))).hasToString("answer to hello");
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void bodyWrittenInPartsIsSeenAsAWholeAndSentInChunks() throws Exception {
    HttpClientRequest request = await(request(post("/")));
    request.setChunked(true);
    assertThat(request.isChunked()).isTrue();
    assertThat(request.writeQueueFull()).isFalse();
    await(request.write("hel"));
    assertThat(await(request.send("lo")).statusCode()).isEqualTo(200);
    assertThat(door.requests.get(0).body().text()).isEqualTo("hello");
    assertThat(server.requests.get(0).headers().getFirst("Transfer-encoding")).isEqualTo("chunked");
    assertThat(server.requests.get(0).body()).isEqualTo("hello");
  }

  @Test
  void bodyOfUnknownLengthThatIsNotChunkedIsRefusedAsTheClientDoes() throws Exception {
    HttpClientRequest request = await(request(post("/")));
    Throwable ours = catchThrowable(() -> request.write("hel"));
    Throwable theirs = catchThrowable(() -> await(client.request(post("/"))).write("hel"));
    assertThat(ours).isInstanceOf(IllegalStateException.class).hasMessage(theirs.getMessage());
  }

  @Test
  void bodyThatIsTooLargeFlowsPast() throws Exception {
    Buffer part = Buffer.buffer(new byte[1 << 20]);
    HttpClientRequest request = await(request(post("/")));
    request.setChunked(true);
    for (int i = 0; i < 9; i++) {
      var unused = request.write(part);
    }
    assertThat(await(request.send()).statusCode()).isEqualTo(200);
    assertThat(door.requests.get(0).body().opaque()).isTrue();
    assertThat(server.requests.get(0).body()).hasSize(9 << 20);
  }

  @Test
  void writersOfABodyThatNobodyWantsAreNotHeldUp() throws Exception {
    door.way = (request, upstream) -> TestDoor.own(403, "no");
    Buffer part = Buffer.buffer(new byte[9 << 20]);
    HttpClientRequest request = await(request(post("/")));
    request.setChunked(true);
    Future<Void> written = request.write(part);
    assertThat(await(request.response()).statusCode()).isEqualTo(403);
    await(written);
    await(request.end(part));
    assertThat(server.requests).isEmpty();
  }

  @Test
  void appThatIsCalledBackIs() throws Exception {
    CompletableFuture<String> status = new CompletableFuture<>();
    Handler<AsyncResult<HttpClientRequest>> handler =
        ar ->
            ar.result()
                .response(answer -> status.complete("" + answer.result().statusCode()))
                .end(HELLO, done -> {});
    assertThat(VertxAdapter.request(client, post("/"), handler)).isNotNull();
    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo("200");
  }

  @Test
  void pausedAnswerComesPieceByPiece() throws Exception {
    BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    CompletableFuture<HttpClientResponse> paused = new CompletableFuture<>();
    var unused =
        request(post("/halves"))
            .compose(request -> request.send(HELLO))
            .onSuccess(
                response -> {
                  response.pause();
                  response.handler(bytes -> pieces.add(bytes.toString()));
                  response.endHandler(nothing -> pieces.add("end"));
                  paused.complete(response);
                });
    HttpClientResponse response = paused.get(20, TimeUnit.SECONDS);
    response.fetch(1);
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("data: one\n\n");
    server.half.countDown();
    response.fetch(1);
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("data: two\n\n");
    assertThat(pieces).isEmpty();
    response.resume();
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
    assertThatThrownBy(() -> response.handler(bytes -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatAHandlerThrowsIsReportedByTheContextAndTheAnswerGoesOn() throws Exception {
    BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    RuntimeException thrown = new IllegalStateException("the app's");
    Context context = vertx.getOrCreateContext();
    context.exceptionHandler(reported::add);
    context.runOnContext(
        nothing ->
            request(post("/"))
                .compose(request -> request.send(HELLO))
                .onSuccess(
                    response -> {
                      response.handler(
                          bytes -> {
                            throw thrown;
                          });
                      response.endHandler(end -> ended.complete(true));
                    }));
    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(reported.poll(20, TimeUnit.SECONDS)).isSameAs(thrown);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void answerThatIsGivenUpIsClosedUpstream() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    var unused =
        request(post("/endless"))
            .compose(request -> request.send(HELLO))
            .onSuccess(
                response -> {
                  response.exceptionHandler(failure::complete);
                  response.handler(bytes -> response.request().reset(7));
                });
    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
    server.hungUp.get(20, TimeUnit.SECONDS);
    assertThat(door.ending.get(20, TimeUnit.SECONDS)).isEqualTo("stopped");
    // The only connection of the pool is free again.
    assertThat(await(answer(post("/"), HELLO))).hasToString("answer to hello");
  }

  @Test
  void requestIsGivenUpBeforeItsAnswerComes() throws Exception {
    HttpClientRequest request = await(request(post("/silent")));
    Future<HttpClientResponse> response = request.send(HELLO);
    assertThat(request.reset(3)).isTrue();
    assertThat(request.reset(3)).isFalse();
    assertThatThrownBy(() -> await(response))
        .isInstanceOfSatisfying(
            StreamResetException.class, e -> assertThat(e.getCode()).isEqualTo(3));
  }

  @Test
  void failureIsTheClientsOwn() throws Exception {
    RequestOptions nobody = post("/").setPort(1);
    Throwable theirs = catchThrowable(() -> await(client.request(nobody)));
    assertThatThrownBy(() -> await(answer(nobody, HELLO)))
        .isInstanceOf(theirs.getClass())
        .hasMessage(theirs.getMessage());
    assertThat(door.faults).isEmpty();
  }

  @Test
  void timeoutIsTheAppsOwn() throws Exception {
    RequestOptions options = post("/silent").setTimeout(50);
    assertThatThrownBy(() -> await(answer(options, HELLO)))
        .hasMessageContaining("The timeout period of 50ms has been exceeded");
  }

  @Test
  void callRunsAsTheAppMadeItIfNothingWasSent() throws Exception {
    door.way =
        (request, upstream) ->
            CompletableFuture.failedFuture(new Unsent(new IllegalStateException("a fault")));
    assertThat(await(answer(post("/"), HELLO))).hasToString("answer to hello");
    assertThat(server.requests.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer key");
    assertThat(door.faults).hasSize(1);
  }

  @Test
  void redirectIsFollowedByTheClientWithinOneCall() throws Exception {
    RequestOptions options = post("/moved").setMethod(HttpMethod.GET).setFollowRedirects(true);
    Buffer body =
        await(request(options).compose(HttpClientRequest::send).compose(HttpClientResponse::body));
    assertThat(body).hasToString("answer to ");
    assertThat(server.requests).extracting(Loopback.Request::path).contains("/moved", "/elsewhere");
    assertThat(door.requests).hasSize(1);
  }

  @Test
  void redirectOfAChangedRequestToAnotherOriginIsShown() throws Exception {
    try (Loopback other = new Loopback()) {
      door.way =
          (request, upstream) ->
              upstream.send(request.withHeaders(Headers.ofFlat("authorization", "Bearer ours")));
      RequestOptions options =
          post("/away?" + other.uri("/")).setMethod(HttpMethod.GET).setFollowRedirects(true);
      HttpClientResponse response = await(request(options).compose(HttpClientRequest::send));
      assertThat(response.statusCode()).isEqualTo(307);
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void redirectHandlerOfTheAppMayUseRequestsOfOurs() throws Exception {
    HttpClientRequest next = await(request(post("/own").setMethod(HttpMethod.GET)));
    HttpClientRequest request =
        await(request(post("/moved").setMethod(HttpMethod.GET).setFollowRedirects(true)));
    request.setMaxRedirects(3);
    request.redirectHandler(answer -> Future.succeededFuture(next));
    assertThat(await(request.send()).statusCode()).isEqualTo(200);
    assertThat(server.requests).extracting(Loopback.Request::path).contains("/own");
  }

  @Test
  void tunnelPassesByUnseen() throws Exception {
    HttpClientRequest request = await(request(post("/")));
    request.setMethod(HttpMethod.GET).putHeader("x-own", "1");
    assertThat(await(request.connect()).statusCode()).isEqualTo(200);
    assertThat(door.requests).isEmpty();
    assertThat(server.requests.get(0).headers().getFirst("x-own")).isEqualTo("1");
    assertThat(request.connection().remoteAddress().port()).isEqualTo(server.uri("/").getPort());
  }

  @Test
  void connectMethodAndOtherHostsPassByUnseen() {
    assertThat(VertxAdapter.request(client, post("/").setMethod(HttpMethod.CONNECT))).isNull();
    assertThat(VertxAdapter.request(client, new Object())).isNull();
    assertThat(door.requests).isEmpty();
  }

  @Test
  void requestTellsWhatTheAppHasSet() throws Exception {
    HttpClientRequest request = await(request(post("/a?b=c")));
    assertThat(request.getMethod()).isEqualTo(HttpMethod.POST);
    assertThat(request.path()).isEqualTo("/a");
    assertThat(request.query()).isEqualTo("b=c");
    assertThat(request.headers().get("authorization")).isEqualTo("Bearer key");
    assertThat(request.setFollowRedirects(true).isFollowRedirects()).isTrue();
    assertThat(request.setURI("/d").getURI()).isEqualTo("/d");
    assertThat(request.connection().remoteAddress().port()).isEqualTo(server.uri("/").getPort());
    assertThat(request.connection().isSsl()).isFalse();
    assertThat(request).isEqualTo(request).hasToString(request.toString());
    assertThat(await(request.send()).statusCode()).isEqualTo(200);
    assertThat(server.requests.get(0).path()).isEqualTo("/d");
    assertThatThrownBy(() -> request.putHeader("x", "y"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Request already complete");
  }

  @Test
  void pathThatIsNoUriIsTheClientsAffair() throws Exception {
    HttpClientRequest request = await(request(post("/").setURI("/a|b")));
    CompletionStage<HttpClientResponse> response = request.send(HELLO).toCompletionStage();
    assertThat(response.toCompletableFuture().get(20, TimeUnit.SECONDS).statusCode()).isPositive();
    assertThat(door.requests).isEmpty();
    assertThat(door.faults).isEmpty();
  }
}
