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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncCallTest {

  private final PlannedDoor door = new PlannedDoor();
  private final FakeClient client = new FakeClient();
  private final AsyncCall<String> call =
      new AsyncCall<>(PlannedDoor.REQUEST, PlannedDoor.SITE, client);

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
  private static final class FakeClient implements AsyncCall.Client<String> {
    /** What to do with a request. */
    interface Sending {
      CompletionStage<Received<String>> send(GatewayRequest request, Hold hold);
    }

    volatile Sending sending =
        (request, hold) ->
            CompletableFuture.completedFuture(TextSource.of("ab", "c").received(200));
    volatile long deadline = Attempts.NO_DEADLINE;

    @Override
    public CompletionStage<Received<String>> send(GatewayRequest request, Hold hold) {
      assertThat(Ingress.bypassed()).isTrue();
      return sending.send(request, hold);
    }

    @Override
    public Throwable givenUp() {
      return new IOException("given up");
    }

    @Override
    public Throwable timedOut() {
      return new IOException("timed out");
    }

    @Override
    public long deadlineNanos() {
      return deadline;
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void theClientsAnswerIsTheApps() throws Exception {
    Outcome<String> outcome = get(call.start());
    assertThat(outcome.received().own()).isEqualTo("own");
    assertThat(outcome.sameHead()).isTrue();
    assertThat(outcome.sameBody()).isTrue();
  }

  @Test
  void whatTheClientSaysIsTheVeryExceptionAndNoFault() {
    IOException thrown = new IOException("theirs");
    client.sending = (request, hold) -> CompletableFuture.failedFuture(thrown);
    assertThatThrownBy(() -> get(call.start())).cause().isSameAs(thrown);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aFaultBeforeAnythingWasSentLeadsToTheAppsOwnRequest() throws Exception {
    door.plan =
        upstream -> {
          throw new IllegalStateException("ours");
        };
    assertThat(get(call.start()).received().own()).isEqualTo("own");
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
          return CompletableFuture.completedFuture(TextSource.of("x").received(200));
        };
    door.plan =
        upstream -> upstream.send(PlannedDoor.REQUEST.withHeaders(Headers.ofFlat("a", "b")));
    assertThat(get(call.start()).received().own()).isEqualTo("own");
    assertThat(door.faults).containsExactly(cause);
  }

  @Test
  void ifNotEvenThatCanBeGivenToItTheCallerIsTold() {
    client.sending = (request, hold) -> CompletableFuture.failedFuture(new Unsent(new Error("x")));
    assertThatThrownBy(() -> get(call.start())).cause().isInstanceOf(Unsent.class);
  }

  @Test
  void anAnswerOfOursIsNoneOfTheClients() throws Exception {
    door.plan =
        upstream ->
            CompletableFuture.completedFuture(
                GatewayResponse.of(
                    429, Headers.EMPTY, "", Content.of(new byte[] {'n'}, Ingress.newBody())));
    assertThat(get(call.start()).received()).isNull();
  }

  @Test
  void givingUpBeforeTheHeadBreaksTheRequestOff() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch broken = new CountDownLatch(1);
    client.sending =
        (request, hold) -> {
          hold.breaking(broken::countDown);
          sent.countDown();
          return new CompletableFuture<>();
        };
    CompletableFuture<Outcome<String>> result = call.start();
    PlannedDoor.await(sent);
    call.abandon();
    PlannedDoor.await(broken);
    assertThatThrownBy(() -> get(result)).cause().hasMessage("given up");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void anAnswerThatComesAfterTheAppHasLeftIsClosedAndItsTapsAreTold() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CompletableFuture<Received<String>> head = new CompletableFuture<>();
    client.sending =
        (request, hold) -> {
          sent.countDown();
          return head;
        };
    CompletableFuture<GatewayResponse> late = new CompletableFuture<>();
    door.plan = upstream -> late;
    CompletableFuture<Outcome<String>> result = call.start();
    call.abandon();
    assertThatThrownBy(() -> get(result)).cause().hasMessage("given up");
    late.complete(
        GatewayResponse.of(
            200, Headers.EMPTY, "", new Content(TextSource.of("x"), Ingress.newBody())));
    PlannedDoor.await(door.ended);
    assertThat(door.endings).containsExactly("stopped");
  }

  @Test
  void givingUpInTheStreamClosesIt() throws Exception {
    TextSource source = TextSource.hangingAfter("a");
    client.sending = (request, hold) -> CompletableFuture.completedFuture(source.received(200));
    Outcome<String> outcome = get(call.start());
    get(outcome.content().next().toCompletableFuture());
    var waiting = outcome.content().next().toCompletableFuture();
    call.abandon();
    assertThatThrownBy(() -> get(waiting)).cause().isInstanceOf(IOException.class);
    assertThat(source.isClosed()).isTrue();
  }

  @Test
  void givingUpAfterTheEndDoesNothing() throws Exception {
    TextSource source = TextSource.of("a");
    client.sending = (request, hold) -> CompletableFuture.completedFuture(source.received(200));
    Outcome<String> outcome = get(call.start());
    get(outcome.content().next().toCompletableFuture());
    assertThat(get(outcome.content().next().toCompletableFuture())).isNull();
    call.abandon();
    assertThat(source.isClosed()).isFalse();
    assertThat(door.endings).containsExactly("end");
  }

  @Test
  void aDeadlineEndsAWait() {
    client.deadline = System.nanoTime();
    door.plan = upstream -> upstream.attempts().await(new CompletableFuture<>());
    assertThatThrownBy(() -> get(call.start())).cause().hasMessage("timed out");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aSharedRequestOutlivesTheApp() throws Exception {
    CountDownLatch shared = new CountDownLatch(1);
    CountDownLatch broken = new CountDownLatch(1);
    CompletableFuture<Received<String>> head = new CompletableFuture<>();
    client.sending =
        (request, hold) -> {
          hold.breaking(broken::countDown);
          return head;
        };
    CompletableFuture<GatewayResponse> others = new CompletableFuture<>();
    door.plan =
        upstream -> {
          Control control = new Control(0);
          control.allowSharing();
          var stage = upstream.attempts().send(PlannedDoor.REQUEST, control);
          control.share();
          shared.countDown();
          var unused = stage.thenAccept(others::complete);
          return stage;
        };
    CompletableFuture<Outcome<String>> result = call.start();
    PlannedDoor.await(shared);
    call.abandon();
    assertThatThrownBy(() -> get(result)).cause().hasMessage("given up");
    head.complete(TextSource.of("x").received(200));
    assertThat(get(others).status()).isEqualTo(200);
    assertThat(broken.getCount()).isEqualTo(1);
  }
}
