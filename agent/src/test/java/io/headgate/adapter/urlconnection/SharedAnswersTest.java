// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Control;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that others wait for than the app whose call brings them. */
@Timeout(30)
class SharedAnswersTest {

  private static final long HOURS = TimeUnit.HOURS.toNanos(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Control control = new Control(0);
  private final CompletableFuture<GatewayResponse> upstream = new CompletableFuture<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final AtomicReference<CompletionStage<@Nullable ByteBuffer>> last =
      new AtomicReference<>();
  private final AtomicReference<Attempts> seen = new AtomicReference<>();
  private final AtomicReference<GatewayRequest> asked = new AtomicReference<>();
  private final CompletableFuture<Socket> accepted = new CompletableFuture<>();
  private RawServer server;
  private ServerSocket slow;

  @BeforeEach
  void serve() throws IOException {
    server = new RawServer().answer("/v1", SideBySide.reply("200 OK", "", "fine"));
    slow = new ServerSocket(0);
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    threads.shutdownNow();
    server.close();
    slow.close();
  }

  private HttpURLConnection to(String path) throws IOException {
    return SideBySide.ours(URI.create(server.base() + path).toURL());
  }

  /** To a server whose answer this test writes. */
  private HttpURLConnection toSlow() throws IOException {
    threads.submit(
        () -> {
          Socket socket = slow.accept();
          // All there is of the request: it has no body.
          byte[] some = new byte[4096];
          assertThat(socket.getInputStream().read(some)).isPositive();
          return accepted.complete(socket);
        });
    return SideBySide.ours(URI.create("http://127.0.0.1:" + slow.getLocalPort() + "/").toURL());
  }

  private void write(String text) throws IOException {
    accepted.join().getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What a gateway does that has threads. */
  private void door(Managed.Way way) {
    Doors door = new Doors((request, ways) -> way.take(request, ways.attempts()));
    Ingress.install(
        new Ingress.Door() {
          @Override
          public boolean handles(String host, int port) {
            return true;
          }

          @Override
          public CompletionStage<GatewayResponse> execute(
              GatewayRequest request, Exchange.CallSite site, Upstream ways) {
            asked.set(request);
            seen.set(ways.attempts());
            return door.execute(request, site, ways);
          }

          @Override
          public void fault(String stage, Throwable fault) {
            throw new AssertionError(fault);
          }

          @Override
          public void background(Runnable task) {
            threads.execute(task);
          }
        });
  }

  /** The app's call brings an answer that may be shared, of which it gets a view. */
  private void lead() {
    control.allowSharing();
    door(
        (request, attempts) ->
            attempts
                .send(request, control)
                .thenApply(
                    response -> {
                      upstream.complete(response);
                      return answer(view(response.content()));
                    }));
  }

  private ContentSource view(Content content) {
    return new ContentSource() {
      @Override
      public CompletionStage<@Nullable ByteBuffer> next() {
        CompletionStage<@Nullable ByteBuffer> next = content.next();
        last.set(next);
        if (!next.toCompletableFuture().isDone()) {
          waiting.countDown();
        }
        return next;
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
      text.append(StandardCharsets.ISO_8859_1.decode(chunk));
    }
  }

  private <T> Future<T> apart(Callable<T> work) {
    return threads.submit(work);
  }

  private static Throwable thrown(Future<?> future) throws InterruptedException {
    try {
      throw new AssertionError("it did not fail but gave " + future.get());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Test
  void aLeaderThatDisconnectsBeforeTheHeadLeavesTheAnswerToTheOthers() throws Exception {
    lead();
    HttpURLConnection connection = toSlow();
    Future<Integer> calling = apart(connection::getResponseCode);
    accepted.get();
    control.share();
    connection.disconnect();
    assertThat(thrown(calling)).isInstanceOf(SocketException.class).hasMessage("Socket closed");
    assertThat(seen.get().abandoned()).isTrue();
    assertThat(upstream).isNotDone();
    write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine");
    assertThat(rest(upstream.get().content())).isEqualTo("fine");
    left.await();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLeaderThatLeavesInMidStreamLeavesTheAnswerToTheOthers(boolean closes) throws Exception {
    lead();
    HttpURLConnection connection = toSlow();
    Future<InputStream> calling = apart(connection::getInputStream);
    accepted.get();
    write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    InputStream in = calling.get();
    Future<Integer> reading = apart(in::read);
    waiting.await();
    control.share();
    if (closes) {
      in.close();
    } else {
      connection.disconnect();
    }
    assertThat(thrown(reading)).isInstanceOf(IOException.class).hasMessage("stream is closed");
    left.await();
    write("4\r\none \r\n");
    write("3\r\ntwo\r\n0\r\n\r\n");
    ByteBuffer first = last.get().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(StandardCharsets.ISO_8859_1.decode(first) + rest(upstream.join().content()))
        .isEqualTo("one two");
  }

  @Test
  void anAttemptThatNobodySharesEndsWithItsCall() throws Exception {
    lead();
    HttpURLConnection connection = toSlow();
    Future<Integer> calling = apart(connection::getResponseCode);
    accepted.get();
    connection.disconnect();
    assertThat(thrown(calling)).isInstanceOf(SocketException.class);
    // The server sees it go.
    assertThat(accepted.join().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aSharedAnswerThatItsOwnerClosesGivesItsConnectionUp() throws Exception {
    lead();
    HttpURLConnection connection = toSlow();
    Future<InputStream> calling = apart(connection::getInputStream);
    accepted.get();
    write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    calling.get();
    control.share();
    connection.disconnect();
    upstream.join().content().close();
    assertThat(accepted.join().getInputStream().read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void requestsAreSentAsideWhenTheCallIsOver(boolean disconnected) throws Exception {
    door(
        (request, attempts) ->
            CompletableFuture.completedFuture(Managed.own(200, Headers.EMPTY, "stale")));
    HttpURLConnection connection = to("/v1");
    InputStream in = connection.getInputStream();
    if (disconnected) {
      connection.disconnect();
    } else {
      assertThat(Transcript.text(in)).isEqualTo("stale");
    }
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(
          apart(
              () -> {
                Control aside = new Control(0);
                aside.share();
                GatewayResponse response =
                    seen.get().send(asked.get(), aside).toCompletableFuture().get();
                return rest(response.content());
              }));
    }
    for (Future<String> answer : answers) {
      assertThat(answer.get()).isEqualTo("fine");
    }
    assertThat(server.requests()).hasSize(3);
    assertThat(connection.getResponseCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disconnect", "interrupt", "answer"})
  void aFollowerWaitsForWhatItLeavesAlone(String how) throws Exception {
    CompletableFuture<GatewayResponse> other = new CompletableFuture<>();
    AtomicReference<Thread> thread = new AtomicReference<>();
    door(
        (request, attempts) -> {
          thread.set(Thread.currentThread());
          waiting.countDown();
          CompletionStage<GatewayResponse> stage = attempts.await(other);
          assertThat(stage.toCompletableFuture()).isDone();
          return stage;
        });
    HttpURLConnection connection = to("/v1");
    Future<String> calling = apart(() -> Transcript.text(connection.getInputStream()));
    waiting.await();
    if (how.equals("answer")) {
      other.complete(Managed.own(200, Headers.EMPTY, "shared"));
      assertThat(calling.get()).isEqualTo("shared");
      return;
    }
    if (how.equals("disconnect")) {
      connection.disconnect();
    } else {
      thread.get().interrupt();
    }
    assertThat(thrown(calling))
        .isInstanceOf(
            how.equals("interrupt") ? InterruptedIOException.class : SocketException.class);
    assertThat(other).isNotDone();
    assertThat(server.connections()).isZero();
  }

  /** A body of which another thread brings one chunk. */
  private ContentSource oneFrom(CompletableFuture<@Nullable ByteBuffer> chunk) {
    return new ContentSource() {
      private int pulls;

      @Override
      public CompletionStage<@Nullable ByteBuffer> next() {
        waiting.countDown();
        return pulls++ == 0 ? chunk : CompletableFuture.completedFuture(null);
      }

      @Override
      public void close() {
        left.countDown();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"disconnect", "interrupt", "answer"})
  void aReaderWaitsForWhatAnotherThreadBrings(String how) throws Exception {
    CompletableFuture<@Nullable ByteBuffer> chunk = new CompletableFuture<>();
    door((request, attempts) -> CompletableFuture.completedFuture(answer(oneFrom(chunk))));
    HttpURLConnection connection = to("/v1");
    InputStream in = connection.getInputStream();
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<String> reading =
        apart(
            () -> {
              thread.set(Thread.currentThread());
              return Transcript.text(in);
            });
    waiting.await();
    if (how.equals("disconnect")) {
      connection.disconnect();
      assertThat(thrown(reading)).isInstanceOf(IOException.class).hasMessage("stream is closed");
      left.await();
      assertThat(chunk).isNotDone();
      return;
    }
    if (how.equals("interrupt")) {
      thread.get().interrupt();
      assertThat(thrown(reading)).isInstanceOf(InterruptedIOException.class);
    }
    chunk.complete(ByteBuffer.wrap(new byte[] {'x'}));
    // An interrupted reader may come back.
    String text = how.equals("interrupt") ? Transcript.text(in) : reading.get();
    assertThat(text).isEqualTo("x");
  }

  @Test
  void aReplayThatPausesArrivesAndCanBeLeft() throws Exception {
    AtomicReference<Long> nanos = new AtomicReference<>(1_000L);
    door(
        (request, attempts) ->
            CompletableFuture.completedFuture(
                answer(
                    new ContentSource() {
                      @Override
                      public CompletionStage<@Nullable ByteBuffer> next() {
                        if (nanos.get() == HOURS) {
                          waiting.countDown();
                        }
                        return attempts
                            .pause(nanos.get())
                            .thenApply(done -> ByteBuffer.wrap(new byte[] {'x'}));
                      }

                      @Override
                      public void close() {
                        left.countDown();
                      }
                    })));
    HttpURLConnection connection = to("/v1");
    InputStream in = connection.getInputStream();
    assertThat(in.read()).isEqualTo('x');
    nanos.set(HOURS);
    Future<Integer> reading = apart(in::read);
    waiting.await();
    connection.disconnect();
    assertThat(thrown(reading)).isInstanceOf(IOException.class);
    left.await();
    await().until(() -> seen.get().abandoned());
  }
}
