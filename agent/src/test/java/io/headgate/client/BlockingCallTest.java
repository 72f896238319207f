// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockingCallTest {

  private final PlannedDoor door = new PlannedDoor();
  private final FakeClient client = new FakeClient();
  private final BlockingCall<String> call =
      new BlockingCall<>(PlannedDoor.REQUEST, PlannedDoor.SITE, client);

  @BeforeEach
  void install() {
    Ingress.install(door);
  }

  @AfterEach
  void uninstall() {
    Ingress.install(null);
    door.close();
  }

  /** Answers at once, unless a test says otherwise. */
  private static final class FakeClient implements BlockingCall.Client<String> {
    /** What to do with a request. */
    interface Sending {
      Received<String> send(GatewayRequest request, Hold hold) throws Exception;
    }

    volatile Sending sending = (request, hold) -> TextSource.of("ab", "c").received(200);
    volatile long deadline = Attempts.NO_DEADLINE;

    @Override
    public Received<String> send(GatewayRequest request, Hold hold) throws Exception {
      assertThat(Ingress.bypassed()).isTrue();
      return sending.send(request, hold);
    }

    @Override
    public Exception givenUp() {
      return new IOException("given up");
    }

    @Override
    public Exception interrupted() {
      Thread.currentThread().interrupt();
      return new InterruptedIOException("interrupted");
    }

    @Override
    public Exception timedOut() {
      return new IOException("timed out");
    }

    @Override
    public long deadlineNanos() {
      return deadline;
    }
  }

  private String read(Outcome<String> outcome) throws IOException {
    try (ContentStream stream = new ContentStream(call, outcome.content(), -1)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theClientsAnswerIsTheApps() throws Exception {
    Outcome<String> outcome = call.run();
    assertThat(outcome.received().own()).isEqualTo("own");
    assertThat(outcome.sameHead()).isTrue();
    assertThat(outcome.sameBody()).isTrue();
    assertThat(read(outcome)).isEqualTo("abc");
    assertThat(door.endings).containsExactly("end");
    assertThat(Ingress.bypassed()).isFalse();
  }

  @Test
  void whatTheClientThrowsIsTheVeryExceptionAndNoFault() {
    IOException thrown = new IOException("theirs");
    client.sending =
        (request, hold) -> {
          throw thrown;
        };
    assertThatThrownBy(call::run).isSameAs(thrown);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void whatTheBodyFailsWithIsTheVeryException() throws Exception {
    IOException thrown = new IOException("theirs");
    client.sending = (request, hold) -> TextSource.failingAfter(thrown, "a").received(200);
    Outcome<String> outcome = call.run();
    assertThatThrownBy(() -> read(outcome)).isSameAs(thrown);
    assertThat(door.endings).containsExactly("failed");
  }

  @Test
  void aFaultBeforeAnythingWasSentLeadsToTheAppsOwnRequest() throws Exception {
    door.plan =
        upstream -> {
          throw new IllegalStateException("ours");
        };
    assertThat(read(call.run())).isEqualTo("abc");
    assertThat(door.faults).hasSize(1);
  }

  @Test
  void aFaultAfterAnAnswerLeavesTheAppThatAnswer() throws Exception {
    door.plan =
        upstream ->
            upstream
                .send(PlannedDoor.REQUEST)
                .thenApply(
                    answer -> {
                      throw new IllegalStateException("ours");
                    });
    Outcome<String> outcome = call.run();
    assertThat(outcome.received().own()).isEqualTo("own");
    assertThat(read(outcome)).isEqualTo("abc");
    assertThat(door.faults).hasSize(1);
  }

  @Test
  void aRequestThatCannotBeGivenToTheClientIsAFaultAndTheAppsOwnRequestGoesOut() throws Exception {
    IllegalArgumentException cause = new IllegalArgumentException("ours");
    client.sending =
        (request, hold) -> {
          if (!request.equals(PlannedDoor.REQUEST)) {
            throw new Unsent(cause);
          }
          return TextSource.of("x").received(200);
        };
    door.plan =
        upstream -> upstream.send(PlannedDoor.REQUEST.withHeaders(Headers.ofFlat("a", "b")));
    assertThat(read(call.run())).isEqualTo("x");
    assertThat(door.faults).containsExactly(cause);
  }

  @Test
  void ifNotEvenThatCanBeGivenToItTheCallerIsTold() {
    client.sending =
        (request, hold) -> {
          throw new Unsent(new NoSuchMethodError("x"));
        };
    assertThatThrownBy(call::run).isInstanceOf(Unsent.class);
  }

  @Test
  void anAnswerOfOursIsNoneOfTheClients() throws Exception {
    door.plan =
        upstream ->
            CompletableFuture.completedFuture(
                GatewayResponse.of(
                    429, Headers.EMPTY, "", Content.of(new byte[] {'n'}, Ingress.newBody())));
    Outcome<String> outcome = call.run();
    assertThat(outcome.received()).isNull();
    assertThat(outcome.answer().status()).isEqualTo(429);
    assertThat(read(outcome)).isEqualTo("n");
  }

  @Test
  void givingUpBeforeTheHeadBreaksTheRequestOff() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch broken = new CountDownLatch(1);
    client.sending =
        (request, hold) -> {
          hold.breaking(broken::countDown);
          sent.countDown();
          PlannedDoor.await(broken);
          throw new IOException("socket closed");
        };
    FutureTask<Object> task = new FutureTask<>(call::run);
    new Thread(task).start();
    PlannedDoor.await(sent);
    call.abandon();
    assertThatThrownBy(task::get).cause().hasMessage("socket closed");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void givingUpInTheStreamClosesIt() throws Exception {
    TextSource source = TextSource.hangingAfter("a");
    client.sending = (request, hold) -> source.received(200);
    Outcome<String> outcome = call.run();
    FutureTask<String> reading = new FutureTask<>(() -> read(outcome));
    new Thread(reading).start();
    PlannedDoor.await(source.hanging);
    call.abandon();
    assertThatThrownBy(reading::get).cause().isInstanceOf(IOException.class);
    assertThat(source.isClosed()).isTrue();
  }

  @Test
  void givingUpAfterTheEndDoesNothing() throws Exception {
    TextSource source = TextSource.of("a");
    client.sending = (request, hold) -> source.received(200);
    assertThat(read(call.run())).isEqualTo("a");
    call.abandon();
    assertThat(door.endings).containsExactly("end");
  }

  @Test
  void givingUpEndsAPause() throws Exception {
    CountDownLatch pausing = new CountDownLatch(1);
    door.plan =
        upstream -> {
          pausing.countDown();
          return upstream
              .attempts()
              .pause(TimeUnit.HOURS.toNanos(1))
              .thenCompose(nothing -> upstream.send(PlannedDoor.REQUEST));
        };
    FutureTask<Object> task = new FutureTask<>(call::run);
    new Thread(task).start();
    PlannedDoor.await(pausing);
    call.abandon();
    assertThatThrownBy(task::get).cause().hasMessage("given up");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void anInterruptedWaitThrowsWhatTheClientThrowsAndBreaksOffWhatNobodyElseWaitsFor()
      throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch broken = new CountDownLatch(1);
    client.sending =
        (request, hold) -> {
          hold.breaking(broken::countDown);
          sent.countDown();
          PlannedDoor.await(broken);
          throw new IOException("socket closed");
        };
    door.plan = upstream -> apart(upstream.attempts(), false);
    boolean[] flag = new boolean[1];
    FutureTask<Object> task =
        new FutureTask<>(
            () -> {
              try {
                return call.run();
              } finally {
                flag[0] = Thread.interrupted();
              }
            });
    Thread app = new Thread(task);
    app.start();
    PlannedDoor.await(sent);
    app.interrupt();
    assertThatThrownBy(task::get).cause().isInstanceOf(InterruptedIOException.class);
    assertThat(flag[0]).isTrue();
    PlannedDoor.await(broken);
  }

  private static java.util.concurrent.CompletionStage<GatewayResponse> apart(
      Attempts attempts, boolean share) {
    Control control = new Control(0);
    control.allowSharing();
    var stage = attempts.send(PlannedDoor.REQUEST, control);
    if (share) {
      control.share();
    }
    return attempts.await(stage);
  }

  @Test
  void aDeadlineEndsAWait() {
    client.deadline = System.nanoTime();
    door.plan = upstream -> upstream.attempts().await(new CompletableFuture<>());
    assertThatThrownBy(call::run).hasMessage("timed out");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aSharedRequestOutlivesTheApp() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Boolean> broken = new CompletableFuture<>();
    client.sending =
        (request, hold) -> {
          sent.countDown();
          PlannedDoor.await(go);
          broken.complete(hold.broken());
          return TextSource.of("x").received(200);
        };
    door.plan = upstream -> apart(upstream.attempts(), true);
    FutureTask<Object> task = new FutureTask<>(call::run);
    new Thread(task).start();
    PlannedDoor.await(sent);
    call.abandon();
    assertThatThrownBy(task::get).cause().hasMessage("given up");
    go.countDown();
    assertThat(broken.get(20, TimeUnit.SECONDS)).isFalse();
  }
}
