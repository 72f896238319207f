// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

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
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that others wait for than the app whose call brings them. */
@Timeout(60)
class OkHttpSharedTest extends AttemptsFixture {

  private static final long AN_HOUR = TimeUnit.HOURS.toNanos(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CompletableFuture<Void> served = new CompletableFuture<>();
  private final Control control = new Control(0);
  private final CompletableFuture<GatewayResponse> upstream = new CompletableFuture<>();
  private final AtomicReference<Attempts> seen = new AtomicReference<>();
  private final AtomicReference<GatewayRequest> asked = new AtomicReference<>();
  private volatile View view;

  /** One of several readers: its closing is noted and closes nothing. */
  private static final class View implements ContentSource {
    private final Content source;
    final CountDownLatch closed = new CountDownLatch(1);
    volatile @Nullable CompletionStage<@Nullable ByteBuffer> last;

    View(Content source) {
      this.source = source;
    }

    @Override
    public CompletionStage<@Nullable ByteBuffer> next() {
      CompletionStage<@Nullable ByteBuffer> next = source.next();
      last = next;
      return next;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @BeforeEach
  void haveThreads() {
    door.background = threads;
  }

  @AfterEach
  void stopThreads() {
    release.countDown();
    threads.shutdownNow();
  }

  /** A host that waits before the head, or after the first chunk, and notes how it went. */
  private Loopback halting(boolean beforeHead) throws IOException {
    return new Loopback(
        (exchange, request) -> {
          try {
            if (beforeHead) {
              reached.countDown();
              await(release);
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("one ".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            if (!beforeHead) {
              reached.countDown();
              await(release);
            }
            exchange.getResponseBody().write("two".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().close();
            served.complete(null);
          } catch (Throwable t) {
            served.completeExceptionally(t);
            throw t;
          }
        });
  }

  /** The app's call brings an answer that may be shared. */
  private void lead() {
    control.allowSharing();
    door.behaviour =
        (request, way) -> {
          Attempts attempts = way.attempts();
          seen.set(attempts);
          asked.set(request);
          return attempts
              .send(request, control)
              .whenComplete(
                  (response, failure) -> {
                    if (failure != null) {
                      upstream.completeExceptionally(failure);
                    }
                  })
              .thenApply(this::viewed);
        };
  }

  private GatewayResponse viewed(GatewayResponse response) {
    View own = new View(response.content());
    view = own;
    upstream.complete(response);
    return GatewayResponse.of(
        response.status(), response.headers(), "", new Content(own, Ingress.newBody()));
  }

  private <T> Future<T> apart(java.util.concurrent.Callable<T> work) {
    return threads.submit(work);
  }

  private static String text(@Nullable ByteBuffer chunk) {
    return chunk == null ? "" : StandardCharsets.UTF_8.decode(chunk.duplicate()).toString();
  }

  private static String rest(Content content) throws Exception {
    StringBuilder text = new StringBuilder();
    while (true) {
      ByteBuffer chunk = content.next().toCompletableFuture().get(20, TimeUnit.SECONDS);
      if (chunk == null) {
        return text.toString();
      }
      text.append(text(chunk));
    }
  }

  @Test
  void leaderThatIsCancelledInMidStreamLeavesTheAnswerToTheOthers() throws Exception {
    lead();
    try (Loopback host = halting(false)) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      Response response = call.execute();
      assertThat(response.body().source().readByteArray(4)).isEqualTo("one ".getBytes("UTF-8"));
      CompletionStage<?> first = view.last;
      Future<Throwable> reading =
          apart(() -> catchThrowable(() -> response.body().source().readByte()));
      Awaitility.await().until(() -> view.last != first);
      control.share();
      call.cancel();
      // The app's reader is free although nothing has come.
      assertThat(reading.get()).isExactlyInstanceOf(IOException.class).hasMessage("Canceled");
      view.closed.await();
      assertThat(seen.get().abandoned()).isTrue();
      assertThat(view.last.toCompletableFuture()).isNotDone();
      release.countDown();
      assertThat(text(view.last.toCompletableFuture().get(20, TimeUnit.SECONDS))).isEqualTo("two");
      assertThat(rest(upstream.join().content())).isEmpty();
      upstream.join().content().close();
      served.get(20, TimeUnit.SECONDS);
      assertThat(host.received).hasSize(1);
    }
    assertNoConnectionInUse(client);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void leaderThatNeverReadsAgainIsNoticedAllTheSame() throws Exception {
    lead();
    try (Loopback host = halting(false)) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      Response response = call.execute();
      assertThat(response.code()).isEqualTo(200);
      control.share();
      call.cancel();
      view.closed.await();
      release.countDown();
      assertThat(rest(upstream.join().content())).isEqualTo("one two");
      served.get(20, TimeUnit.SECONDS);
    }
    assertNoConnectionInUse(client);
  }

  @Test
  void leaderThatClosesItsBodyLeavesTheAnswerToTheOthers() throws Exception {
    lead();
    try (Loopback host = halting(false)) {
      try (Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
        assertThat(response.body().source().readByte()).isEqualTo((byte) 'o');
        control.share();
      }
      view.closed.await();
      release.countDown();
      assertThat(rest(upstream.join().content())).isEqualTo("two");
      served.get(20, TimeUnit.SECONDS);
    }
    assertNoConnectionInUse(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "interrupt", "limit"})
  void leaderThatLeavesBeforeTheHeadLeavesTheAnswerToTheOthers(String how) throws Exception {
    lead();
    try (Loopback host = halting(true)) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      if (how.equals("limit")) {
        call.timeout().timeout(2, TimeUnit.SECONDS);
      }
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      Future<Throwable> calling =
          apart(
              () -> {
                thread.complete(Thread.currentThread());
                return catchThrowable(call::execute);
              });
      await(reached);
      control.share();
      switch (how) {
        case "cancel" -> call.cancel();
        case "interrupt" -> thread.join().interrupt();
        default -> {}
      }
      assertThat(calling.get())
          .isInstanceOf(IOException.class)
          .hasMessage(
              how.equals("cancel") ? "Canceled" : how.equals("limit") ? "timeout" : "interrupted");
      assertThat(upstream).isNotDone();
      release.countDown();
      assertThat(rest(upstream.get(20, TimeUnit.SECONDS).content())).isEqualTo("one two");
      served.get(20, TimeUnit.SECONDS);
      assertThat(host.received).hasSize(1);
      view.closed.await();
    }
    assertNoConnectionInUse(client);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void attemptThatNobodySharesEndsWithItsCall() throws Exception {
    lead();
    try (Loopback host = halting(true)) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      Future<Throwable> calling = apart(() -> catchThrowable(call::execute));
      await(reached);
      call.cancel();
      assertThat(calling.get()).isInstanceOf(IOException.class);
      assertThat(upstream).failsWithin(20, TimeUnit.SECONDS);
    }
    assertThat(client.connectionPool().connectionCount()).isZero();
  }

  @Test
  void sharedAnswerThatItsOwnerClosesGivesItsConnectionUp() throws Exception {
    lead();
    try (Loopback host = halting(false)) {
      Response response = client.newCall(post(host.url("/"), "{}")).execute();
      control.share();
      response.close();
      upstream.join().content().close();
      assertThat(client.connectionPool().connectionCount()).isZero();
    }
  }

  @Test
  void abortEndsASharedAttemptToo() throws Exception {
    lead();
    try (Loopback host = halting(true)) {
      Future<Throwable> calling =
          apart(() -> catchThrowable(client.newCall(post(host.url("/"), "{}"))::execute));
      await(reached);
      control.share();
      control.abort(new IllegalStateException("total"));
      assertThat(calling.get()).isInstanceOf(IOException.class);
      assertThat(upstream).isCompletedExceptionally();
    }
    assertThat(client.connectionPool().connectionCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void requestsAreSentAsideWhenTheCallIsOver(boolean cancelled) throws Exception {
    plan(
        (request, attempts) -> {
          seen.set(attempts);
          asked.set(request);
          return made(200, "stale");
        });
    try (Loopback host = Loopback.answering("{\"fresh\":1}")) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      try (Response response = call.execute()) {
        if (cancelled) {
          call.cancel();
        } else {
          assertThat(response.body().string()).isEqualTo("stale");
        }
      }
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        answers.add(apart(() -> aside(seen.get(), asked.get())));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("{\"fresh\":1}");
      }
      assertThat(host.received).hasSize(3).allMatch(r -> r.text().equals("{}"));
    }
    assertThat(Ingress.bypassed()).isFalse();
    assertNoConnectionInUse(client);
    assertThat(door.faults).isEmpty();
  }

  private static String aside(Attempts attempts, GatewayRequest request) throws Exception {
    Control shared = new Control(0);
    shared.share();
    GatewayResponse response = attempts.send(request, shared).toCompletableFuture().get();
    try {
      return rest(response.content());
    } finally {
      response.abandon();
    }
  }

  @Test
  void whatIsSentAsideIsNeverTheApps() throws Exception {
    try (Loopback host = Loopback.answering("{\"fresh\":1}")) {
      AtomicReference<GatewayResponse> open = new AtomicReference<>();
      plan(
          (request, attempts) -> {
            Control shared = new Control(0);
            shared.share();
            open.set(done(attempts.send(request, shared)));
            return made(404, "stale");
          });
      try (Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
        assertThat(response.networkResponse()).isNull();
        assertThat(response.body().string()).isEqualTo("stale");
      }
      assertThat(rest(open.get().content())).isEqualTo("{\"fresh\":1}");
    }
    assertNoConnectionInUse(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "interrupt", "limit"})
  void followerThatLeavesLeavesWhatItWaitsForAlone(String how) throws Exception {
    CompletableFuture<GatewayResponse> other = new CompletableFuture<>();
    AtomicReference<Thread> thread = new AtomicReference<>();
    plan(
        (request, attempts) -> {
          thread.set(Thread.currentThread());
          reached.countDown();
          return done(attempts.await(other));
        });
    Call call = client.newCall(get("http://127.0.0.1:1/"));
    if (how.equals("limit")) {
      call.timeout().timeout(200, TimeUnit.MILLISECONDS);
    }
    Future<Throwable> calling = apart(() -> catchThrowable(call::execute));
    await(reached);
    switch (how) {
      case "cancel" -> call.cancel();
      case "interrupt" -> thread.get().interrupt();
      default -> {}
    }
    assertThat(calling.get())
        .isInstanceOf(how.equals("cancel") ? IOException.class : InterruptedIOException.class)
        .hasMessage(
            how.equals("cancel") ? "Canceled" : how.equals("limit") ? "timeout" : "interrupted");
    assertThat(other).isNotDone();
    assertThat(door.faults).isEmpty();
  }

  @Test
  void followerGetsWhatItWaitedFor() throws Exception {
    CompletableFuture<GatewayResponse> other = new CompletableFuture<>();
    plan(
        (request, attempts) -> {
          reached.countDown();
          return done(attempts.await(other));
        });
    Future<String> calling =
        apart(
            () -> {
              try (Response response = client.newCall(get("http://127.0.0.1:1/")).execute()) {
                return response.body().string();
              }
            });
    await(reached);
    other.complete(made(200, "shared"));
    assertThat(calling.get()).isEqualTo("shared");
  }

  /** A stream that others bring, chunk by chunk. */
  private static final class Fed implements ContentSource {
    final List<CompletableFuture<@Nullable ByteBuffer>> chunks = new ArrayList<>();
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch waiting = new CountDownLatch(2);
    private int next;

    Fed(int count) {
      for (int i = 0; i < count; i++) {
        chunks.add(new CompletableFuture<>());
      }
    }

    void give(int index, @Nullable String text) {
      chunks
          .get(index)
          .complete(text == null ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public CompletionStage<@Nullable ByteBuffer> next() {
      waiting.countDown();
      return chunks.get(next++);
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private void stream(ContentSource source, String type) {
    plan(
        (request, attempts) ->
            GatewayResponse.of(
                200,
                Headers.ofFlat("Content-Type", type),
                "",
                new Content(source, Ingress.newBody())));
  }

  @Test
  void readerWaitsForChunksThatAnotherThreadBrings() throws Exception {
    Fed fed = new Fed(3);
    stream(fed, "text/event-stream");
    try (Response response = client.newCall(get("http://127.0.0.1:1/")).execute()) {
      Future<String> reading = apart(() -> response.body().string());
      fed.give(0, "one ");
      fed.waiting.await();
      fed.give(1, "two");
      fed.give(2, null);
      assertThat(reading.get()).isEqualTo("one two");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "limit", "close"})
  void readerThatWaitsForOthersIsThrownOut(String how) throws Exception {
    Fed fed = new Fed(3);
    stream(fed, "application/json");
    fed.give(0, "one ");
    Call call = client.newCall(get("http://127.0.0.1:1/"));
    if (how.equals("limit")) {
      call.timeout().timeout(2, TimeUnit.SECONDS);
    }
    Response response = call.execute();
    Future<Throwable> reading = apart(() -> catchThrowable(() -> response.body().string()));
    fed.waiting.await();
    switch (how) {
      case "cancel" -> call.cancel();
      case "close" -> response.close();
      default -> {}
    }
    assertThat(reading.get())
        .isInstanceOf(IOException.class)
        .hasMessage(how.equals("limit") ? "timeout" : "Canceled");
    fed.closed.await();
    assertThat(fed.chunks.get(1)).isNotDone();
  }

  @Test
  void interruptedReaderMayComeBack() throws Exception {
    Fed fed = new Fed(3);
    stream(fed, "text/event-stream");
    fed.give(0, "one ");
    try (Response response = client.newCall(get("http://127.0.0.1:1/")).execute()) {
      assertThat(response.body().source().readByteArray(4)).hasSize(4);
      Thread.currentThread().interrupt();
      Throwable thrown = catchThrowable(() -> response.body().source().readByte());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(thrown).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted");
      fed.give(1, "two");
      fed.give(2, null);
      assertThat(response.body().string()).isEqualTo("two");
    }
  }

  @Test
  void replayThatPausesIsReadAndCanBeLeft() throws Exception {
    Iterator<Long> pauses = List.of(1_000L, 1_000L, AN_HOUR).iterator();
    plan(
        (request, attempts) -> {
          ContentSource paced =
              new ContentSource() {
                @Override
                public CompletionStage<@Nullable ByteBuffer> next() {
                  long nanos = pauses.next();
                  if (nanos == AN_HOUR) {
                    reached.countDown();
                  }
                  return attempts.pause(nanos).thenApply(done -> ByteBuffer.wrap(new byte[] {'x'}));
                }

                @Override
                public void close() {
                  release.countDown();
                }
              };
          return GatewayResponse.of(
              200,
              Headers.ofFlat("Content-Type", "text/event-stream"),
              "",
              new Content(paced, Ingress.newBody()));
        });
    Call call = client.newCall(get("http://127.0.0.1:1/"));
    Response response = call.execute();
    assertThat(response.body().source().readByteArray(2)).isEqualTo(new byte[] {'x', 'x'});
    Future<Throwable> reading =
        apart(() -> catchThrowable(() -> response.body().source().readByte()));
    await(reached);
    call.cancel();
    assertThat(reading.get()).isExactlyInstanceOf(IOException.class).hasMessage("Canceled");
    response.close();
    await(release);
    assertThat(door.faults).isEmpty();
  }
}
