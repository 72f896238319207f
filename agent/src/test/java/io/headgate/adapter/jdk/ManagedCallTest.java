// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.adapter.jdk.ScriptedDoor.Tap;
import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ManagedCallTest {

  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Control control = new Control(0);
  private LiveServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new LiveServer();
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    server.close();
  }

  private HttpRequest.Builder post() {
    return HttpRequest.newBuilder(server.uri("/v1"))
        .header("X-App", "app")
        .POST(BodyPublishers.ofString("{}"));
  }

  private static CompletionStage<GatewayResponse> retryOnce(
      GatewayRequest request, Attempts attempts) {
    return attempts
        .send(request, new Control(0))
        .thenCompose(
            first -> {
              first.abandon();
              return attempts.pause(1_000).thenCompose(v -> attempts.send(request, new Control(0)));
            });
  }

  private static CompletionStage<GatewayResponse> made(int status, String text) {
    return CompletableFuture.completedFuture(
        GatewayResponse.of(
            status,
            Headers.ofFlat("X-A", "ours", "x-a", "twice"),
            "1.1",
            Content.of(text.getBytes(StandardCharsets.UTF_8), Ingress.newBody())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerNobodyWantsIsDroppedAndTheNextOneIsTheApps(boolean async) throws Throwable {
    server.script(
        (number, out) -> {
          if (number == 1) {
            out.head(500);
            out.chunk("never ends");
          } else {
            out.write(LiveServer.answer(201, "second"));
          }
        });
    ScriptedDoor door = ScriptedDoor.managing(ManagedCallTest::retryOnce);
    HttpRequest request = post().build();
    HttpResponse<String> response =
        ScriptedDoor.call(async, client, request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("second");
    assertThat(response.headers().firstValue("x-a")).contains("server");
    assertThat(response.request()).isSameAs(request);
    assertThat(response.uri()).isEqualTo(request.uri());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(response.previousResponse()).isEmpty();
    assertThat(response.sslSession()).isEmpty();
    assertThat(response).hasToString("(POST " + request.uri() + ") 201");
    assertThat(server.requests).hasSize(2).allMatch(r -> r.endsWith("\r\n\r\n{}"));
    assertThat(server.requests.get(1)).isEqualTo(server.requests.get(0)).contains("X-App: app");
    server.awaitGone();
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerOfOurOwnNeedsNoServer(boolean async) throws Throwable {
    ScriptedDoor.managing((request, attempts) -> made(429, "slow down"));
    HttpResponse<String> response =
        ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).isEqualTo("slow down");
    assertThat(response.headers().allValues("x-a")).containsExactly("ours", "twice");
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasLookedAtReachesTheAppOnce(boolean async) throws Throwable {
    server.script(
        (number, out) -> {
          out.head(200);
          out.chunk("one ");
          out.chunk("two ");
          out.chunk("three");
          out.end();
        });
    Tap tap = new Tap();
    StringBuilder seen = new StringBuilder();
    Content.Look look =
        new Content.Look() {
          @Override
          public boolean seen(ByteBuffer chunk) {
            seen.append(StandardCharsets.UTF_8.decode(chunk));
            return seen.length() >= 4;
          }

          @Override
          public void end() {}
        };
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .send(request, control)
                .thenCompose(
                    response -> {
                      response.body().tap(tap);
                      return response.content().hold(look, 1 << 16).thenApply(ended -> response);
                    }));
    HttpResponse<String> response =
        ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString());
    assertThat(seen.toString()).startsWith("one ");
    assertThat(response.body()).isEqualTo("one two three");
    assertThat(tap.text()).isEqualTo("one two three");
    assertThat(tap.ending).isCompletedWithValue("end");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherBodyAndOtherFieldsAreSent(boolean async) throws Throwable {
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) ->
                attempts.send(
                    request
                        .withUri(server.uri("/else"))
                        .withHeaders(
                            request.headers().with("x-key", "ours").with("Host", "elsewhere"))
                        .withBody(RequestBody.of("{\"more\":1}".getBytes(StandardCharsets.UTF_8))),
                    control));
    HttpResponse<String> response =
        ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("fine");
    assertThat(response.uri()).isEqualTo(server.uri("/v1"));
    assertThat(server.requests.get(0))
        .startsWith("POST /else HTTP/1.1")
        .contains("x-key: ours", "X-App: app", "Content-Length: 10")
        .doesNotContain("elsewhere")
        .endsWith("{\"more\":1}");
    // The field that the client lets nobody set.
    assertThat(door.faults).hasSize(1).allMatch(IllegalArgumentException.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyFromAPublisherIsSentWithEachAttempt(boolean async) throws Throwable {
    server.script((number, out) -> out.write(LiveServer.answer(200, "" + number)));
    ScriptedDoor.managing(ManagedCallTest::retryOnce);
    HttpRequest request =
        post().POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("{3}"), 3)).build();
    assertThat(ScriptedDoor.call(async, client, request, BodyHandlers.ofString()).body())
        .isEqualTo("2");
    assertThat(server.requests).hasSize(2).allMatch(r -> r.endsWith("\r\n\r\n{3}"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChangedRequestIsNotTakenElsewhereByARedirect(boolean async) throws Throwable {
    server.script(
        (number, out) ->
            out.write(
                "HTTP/1.1 307 X\r\nContent-Length: 0\r\nLocation: "
                    + (number == 1 ? "/next" : "http://localhost:9/away")
                    + "\r\n\r\n"));
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts.send(request.withHeaders(request.headers().with("x-key", "ours")), control));
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    HttpResponse<String> response =
        ScriptedDoor.call(async, following, post().build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(server.requests).hasSize(2);
    assertThat(server.requests.get(1)).startsWith("POST /next ").contains("x-key: ours");
  }

  @Test
  void aBodyThatNobodyCanRepeatIsSentOnce() throws Throwable {
    AtomicReference<Attempts> attempts = new AtomicReference<>();
    new ScriptedDoor(
        (request, upstream) -> {
          attempts.set(upstream.attempts());
          return upstream.send(request);
        });
    byte[] large = new byte[(int) RequestBody.CAPTURE_LIMIT + 1];
    HttpRequest request = post().POST(BodyPublishers.ofByteArray(large)).build();
    assertThat(ScriptedDoor.sync(client, request, BodyHandlers.ofString()).body())
        .isEqualTo("fine");
    assertThat(ScriptedDoor.async(client, request, BodyHandlers.ofString()).get().body())
        .isEqualTo("fine");
    assertThat(attempts).hasValue(null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theClientsFailureIsTheApps(boolean async) {
    server.script(
        (number, out) -> {
          throw new IOException("hang up");
        });
    ScriptedDoor.managing((request, attempts) -> attempts.send(request, control));
    Throwable without = plainFailure(async);
    assertThatThrownBy(
            () -> ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString()))
        .hasSameClassAs(without)
        .hasMessage(without.getMessage());
  }

  private Throwable plainFailure(boolean async) {
    try {
      if (async) {
        client.sendAsync(post().build(), BodyHandlers.ofString()).get();
      } else {
        client.send(post().build(), BodyHandlers.ofString());
      }
      throw new AssertionError("it did not fail");
    } catch (java.util.concurrent.ExecutionException e) {
      return e.getCause();
    } catch (IOException | InterruptedException e) {
      return e;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGatewayThatFailsBeforeItSentLeavesTheCallToTheClient(boolean async) throws Throwable {
    ScriptedDoor.managing(
        (request, attempts) -> CompletableFuture.failedFuture(new IllegalStateException("ours")));
    assertThat(ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString()).body())
        .isEqualTo("fine");
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGatewayThatWaitsAndThenLooksOnlyIsFollowed(boolean async) throws Throwable {
    new ScriptedDoor(
        (request, upstream) ->
            upstream
                .attempts()
                .pause(1_000)
                .thenCompose(v -> upstream.send(request))
                .thenApply(
                    response -> response.withHeaders(response.headers().with("x-b", "added"))));
    HttpResponse<String> response =
        ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("fine");
    assertThat(response.headers().firstValue("x-b")).contains("added");
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAppsTimeoutEndsTheLastAttempt(boolean async) {
    server.script(
        (number, out) -> {
          if (number == 1) {
            out.write(LiveServer.answer(500, ""));
          }
        });
    AtomicReference<Attempts> seen = new AtomicReference<>();
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) -> {
              seen.set(attempts);
              return retryOnce(request, attempts);
            });
    HttpRequest request = post().timeout(Duration.ofSeconds(2)).build();
    assertThatThrownBy(() -> ScriptedDoor.call(async, client, request, BodyHandlers.ofString()))
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(server.requests).hasSize(2);
    assertThat(door.ending.join()).isEqualTo("HttpTimeoutException");
    // Nothing can be sent any more.
    assertThat(seen.get().deadlineNanos() - System.nanoTime()).isNotPositive();
    assertThat(
            seen.get()
                .send(
                    new GatewayRequest("POST", server.uri("/v1"), Headers.EMPTY, RequestBody.NONE),
                    new Control(0))
                .toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(HttpTimeoutException.class);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void aCallWithoutTimeoutHasNoDeadline() {
    AtomicReference<Long> deadline = new AtomicReference<>();
    ScriptedDoor.managing(
        (request, attempts) -> {
          deadline.set(attempts.deadlineNanos());
          return made(200, "");
        });
    assertThat(ScriptedDoor.async(client, post().build(), BodyHandlers.discarding()))
        .succeedsWithin(Duration.ofSeconds(20));
    assertThat(deadline).hasValue(Attempts.NO_DEADLINE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAttemptThatIsBrokenOffTimesOut(boolean async) throws Throwable {
    server.script((number, out) -> control.abort(new TimeoutException("no head")));
    ScriptedDoor.managing((request, attempts) -> attempts.send(request, control));
    assertThatThrownBy(
            () -> ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class)
        .hasRootCauseMessage("no head");
    server.awaitGone();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyThatIsBrokenOffFails(boolean async) throws Throwable {
    CountDownLatch headSeen = new CountDownLatch(1);
    server.script(
        (number, out) -> {
          out.head(200);
          out.chunk("half");
          headSeen.await();
          control.abort(new TimeoutException("no token"));
        });
    Tap tap = new Tap();
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .send(request, control)
                .thenApply(
                    response -> {
                      response.body().tap(tap);
                      headSeen.countDown();
                      return response;
                    }));
    assertThatThrownBy(
            () -> ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("no token");
    assertThat(tap.ending.join()).isEqualTo("HttpTimeoutException");
    server.awaitGone();
  }

  @Test
  void anAttemptIsNotBrokenOffOnTheThreadOfTheTimer() throws Exception {
    server.script((number, out) -> {});
    CompletableFuture<Thread> ended = new CompletableFuture<>();
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .send(request, control)
                .whenComplete((response, failure) -> ended.complete(Thread.currentThread())));
    var unused = ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    server.awaitRequest();
    control.abort(new TimeoutException("no head"));
    assertThat(ended.get()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void aBodyIsNotBrokenOffOnTheThreadOfTheTimer() throws Exception {
    server.script((number, out) -> out.head(200));
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Thread> ended = new CompletableFuture<>();
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .send(request, control)
                .thenApply(
                    response -> {
                      var unused =
                          response
                              .content()
                              .next()
                              .whenComplete((chunk, e) -> ended.complete(Thread.currentThread()));
                      waiting.countDown();
                      return made(200, "").toCompletableFuture().join();
                    }));
    var unused = ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    waiting.await();
    control.abort(new TimeoutException("no token"));
    assertThat(ended.get()).isNotSameAs(Thread.currentThread());
    server.awaitGone();
  }

  @Test
  void anAttemptAbortedBeforeItWasSentFails() {
    control.abort(new TimeoutException("late"));
    ScriptedDoor.managing((request, attempts) -> attempts.send(request, control));
    assertThat(ScriptedDoor.async(client, post().build(), BodyHandlers.ofString()))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void connectingTakesNoLongerThanTheAttemptMay() {
    HttpClient patient = HttpClient.newBuilder().connectTimeout(Duration.ofHours(1)).build();
    HttpClient brief = JdkAdapter.sender(patient, false, TimeUnit.MILLISECONDS.toNanos(30), null);
    assertThat(brief.connectTimeout()).contains(Duration.ofMillis(30));
    assertThat(JdkAdapter.sender(patient, false, TimeUnit.MILLISECONDS.toNanos(30), null))
        .isSameAs(brief);
    assertThat(JdkAdapter.sender(patient, false, TimeUnit.HOURS.toNanos(2), null))
        .isSameAs(patient);
    assertThat(JdkAdapter.sender(patient, false, 0, null)).isSameAs(patient);
    assertThat(JdkAdapter.sender(client, false, 1, null).connectTimeout())
        .contains(Duration.ofMillis(1));
    for (int i = 1; i <= 20; i++) {
      JdkAdapter.sender(patient, false, TimeUnit.SECONDS.toNanos(i), null);
    }
    assertThat(JdkAdapter.sender(patient, false, TimeUnit.MILLISECONDS.toNanos(30), null))
        .isNotSameAs(brief);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatIsNotMadeInTimeFailsAsTheClientHasIt(boolean async) throws Throwable {
    try (FullBacklog full = new FullBacklog()) {
      ScriptedDoor.managing(
          (request, attempts) ->
              attempts.send(request, new Control(TimeUnit.MILLISECONDS.toNanos(50))));
      HttpRequest request =
          HttpRequest.newBuilder(full.uri()).POST(BodyPublishers.ofString("{}")).build();
      assertThatThrownBy(() -> ScriptedDoor.call(async, client, request, BodyHandlers.ofString()))
          .isInstanceOf(HttpConnectTimeoutException.class);
    }
  }

  @Test
  void cancellingEndsTheAttempt() throws Exception {
    server.script((number, out) -> {});
    ScriptedDoor door = ScriptedDoor.managing(ManagedCallTest::retryOnce);
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    server.awaitRequest();
    assertThat(future.thenApply(HttpResponse::body).cancel(true)).isTrue();
    server.awaitGone();
    assertThat(door.ending.get()).isEqualTo("CancellationException");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void cancellingWithoutInterruptingLetsTheAttemptGoOn() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    server.script(
        (number, out) -> {
          cancelled.await();
          out.write(LiveServer.answer(200, "fine"));
        });
    ScriptedDoor door =
        ScriptedDoor.managing((request, attempts) -> attempts.send(request, control));
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    server.awaitRequest();
    assertThat(future.cancel(false)).isTrue();
    cancelled.countDown();
    assertThat(door.ending.get()).isEqualTo("200");
  }

  @Test
  void cancellingEndsAPause() throws Exception {
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) ->
                attempts.pause(LONG).thenCompose(v -> attempts.send(request, control)));
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    future.cancel(true);
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    assertThat(door.ending.get()).isEqualTo("CancellationException");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void anAnswerThatComesAfterTheAppLeftIsReleased() {
    Tap tap = new Tap();
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .pause(LONG)
                .handle((v, failure) -> made(200, "too late").toCompletableFuture().join())
                .thenApply(
                    response -> {
                      response.body().tap(tap);
                      return response;
                    }));
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    // On one that depends on the app's, which then has to end as well.
    future.thenApply(HttpResponse::body).cancel(true);
    assertThatThrownBy(future::get).hasCauseInstanceOf(CancellationException.class);
    assertThat(tap.ending.join()).isEqualTo("left");
  }

  @Test
  void cancellingEndsTheBody() throws Exception {
    server.script(
        (number, out) -> {
          out.head(200);
          out.chunk("half");
        });
    Tap tap = new Tap();
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) ->
                attempts
                    .send(request, control)
                    .thenApply(
                        response -> {
                          response.body().tap(tap);
                          return response;
                        }));
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    assertThat(door.ending.get()).isEqualTo("200");
    future.cancel(true);
    server.awaitGone();
    assertThat(tap.ending.get()).isEqualTo("left");
  }

  @Test
  void cancellingWhileTheAnswerIsLookedAtReleasesIt() throws Exception {
    server.script((number, out) -> out.head(200));
    CountDownLatch looking = new CountDownLatch(1);
    Content.Look look =
        new Content.Look() {
          @Override
          public boolean seen(ByteBuffer chunk) {
            return false;
          }

          @Override
          public void end() {}
        };
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) ->
                attempts
                    .send(request, control)
                    .thenCompose(
                        response -> {
                          CompletionStage<Boolean> held = response.content().hold(look, 100);
                          looking.countDown();
                          return held.thenApply(ended -> response);
                        }));
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, post().build(), BodyHandlers.ofString());
    looking.await();
    future.cancel(true);
    server.awaitGone();
    assertThat(door.ending.get()).isEqualTo("CancellationException");
  }

  @Test
  void anInterruptEndsAnAttempt() throws Exception {
    server.script((number, out) -> {});
    ScriptedDoor door = ScriptedDoor.managing(ManagedCallTest::retryOnce);
    CompletableFuture<String> result = interrupted(server::awaitRequest);
    assertThat(result.get()).isEqualTo("InterruptedException false");
    assertThat(door.ending.get()).isEqualTo("InterruptedException");
    server.awaitGone();
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void anInterruptEndsAPause() throws Exception {
    CountDownLatch pausing = new CountDownLatch(1);
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) -> {
              CompletionStage<@org.jspecify.annotations.Nullable Void> pause = attempts.pause(LONG);
              pausing.countDown();
              return pause.thenCompose(v -> attempts.send(request, control));
            });
    assertThat(interrupted(pausing::await).get()).isEqualTo("InterruptedException false");
    assertThat(door.ending.get()).isEqualTo("InterruptedException");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void anInterruptEndsTheBody() throws Exception {
    server.script(
        (number, out) -> {
          out.head(200);
          out.chunk("half");
        });
    ScriptedDoor door =
        ScriptedDoor.managing((request, attempts) -> attempts.send(request, control));
    assertThat(interrupted(door.ending::get).get()).isEqualTo("InterruptedException false");
    server.awaitGone();
  }

  @Test
  void aThreadInterruptedBeforehandSendsNothing() {
    ScriptedDoor.managing((request, attempts) -> attempts.send(request, control));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ScriptedDoor.sync(client, post().build(), BodyHandlers.ofString()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(server.requests).isEmpty();
  }

  /** Something to wait for. */
  private interface Wait {
    void await() throws Exception;
  }

  /** Calls on a thread of its own and interrupts that; what came of it, and of the flag. */
  private CompletableFuture<String> interrupted(Wait before) throws Exception {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                ScriptedDoor.sync(client, post().build(), BodyHandlers.ofString());
                result.complete("answered");
              } catch (Throwable t) {
                result.complete(
                    t.getClass().getSimpleName() + " " + Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    before.await();
    thread.interrupt();
    return result;
  }
}
