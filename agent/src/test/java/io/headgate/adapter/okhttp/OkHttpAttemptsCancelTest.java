// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Response;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who ends a call of attempts, and what the app then sees. */
class OkHttpAttemptsCancelTest extends AttemptsFixture {

  private static final long AN_HOUR = TimeUnit.HOURS.toNanos(1);

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private static String text(Response response) throws IOException {
    return response.body().string();
  }

  /** A host that never answers. */
  private Loopback silent() throws IOException {
    return new Loopback(
        (exchange, request) -> {
          reached.countDown();
          await(release);
        });
  }

  /** A host that begins to answer and then says no more. */
  private Loopback stalling(String contentType) throws IOException {
    return new Loopback(
        (exchange, request) -> {
          exchange.getResponseHeaders().set("Content-Type", contentType);
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          await(release);
        });
  }

  private CompletableFuture<Void> cancelOnceReached(Call call) {
    return CompletableFuture.runAsync(
        () -> {
          await(reached);
          call.cancel();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelDuringAnAttemptEndsTheCall(boolean enqueued) throws Throwable {
    plan(
        (request, attempts) -> {
          Throwable failure = catchThrowable(() -> send(attempts, request));
          assertThat(attempts.abandoned()).isTrue();
          assertThat(catchThrowable(() -> send(attempts, request))).isInstanceOf(IOException.class);
          throw failure;
        });
    try (Loopback host = silent()) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      CompletableFuture<Void> canceller = cancelOnceReached(call);
      assertThat(catchThrowable(() -> call(call, enqueued, OkHttpAttemptsCancelTest::text)))
          .isInstanceOf(IOException.class);
      canceller.get(20, TimeUnit.SECONDS);
      release.countDown();
      assertThat(host.received).hasSize(1);
    }
    assertThat(client.connectionPool().connectionCount()).isZero();
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelDuringAPauseEndsTheCall(boolean enqueued) throws Throwable {
    plan(
        (request, attempts) -> {
          reached.countDown();
          done(attempts.pause(AN_HOUR));
          return made(200, "{}");
        });
    Call call = client.newCall(post("http://127.0.0.1:1/", "{}"));
    CompletableFuture<Void> canceller = cancelOnceReached(call);
    assertThat(catchThrowable(() -> call(call, enqueued, OkHttpAttemptsCancelTest::text)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Canceled");
    canceller.get(20, TimeUnit.SECONDS);
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelDuringTheBodyWakesTheReader(boolean enqueued) throws Throwable {
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host = stalling("text/event-stream")) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      CompletableFuture<Void> canceller = cancelOnceReached(call);
      Throwable thrown =
          call(
              call,
              enqueued,
              response -> {
                response.body().source().readByteArray(10);
                reached.countDown();
                return catchThrowable(() -> response.body().source().readByte());
              });
      assertThat(thrown).isInstanceOf(IOException.class);
      canceller.get(20, TimeUnit.SECONDS);
      release.countDown();
    }
    assertThat(door.tap().endings).containsExactly("failed");
    assertThat(client.connectionPool().connectionCount()).isZero();
  }

  @Test
  void cancelEndsAnAnswerOfOurOwnToo() throws Exception {
    plan((request, attempts) -> made(200, "{}"));
    Call call = client.newCall(get("http://127.0.0.1:1/"));
    try (Response response = call.execute()) {
      call.cancel();
      assertThat(catchThrowable(() -> response.body().string())).hasMessage("Canceled");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void limitOfTheWholeCallEndsAttemptsAndPauses(boolean pausing) throws Exception {
    plan(
        (request, attempts) -> {
          if (pausing) {
            done(attempts.pause(AN_HOUR));
          }
          return send(attempts, request);
        });
    try (Loopback host = silent()) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      call.timeout().timeout(100, TimeUnit.MILLISECONDS);
      assertThat(catchThrowable(call::execute))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage("timeout");
      release.countDown();
    }
    assertThat(door.faults).isEmpty();
  }

  @Test
  void limitOfTheWholeCallGoesOnIntoTheBody() throws Exception {
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host = stalling("application/json")) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      call.timeout().timeout(2, TimeUnit.SECONDS);
      try (Response response = call.execute()) {
        assertThat(catchThrowable(() -> response.body().string()))
            .isInstanceOf(InterruptedIOException.class)
            .hasMessage("timeout");
      }
      release.countDown();
    }
    assertThat(door.tap().endings).containsExactly("failed");
    assertThat(client.connectionPool().connectionCount()).isZero();
  }

  @Test
  void innerCallIsCancelledAtItsOwnLimitToo() {
    Call outer = client.newCall(get("http://127.0.0.1:1/"));
    Call inner = client.newCall(get("http://127.0.0.1:1/"));
    try (CancelLink link = CancelLink.between(outer, inner)) {
      link.endAt(System.nanoTime() + AN_HOUR);
      link.check();
      assertThat(inner.isCanceled()).isFalse();
      link.endAt(System.nanoTime());
      link.check();
      assertThat(inner.isCanceled()).isTrue();
      assertThat(link.expired()).isTrue();
      assertThat(outer.isCanceled()).isFalse();
    }
  }

  @Test
  void interruptedPauseEndsAsOkioEndsIt() {
    plan(
        (request, attempts) -> {
          Thread.currentThread().interrupt();
          Throwable thrown = catchThrowable(() -> done(attempts.pause(AN_HOUR)));
          assertThat(attempts.abandoned()).isTrue();
          throw thrown;
        });
    Throwable thrown = catchThrowable(() -> client.newCall(get("http://127.0.0.1:1/")).execute());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void appThatWaitsNoLongerLeavesNothingBehind() throws Exception {
    CompletableFuture<GatewayResponse> stage = new CompletableFuture<>();
    door.behaviour =
        (request, upstream) -> {
          var attempts = upstream.attempts();
          GatewayResponse open =
              attempts.send(request, new Control(0)).toCompletableFuture().join();
          open.body().tap(tapped());
          Thread.currentThread().interrupt();
          return stage;
        };
    try (Loopback host = Loopback.answering("{}")) {
      Throwable thrown = catchThrowable(() -> client.newCall(post(host.url("/"), "{}")).execute());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(thrown).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted");
    }
    assertThat(door.tap().endings).containsExactly("stopped");
    assertNoConnectionInUse(client);
    GatewayResponse late = made(200, "{}");
    late.body().tap(tapped());
    stage.complete(late);
    assertThat(door.tap().endings).containsExactly("stopped");
  }

  private FakeDoor.Tap tapped() {
    FakeDoor.Tap tap = new FakeDoor.Tap();
    door.taps.add(tap);
    return tap;
  }

  @Test
  void abortedAttemptMakesRoomForTheNext() throws Exception {
    try (Loopback silent = silent();
        Loopback other = Loopback.answering("{\"other\":1}")) {
      plan(
          (request, attempts) -> {
            Control control = new Control(0);
            CompletableFuture<Void> timer =
                CompletableFuture.runAsync(
                    () -> {
                      await(reached);
                      control.abort(new TimeoutException("head"));
                    });
            assertThat(catchThrowable(() -> send(attempts, request, control)))
                .isInstanceOf(IOException.class);
            timer.get(20, TimeUnit.SECONDS);
            assertThat(attempts.abandoned()).isFalse();
            return send(attempts, request.withUri(URI.create(other.url("/"))));
          });
      try (Response response = client.newCall(post(silent.url("/"), "{}")).execute()) {
        assertThat(response.body().string()).isEqualTo("{\"other\":1}");
      }
      release.countDown();
    }
    assertNoConnectionInUse(client);
  }

  @Test
  void attemptAbortedBeforeItBeginsSendsNothing() throws Exception {
    plan(
        (request, attempts) -> {
          Control control = new Control(0);
          control.abort(new TimeoutException("total"));
          return send(attempts, request, control);
        });
    try (Loopback host = Loopback.answering("{}")) {
      assertThat(catchThrowable(() -> client.newCall(post(host.url("/"), "{}")).execute()))
          .isInstanceOf(IOException.class)
          .hasMessage("Canceled");
      assertThat(host.received).isEmpty();
    }
  }

  @Test
  void abortInTheBodyIsTheClientsOwnException() throws Exception {
    Control control = new Control(0);
    plan((request, attempts) -> send(attempts, request, control));
    try (Loopback host = stalling("text/event-stream");
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      response.body().source().readByteArray(10);
      CompletableFuture<Void> timer =
          CompletableFuture.runAsync(() -> control.abort(new TimeoutException("idle")));
      assertThat(catchThrowable(() -> response.body().source().readAll(Okio.blackhole())))
          .isInstanceOf(IOException.class);
      timer.get(20, TimeUnit.SECONDS);
      release.countDown();
    }
    assertThat(door.tap().endings).containsExactly("failed");
    assertThat(client.connectionPool().connectionCount()).isZero();
  }

  @Test
  void closeFromAnotherThreadWakesTheReader() throws Exception {
    plan(
        (request, attempts) -> {
          GatewayResponse response = send(attempts, request);
          done(response.content().next());
          CompletableFuture<Void> closer =
              CompletableFuture.runAsync(
                  () -> {
                    await(reached);
                    response.abandon();
                  });
          reached.countDown();
          assertThat(catchThrowable(() -> done(response.content().next())))
              .isInstanceOf(IOException.class);
          closer.get(20, TimeUnit.SECONDS);
          assertThat(client.connectionPool().connectionCount()).isZero();
          return made(200, "{}");
        });
    try (Loopback host = stalling("application/json");
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.body().string()).isEqualTo("{}");
      release.countDown();
    }
  }
}
