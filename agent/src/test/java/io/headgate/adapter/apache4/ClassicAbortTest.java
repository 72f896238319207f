// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.BasicResponseHandler;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The app gives a call up by aborting the request that it made. */
class ClassicAbortTest extends Fixture {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  private CloseableHttpClient client(boolean through) {
    CloseableHttpClient plain = HttpClients.custom().setConnectionManager(pool).build();
    return through ? new Through(plain) : plain;
  }

  /** Says nothing, or no more than a beginning, until the test is over. */
  private Loopback silent(boolean beginning) throws IOException {
    return new Loopback(
        (exchange, request) -> {
          if (beginning) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
          }
          asked.countDown();
          await(over);
        });
  }

  private void assertReleased() {
    assertThat(pool.getTotalStats().getLeased()).isZero();
    assertThat(pool.getTotalStats().getAvailable()).isZero();
  }

  private void attempts(boolean many) {
    if (many) {
      plan((request, attempts) -> send(attempts, request));
    }
  }

  private Throwable abortedBeforeTheAnswer(boolean through) throws Exception {
    try (Loopback server = silent(false)) {
      HttpGet get = new HttpGet(server.url("/"));
      Thread waiter = Thread.currentThread();
      Future<?> aborting =
          threads.submit(
              () -> {
                await(asked);
                awaitReading(waiter);
                get.abort();
              });
      Throwable thrown = catchThrowable(() -> client(through).execute(get));
      aborting.get(20, TimeUnit.SECONDS);
      over.countDown();
      assertReleased();
      return thrown;
    }
  }

  /** Before it has begun to wait, an abort is another exception. */
  private static void awaitReading(Thread thread) {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("implRead")));
  }

  @Test
  void withoutUsAnAbortedWaiterSeesASocketThatWasClosed() throws Exception {
    assertThat(abortedBeforeTheAnswer(false))
        .isInstanceOf(java.net.SocketException.class)
        .hasMessage("Socket closed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAbortedWaiterSeesWhatItSeesWithoutUs(boolean many) throws Exception {
    attempts(many);
    assertThat(abortedBeforeTheAnswer(true))
        .isInstanceOf(java.net.SocketException.class)
        .hasMessage("Socket closed");
    assertThat(door.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAbortedReaderSeesASocketThatWasClosed(boolean many) throws Exception {
    attempts(many);
    try (Loopback server = silent(true)) {
      HttpGet get = new HttpGet(server.url("/"));
      InputStream in = client(true).execute(get).getEntity().getContent();
      assertThat(in.read()).isEqualTo('a');
      get.abort();
      assertThatThrownBy(in::read)
          .isInstanceOf(java.net.SocketException.class)
          .hasMessage("Socket closed");
      over.countDown();
      assertThat(door.tap().endings).hasSize(1).doesNotContain("end");
      assertReleased();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRequestThatWasAbortedBeforeIsNotSent(boolean many) throws Exception {
    attempts(many);
    try (Loopback server = Loopback.answering("ok")) {
      HttpGet get = new HttpGet(server.url("/"));
      get.abort();
      assertThatThrownBy(() -> client(false).execute(get))
          .isExactlyInstanceOf(RequestAbortedException.class)
          .hasMessage("Request aborted");
      assertThatThrownBy(() -> client(true).execute(get))
          .isExactlyInstanceOf(RequestAbortedException.class)
          .hasMessage("Request aborted");
      assertThat(server.received).isEmpty();
      assertReleased();
    }
  }

  @Test
  void anAbortEndsThePauseBetweenAttempts() throws Exception {
    try (Loopback server = Loopback.answering("ok")) {
      HttpGet get = new HttpGet(server.url("/"));
      plan(
          (request, attempts) -> {
            send(attempts, request).abandon();
            threads.execute(get::abort);
            attempts.pause(TimeUnit.MINUTES.toNanos(10)).toCompletableFuture().join();
            return send(attempts, request);
          });
      assertThatThrownBy(() -> client(true).execute(get))
          .isExactlyInstanceOf(RequestAbortedException.class);
      assertThat(server.received).hasSize(1);
      assertThat(get.isAborted()).isTrue();
    }
  }

  @Test
  void anAttemptThatATimerEndsLeavesTheAppsRequestAsItIs() throws Exception {
    try (Loopback slow = silent(false);
        Loopback good = Loopback.answering("good")) {
      door.background = threads;
      plan(
          (request, attempts) -> {
            Control control = new Control(0);
            threads.execute(
                () -> {
                  await(asked);
                  control.abort(new TimeoutException());
                });
            assertThatThrownBy(() -> send(attempts, request, control))
                .isInstanceOf(IOException.class);
            GatewayResponse second = send(attempts, to(request, good));
            return second;
          });
      HttpGet get = new HttpGet(slow.url("/"));
      assertThat(client(true).execute(get, new BasicResponseHandler())).isEqualTo("good");
      assertThat(get.isAborted()).isFalse();
      over.countDown();
      assertThat(pool.getTotalStats().getLeased()).isZero();
    }
  }

  @Test
  void aRequestThatIsResetWithItsAnswerUnreadGivesTheConnectionBack() throws Exception {
    try (Loopback server = silent(true)) {
      HttpGet get = new HttpGet(server.url("/"));
      CloseableHttpResponse response = client(true).execute(get);
      assertThat(response.getEntity().getContent().read()).isEqualTo('a');
      get.releaseConnection();
      assertReleased();
      assertThat(door.tap().endings).containsExactly("stopped");
      over.countDown();
    }
  }

  @Test
  void anInterruptThrowsOutWhoeverWaitsForOthers() throws Exception {
    plan(
        (request, attempts) -> {
          Thread.currentThread().interrupt();
          attempts.pause(TimeUnit.MINUTES.toNanos(10)).toCompletableFuture().join();
          throw new AssertionError("nobody interrupted");
        });
    assertThatThrownBy(() -> client(true).execute(new HttpGet("http://api.example.test/")))
        .isExactlyInstanceOf(RequestAbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
