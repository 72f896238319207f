// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.gateway.Control;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits is thrown out: by the app, by its thread's interruption or by our timers. */
@Timeout(30)
class BrokenOffTest {

  private static final long HOURS = TimeUnit.HOURS.toNanos(1);

  private RawServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        new RawServer()
            .answer("/v1", SideBySide.reply("200 OK", "", "fine"))
            .answer("/silence", RawServer.SILENCE)
            .answer(
                "/chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
            .answer("/length", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello")
            .answer("/bad", "HTTP/1.1 500 Oops\r\nContent-Length: 50000\r\n\r\nhello");
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    server.close();
  }

  private HttpURLConnection to(String path) throws IOException {
    return SideBySide.ours(URI.create(server.base() + path).toURL());
  }

  /** A thread of the app that is about to be thrown out of something. */
  private static final class App {
    private final CompletableFuture<@Nullable Throwable> thrown = new CompletableFuture<>();
    private final Thread thread;

    /** What it does. */
    interface Step {
      void run() throws Exception;
    }

    App(Step step) {
      thread =
          new Thread(
              () -> {
                try {
                  step.run();
                  thrown.complete(null);
                } catch (Throwable t) {
                  thrown.complete(t);
                }
              },
              "app");
      thread.setDaemon(true);
      thread.start();
    }

    /** Waits until it reads from a socket. */
    void reads(Class<?> through) {
      await()
          .until(
              () -> {
                List<StackTraceElement> stack = Arrays.asList(thread.getStackTrace());
                return has(stack, "sun.nio.ch.NioSocketImpl", "implRead")
                    && has(stack, through.getName(), "read");
              });
    }

    private static boolean has(List<StackTraceElement> stack, String type, String method) {
      return stack.stream()
          .anyMatch(e -> e.getClassName().equals(type) && e.getMethodName().equals(method));
    }

    Throwable thrown() {
      return thrown.join();
    }
  }

  @Test
  void timersEndTheWaitForTheHead() {
    Control control = Managed.free();
    Doors door = Managed.door((request, attempts) -> attempts.send(request, control));
    App app =
        new App(
            () -> {
              HttpURLConnection connection = to("/silence");
              connection.setDoOutput(true);
              connection.getOutputStream().write(1);
              connection.getResponseCode();
            });
    await().until(() -> server.requests().size() == 1);
    control.abort(new CancellationException("too slow"));
    assertThat(app.thrown()).isInstanceOf(SocketException.class);
    await().until(() -> server.open() == 0);
    assertThat(server.requests()).hasSize(1);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void anAttemptThatWasEndedBeforeItBeganSendsNothing() {
    Control control = Managed.free();
    control.abort(new CancellationException("too late"));
    Managed.door((request, attempts) -> attempts.send(request, control));
    App app = new App(() -> to("/v1").getResponseCode());
    assertThat(app.thrown()).isInstanceOf(SocketException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void timersEndAReadThatBlocks() throws Exception {
    for (String path : List.of("/chunked", "/length")) {
      Control control = Managed.free();
      Doors door = Managed.door((request, attempts) -> attempts.send(request, control));
      App app = new App(() -> Transcript.text(to(path).getInputStream()));
      app.reads(AnswerSource.class);
      control.abort(new CancellationException("too slow"));
      assertThat(app.thrown()).isInstanceOf(SocketException.class);
      assertThat(door.taps.get(0).ending).isEqualTo("error");
      await().until(() -> server.open() == 0);
    }
  }

  @Test
  void timersEndABodyThatNobodyReadsRightNow() throws Exception {
    Control control = Managed.free();
    Managed.door((request, attempts) -> attempts.send(request, control));
    InputStream in = to("/chunked").getInputStream();
    assertThat(in.read()).isEqualTo('h');
    control.abort(new CancellationException("too slow"));
    App app = new App(() -> Transcript.text(in));
    assertThat(app.thrown()).isInstanceOf(IOException.class);
    await().until(() -> server.open() == 0);
  }

  @Test
  void timersThatComeAfterTheEndDisturbNobody() throws Exception {
    Control control = Managed.free();
    Managed.door((request, attempts) -> attempts.send(request, control));
    assertThat(Transcript.text(to("/v1").getInputStream())).isEqualTo("fine");
    control.abort(new CancellationException("too late"));
    Managed.once();
    assertThat(Transcript.text(to("/v1").getInputStream())).isEqualTo("fine");
    // The connection went back to the JDK's pool, and came from there.
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void disconnectingEndsAnAttempt() throws Exception {
    Doors door = Managed.once();
    HttpURLConnection connection = to("/silence");
    App app = new App(connection::getResponseCode);
    await().until(() -> server.requests().size() == 1);
    connection.disconnect();
    assertThat(app.thrown()).isInstanceOf(SocketException.class);
    await().until(() -> server.open() == 0);
    assertThat(server.requests()).hasSize(1);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void disconnectingEndsAPause() throws Exception {
    CountDownLatch pausing = new CountDownLatch(1);
    AtomicReference<Boolean> gone = new AtomicReference<>();
    Doors door =
        Managed.door(
            (request, attempts) -> {
              pausing.countDown();
              return attempts
                  .pause(HOURS)
                  .whenComplete((nothing, failure) -> gone.set(attempts.abandoned()))
                  .thenCompose(nothing -> attempts.send(request, Managed.free()));
            });
    HttpURLConnection connection = to("/v1");
    App app = new App(connection::getResponseCode);
    pausing.await();
    connection.disconnect();
    assertThat(app.thrown()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
    assertThat(gone).hasValue(true);
    assertThat(server.connections()).isZero();
    assertThat(door.faults).isEmpty();
  }

  @Test
  void anInterruptEndsAPauseAndStays() {
    Managed.door(
        (request, attempts) ->
            attempts.pause(HOURS).thenCompose(nothing -> attempts.send(request, Managed.free())));
    AtomicReference<Boolean> flag = new AtomicReference<>();
    App app =
        new App(
            () -> {
              try {
                to("/v1").getResponseCode();
              } finally {
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    app.thread.interrupt();
    assertThat(app.thrown()).isInstanceOf(InterruptedIOException.class);
    assertThat(flag).hasValue(true);
    assertThat(server.connections()).isZero();
  }

  @Test
  void aPauseComesToItsEnd() throws IOException {
    Managed.door(
        (request, attempts) ->
            attempts.pause(1).thenCompose(nothing -> attempts.send(request, Managed.free())));
    assertThat(Transcript.text(to("/v1").getInputStream())).isEqualTo("fine");
  }

  @Test
  void disconnectingEndsAReadThatBlocks() throws Exception {
    for (String path : List.of("/chunked", "/length", "/bad")) {
      Doors door = Managed.once();
      HttpURLConnection connection = to(path);
      InputStream in =
          connection.getResponseCode() == 200
              ? connection.getInputStream()
              : connection.getErrorStream();
      App app = new App(() -> Transcript.text(in));
      app.reads(AnswerSource.class);
      connection.disconnect();
      assertThat(app.thrown()).isInstanceOf(IOException.class);
      assertThat(door.taps.get(0).text()).isEqualTo("hello");
      await().until(() -> server.open() == 0);
    }
  }

  @Test
  void connectingTakesNoLongerThanTheGatewayLets() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = fill(busy);
      Control control = new Control(TimeUnit.MILLISECONDS.toNanos(50));
      Doors door =
          Managed.door(
              (request, attempts) ->
                  attempts.send(
                      request.withUri(URI.create("http://127.0.0.1:" + busy.getLocalPort())),
                      control));
      HttpURLConnection connection = to("/v1");
      App app = new App(connection::getResponseCode);
      assertThat(app.thrown())
          .isInstanceOf(SocketTimeoutException.class)
          .isSameAs(door.failures.get(0));
      assertThat(connection.getConnectTimeout()).isZero();
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Connects until nobody can any more. */
  private static List<Socket> fill(ServerSocket busy) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(busy.getInetAddress(), busy.getLocalPort()), 100);
        waiting.add(socket);
      } catch (SocketTimeoutException e) {
        socket.close();
        return waiting;
      }
    }
    throw new IOException("the queue has no end");
  }
}
