// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that others wait for than the app whose call brings them. */
@Timeout(60)
class SharedCallTest {

  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Control control = new Control(0);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CompletableFuture<Void> served = new CompletableFuture<>();
  private final CompletableFuture<GatewayResponse> upstream = new CompletableFuture<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private LiveServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new LiveServer();
  }

  @AfterEach
  void stop() throws IOException {
    release.countDown();
    Ingress.install(null);
    server.close();
  }

  private HttpRequest.Builder post() {
    return HttpRequest.newBuilder(server.uri("/v1")).POST(BodyPublishers.ofString("{}"));
  }

  /** Waits before the head, or after the first chunk, and notes how it went. */
  private void halting(boolean beforeHead) {
    server.script(
        (number, out) -> {
          try {
            if (beforeHead) {
              release.await();
            }
            out.head(200);
            out.chunk("one ");
            if (!beforeHead) {
              release.await();
            }
            out.chunk("two");
            out.end();
            served.complete(null);
          } catch (Throwable t) {
            served.completeExceptionally(t);
            throw t;
          }
        });
  }

  /** The app's call brings an answer that may be shared, of which it gets a view. */
  private ScriptedDoor lead() {
    control.allowSharing();
    return ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .send(request, control)
                .whenComplete(
                    (response, failure) -> {
                      if (failure != null) {
                        upstream.completeExceptionally(failure);
                      }
                    })
                .thenApply(
                    response -> {
                      upstream.complete(response);
                      return answer(view(response.content()));
                    }));
  }

  /** Closing it closes nothing that others wait for. */
  private ContentSource view(Content content) {
    return new ContentSource() {
      @Override
      public CompletionStage<@Nullable ByteBuffer> next() {
        return content.next();
      }

      @Override
      public void close() {
        left.countDown();
        if (!control.shared()) {
          content.close();
        }
      }
    };
  }

  private static GatewayResponse answer(ContentSource source) {
    return GatewayResponse.of(200, Headers.EMPTY, "1.1", new Content(source, Ingress.newBody()));
  }

  private static String rest(Content content) throws Exception {
    StringBuilder text = new StringBuilder();
    while (true) {
      ByteBuffer chunk = content.next().toCompletableFuture().get(20, TimeUnit.SECONDS);
      if (chunk == null) {
        return text.toString();
      }
      text.append(StandardCharsets.UTF_8.decode(chunk));
    }
  }

  /** A call of the app that something ends. */
  private final class App {
    final CompletableFuture<HttpResponse<String>> future;
    private final boolean async;
    private final Thread thread;

    App(boolean async, HttpRequest request) {
      this.async = async;
      if (async) {
        future = ScriptedDoor.async(client, request, BodyHandlers.ofString());
        thread = Thread.currentThread();
        return;
      }
      future = new CompletableFuture<>();
      thread =
          new Thread(
              () -> {
                try {
                  future.complete(ScriptedDoor.sync(client, request, BodyHandlers.ofString()));
                } catch (Throwable t) {
                  future.completeExceptionally(t);
                }
              });
      thread.start();
    }

    void leave() {
      if (async) {
        future.cancel(true);
      } else {
        thread.interrupt();
      }
    }

    Throwable failure() {
      Throwable thrown = catchThrowable(() -> future.get(20, TimeUnit.SECONDS));
      return thrown instanceof java.util.concurrent.ExecutionException ? thrown.getCause() : thrown;
    }

    void assertLeft() {
      assertThat(failure())
          .isInstanceOf(async ? CancellationException.class : InterruptedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLeaderThatLeavesBeforeTheHeadLeavesTheAnswerToTheOthers(boolean async) throws Exception {
    halting(true);
    ScriptedDoor door = lead();
    App app = new App(async, post().build());
    server.awaitRequest();
    control.share();
    app.leave();
    app.assertLeft();
    assertThat(upstream).isNotDone();
    release.countDown();
    assertThat(rest(upstream.get(20, TimeUnit.SECONDS).content())).isEqualTo("one two");
    served.get(20, TimeUnit.SECONDS);
    left.await();
    assertThat(server.requests).hasSize(1);
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLeaderThatLeavesInMidStreamLeavesTheAnswerToTheOthers(boolean async) throws Exception {
    halting(false);
    CountDownLatch first = new CountDownLatch(1);
    AtomicReference<CompletionStage<@Nullable ByteBuffer>> last = new AtomicReference<>();
    control.allowSharing();
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .send(request, control)
                .thenApply(
                    response -> {
                      upstream.complete(response);
                      return answer(
                          new ContentSource() {
                            @Override
                            public CompletionStage<@Nullable ByteBuffer> next() {
                              CompletionStage<@Nullable ByteBuffer> next =
                                  response.content().next();
                              if (last.getAndSet(next) != null) {
                                first.countDown();
                              }
                              return next;
                            }

                            @Override
                            public void close() {
                              left.countDown();
                            }
                          });
                    }));
    App app = new App(async, post().build());
    first.await();
    control.share();
    app.leave();
    app.assertLeft();
    left.await();
    release.countDown();
    ByteBuffer chunk = last.get().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(StandardCharsets.UTF_8.decode(chunk).toString()).isEqualTo("two");
    assertThat(rest(upstream.join().content())).isEmpty();
    served.get(20, TimeUnit.SECONDS);
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLeaderThatClosesItsStreamLeavesTheAnswerToTheOthers(boolean async) throws Throwable {
    halting(false);
    lead();
    InputStream in =
        ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofInputStream()).body();
    assertThat(in.read()).isEqualTo('o');
    control.share();
    in.close();
    left.await();
    release.countDown();
    served.get(20, TimeUnit.SECONDS);
    upstream.join().content().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLeadersTimeoutEndsItsOwnCallOnly(boolean async) throws Exception {
    halting(true);
    ScriptedDoor door = lead();
    App app = new App(async, post().timeout(Duration.ofSeconds(2)).build());
    server.awaitRequest();
    control.share();
    assertThat(app.failure())
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(upstream).isNotDone();
    release.countDown();
    assertThat(rest(upstream.get(20, TimeUnit.SECONDS).content())).isEqualTo("one two");
    left.await();
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTimeoutEndsAnAttemptThatNobodyShares(boolean async) throws Exception {
    halting(true);
    ScriptedDoor door = lead();
    App app = new App(async, post().timeout(Duration.ofMillis(500)).build());
    assertThat(app.failure())
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(door.ending.get()).isEqualTo("HttpTimeoutException");
    release.countDown();
    server.awaitGone();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAttemptThatNobodySharesEndsWithItsCall(boolean async) throws Exception {
    server.script((number, out) -> out.head(200));
    lead();
    App app = new App(async, post().build());
    upstream.get(20, TimeUnit.SECONDS);
    app.leave();
    app.assertLeft();
    server.awaitGone();
  }

  @Test
  void aSharedAnswerThatItsOwnerClosesGivesItsConnectionUp() throws Exception {
    server.script((number, out) -> out.head(200));
    lead();
    App app = new App(true, post().build());
    upstream.get(20, TimeUnit.SECONDS);
    control.share();
    app.leave();
    left.await();
    upstream.join().content().close();
    server.awaitGone();
  }

  @Test
  void anAbortEndsASharedAttemptToo() throws Exception {
    server.script((number, out) -> {});
    lead();
    App app = new App(true, post().build());
    server.awaitRequest();
    control.share();
    control.abort(new TimeoutException("no head"));
    assertThat(app.failure()).isInstanceOf(HttpTimeoutException.class);
    server.awaitGone();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void requestsAreSentAsideWhenTheCallIsOver(boolean async) throws Throwable {
    AtomicReference<Attempts> seen = new AtomicReference<>();
    AtomicReference<GatewayRequest> asked = new AtomicReference<>();
    CompletableFuture<GatewayResponse> never = new CompletableFuture<>();
    AtomicInteger calls = new AtomicInteger();
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) -> {
              seen.set(attempts);
              asked.set(request);
              calls.incrementAndGet();
              return attempts.await(never);
            });
    App app = new App(async, post().timeout(Duration.ofSeconds(2)).build());
    assertThat(app.failure()).isInstanceOf(HttpTimeoutException.class);
    assertThat(seen.get().deadlineNanos() - System.nanoTime()).isNotPositive();
    List<CompletableFuture<GatewayResponse>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Control aside = new Control(0);
      aside.share();
      answers.add(seen.get().send(asked.get(), aside).toCompletableFuture());
    }
    for (CompletableFuture<GatewayResponse> answer : answers) {
      assertThat(rest(answer.get(20, TimeUnit.SECONDS).content())).isEqualTo("fine");
    }
    assertThat(server.requests).hasSize(3).allMatch(r -> r.endsWith("\r\n\r\n{}"));
    assertThat(calls).hasValue(1);
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsSentAsideDoesNotEndWithTheCall(boolean async) throws Exception {
    halting(true);
    CompletableFuture<GatewayResponse> never = new CompletableFuture<>();
    Control aside = new Control(0);
    aside.share();
    ScriptedDoor.managing(
        (request, attempts) -> {
          attempts.send(request, aside).thenAccept(upstream::complete);
          return attempts.await(never);
        });
    App app = new App(async, post().build());
    server.awaitRequest();
    app.leave();
    app.assertLeft();
    release.countDown();
    assertThat(rest(upstream.get(20, TimeUnit.SECONDS).content())).isEqualTo("one two");
    assertThat(never).isNotDone();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFollowerGetsWhatItWaitedForOnAThreadOfOurs(boolean async) throws Exception {
    CompletableFuture<GatewayResponse> other = new CompletableFuture<>();
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Thread> on = new CompletableFuture<>();
    ScriptedDoor.managing(
        (request, attempts) -> {
          CompletionStage<GatewayResponse> stage =
              attempts
                  .await(other)
                  .whenComplete((response, failure) -> on.complete(Thread.currentThread()));
          waiting.countDown();
          return stage;
        });
    App app = new App(async, post().build());
    waiting.await();
    other.complete(answer(new HandDrivenSource().give("shared").end()));
    assertThat(app.future.get(20, TimeUnit.SECONDS).body()).isEqualTo("shared");
    assertThat(on.join()).isNotSameAs(Thread.currentThread());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFollowerThatLeavesLeavesWhatItWaitsForAlone(boolean async) throws Exception {
    CompletableFuture<GatewayResponse> other = new CompletableFuture<>();
    CountDownLatch waiting = new CountDownLatch(1);
    ScriptedDoor door =
        ScriptedDoor.managing(
            (request, attempts) -> {
              CompletionStage<GatewayResponse> stage = attempts.await(other);
              waiting.countDown();
              return stage;
            });
    App app = new App(async, post().build());
    waiting.await();
    app.leave();
    app.assertLeft();
    assertThat(door.ending.get(20, TimeUnit.SECONDS))
        .isEqualTo(async ? "CancellationException" : "InterruptedException");
    assertThat(other).isNotDone();
    assertThat(server.requests).isEmpty();
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReaderThatWaitsForOthersInTheBodyCanLeave(boolean async) throws Exception {
    HandDrivenSource source = new HandDrivenSource().give("one ");
    CompletableFuture<@Nullable ByteBuffer> chunk = new CompletableFuture<>();
    CountDownLatch waiting = new CountDownLatch(1);
    ScriptedDoor.managing(
        (request, attempts) ->
            CompletableFuture.completedFuture(
                answer(
                    new ContentSource() {
                      private boolean began;

                      @Override
                      public CompletionStage<@Nullable ByteBuffer> next() {
                        if (!began) {
                          began = true;
                          return source.next();
                        }
                        CompletionStage<@Nullable ByteBuffer> next = attempts.await(chunk);
                        waiting.countDown();
                        return next;
                      }

                      @Override
                      public void close() {
                        source.close();
                      }
                    })));
    // The timeout ends with the head, as the client has it.
    App app = new App(async, post().timeout(Duration.ofMillis(1)).build());
    waiting.await();
    app.leave();
    app.assertLeft();
    source.closed.await();
    assertThat(chunk).isNotDone();
  }

  @Test
  void aPauseInTheBodyDoesNotHideTheAppsLeaving() throws Exception {
    HandDrivenSource source = new HandDrivenSource().give("one ");
    AtomicInteger pulls = new AtomicInteger();
    CountDownLatch waiting = new CountDownLatch(1);
    ScriptedDoor.managing(
        (request, attempts) ->
            CompletableFuture.completedFuture(
                answer(
                    new ContentSource() {
                      @Override
                      public CompletionStage<@Nullable ByteBuffer> next() {
                        if (pulls.getAndIncrement() == 0) {
                          return attempts.pause(1).thenCompose(v -> source.next());
                        }
                        waiting.countDown();
                        return source.next();
                      }

                      @Override
                      public void close() {
                        source.close();
                      }
                    })));
    App app = new App(true, post().build());
    waiting.await();
    app.leave();
    app.assertLeft();
    source.closed.await();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReplayThatPausesArrives(boolean async) throws Throwable {
    AtomicInteger chunks = new AtomicInteger();
    ScriptedDoor.managing(
        (request, attempts) ->
            CompletableFuture.completedFuture(
                answer(
                    new ContentSource() {
                      @Override
                      public CompletionStage<@Nullable ByteBuffer> next() {
                        return attempts
                            .pause(1_000)
                            .thenApply(
                                v ->
                                    chunks.incrementAndGet() > 5
                                        ? null
                                        : ByteBuffer.wrap(new byte[] {'x'}));
                      }

                      @Override
                      public void close() {}
                    })));
    assertThat(ScriptedDoor.call(async, client, post().build(), BodyHandlers.ofString()).body())
        .isEqualTo("xxxxx");
  }

  @Test
  void aReplayThatPausesIsLeft() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    ScriptedDoor.managing(
        (request, attempts) ->
            CompletableFuture.completedFuture(
                answer(
                    new ContentSource() {
                      @Override
                      public CompletionStage<@Nullable ByteBuffer> next() {
                        waiting.countDown();
                        return attempts.pause(LONG).thenApply(v -> null);
                      }

                      @Override
                      public void close() {
                        left.countDown();
                      }
                    })));
    App app = new App(false, post().build());
    waiting.await();
    app.leave();
    app.assertLeft();
    left.await();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAppsSubscriberRunsOnItsClientsThreadsWhoeverBringsAChunk(boolean async) throws Throwable {
    HandDrivenSource source = new HandDrivenSource();
    ScriptedDoor.managing((request, attempts) -> CompletableFuture.completedFuture(answer(source)));
    ExecutorService own = Executors.newCachedThreadPool(task -> new Thread(task, "the apps"));
    try {
      HttpClient executing = HttpClient.newBuilder().executor(own).build();
      List<String> threads = new java.util.concurrent.CopyOnWriteArrayList<>();
      CompletableFuture<HttpResponse<Void>> call =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ScriptedDoor.call(
                      async,
                      executing,
                      post().build(),
                      info ->
                          BodySubscribers.ofByteArrayConsumer(
                              chunk -> threads.add(Thread.currentThread().getName())));
                } catch (Throwable t) {
                  throw new java.util.concurrent.CompletionException(t);
                }
              });
      org.awaitility.Awaitility.await().until(() -> source.pulls() == 1);
      source.give("one");
      org.awaitility.Awaitility.await().until(() -> source.pulls() == 2);
      source.give("two");
      source.end();
      call.get(20, TimeUnit.SECONDS);
      assertThat(threads).isNotEmpty().allMatch("the apps"::equals);
    } finally {
      own.shutdown();
    }
  }

  @Test
  void theClientsOwnChunksNeedNoOtherThread() throws Exception {
    Bringing bringing = new Bringing();
    List<Boolean> here = new ArrayList<>();
    bringing.run(() -> here.add(bringing.here()));
    here.add(bringing.here());
    assertThat(here).containsExactly(true, false);
  }
}
