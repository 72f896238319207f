// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call of attempts comes to when something fails. */
class OkHttpAttemptsFaultsTest extends AttemptsFixture {

  @ParameterizedTest
  @ValueSource(classes = {IOException.class, IllegalStateException.class, StackOverflowError.class})
  void exceptionOfAnyAttemptComesOutAsItWas(Class<? extends Throwable> type) throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    OkHttpClient failing =
        through(
            new OkHttpClient.Builder()
                .addNetworkInterceptor(
                    chain -> {
                      thrown.add(newOne(type));
                      throw Unchecked.<IOException>sneak(thrown.get(thrown.size() - 1));
                    }));
    try (Loopback host = Loopback.answering("{}")) {
      for (boolean last : new boolean[] {true, false}) {
        thrown.clear();
        plan(
            (request, attempts) -> {
              Throwable first = catchThrowable(() -> send(attempts, request));
              Throwable second = catchThrowable(() -> send(attempts, request));
              throw last ? second : first;
            });
        assertThat(catchThrowable(() -> failing.newCall(post(host.url("/"), "{}")).execute()))
            .isSameAs(thrown.get(last ? 1 : 0));
        assertThat(thrown).hasSize(2);
      }
    }
    assertThat(door.faults).isEmpty();
    assertNoConnectionInUse(failing);
  }

  private static Throwable newOne(Class<? extends Throwable> type) {
    try {
      return type.getConstructor(String.class).newInstance("native");
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void faultBeforeAnythingWasSentLeavesTheCallAsItWas() throws Exception {
    plan(
        (request, attempts) -> {
          done(attempts.pause(1));
          throw new IllegalStateException("test");
        });
    assertOneCall("{\"a\":1}");
    plan(
        (request, attempts) -> {
          throw new IOException("ours");
        });
    assertOneCall("{\"a\":2}");
    assertThat(door.faults).hasSize(2);
  }

  @Test
  void faultAfterAnAnswerCameDeliversThatAnswer() throws Exception {
    plan(
        (request, attempts) -> {
          send(attempts, request).content().hold(new Nothing(), 1);
          throw new IllegalStateException("test");
        });
    assertOneCall("{\"a\":1}");
    plan(
        (request, attempts) -> {
          send(attempts, request);
          return null;
        });
    assertOneCall("{\"a\":2}");
    assertThat(door.faults).hasSize(1);
    assertThat(door.taps).hasSize(2).allMatch(tap -> tap.endings.toString().equals("[end]"));
  }

  private static final class Nothing implements io.headgate.gateway.Content.Look {
    @Override
    public boolean seen(java.nio.ByteBuffer chunk) {
      return false;
    }

    @Override
    public void end() {}
  }

  private void assertOneCall(String text) throws IOException {
    try (Loopback host = Loopback.answering(text);
        Response response = client.newCall(post(host.url("/"), "{\"q\":1}")).execute()) {
      assertThat(response.body().string()).isEqualTo(text);
      assertThat(host.only().text()).isEqualTo("{\"q\":1}");
    }
    assertNoConnectionInUse(client);
  }

  @Test
  void faultAfterTheAnswerWasGivenUpSendsNothingMore() throws Exception {
    plan(
        (request, attempts) -> {
          send(attempts, request).abandon();
          throw new IllegalStateException("test");
        });
    try (Loopback host = Loopback.answering("{}")) {
      assertThat(catchThrowable(() -> client.newCall(post(host.url("/"), "{}")).execute()))
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("test");
      assertThat(host.received).hasSize(1);
    }
    assertThat(door.faults).hasSize(1);
    assertNoConnectionInUse(client);
  }

  @Test
  void faultAfterAFailureIsThatFailure() {
    plan(
        (request, attempts) -> {
          catchThrowable(() -> send(attempts, request));
          throw new IllegalStateException("test");
        });
    assertThat(catchThrowable(() -> client.newCall(get("http://127.0.0.1:1/")).execute()))
        .isInstanceOf(java.net.ConnectException.class);
    assertThat(door.faults).hasSize(1);
  }

  @Test
  void requestThatCannotBeBuiltIsNotSentAndTheAppsOwnIs() throws Exception {
    plan(
        (request, attempts) ->
            send(
                attempts,
                new GatewayRequest(
                    "POST", URI.create("urn:nowhere"), request.headers(), request.body())));
    assertOneCall("{}");
    assertThat(door.faults).isNotEmpty();
  }

  @Test
  void answersThatNobodyGaveUpAreClosedWithTheOneThatIsDelivered() throws Exception {
    plan(
        (request, attempts) -> {
          send(attempts, request);
          send(attempts, request);
          return made(418, "{}");
        });
    try (Loopback host = Loopback.answering("{}")) {
      client.newCall(post(host.url("/"), "{}")).execute().close();
    }
    assertThat(door.taps).hasSize(2).allMatch(tap -> tap.endings.toString().equals("[stopped]"));
    assertNoConnectionInUse(client);
  }

  @Test
  void attemptsThatWereOnlyAskedForChangeNothing() throws Exception {
    door.behaviour =
        (request, upstream) -> {
          upstream.attempts().pause(1);
          return door.tapped(request, upstream);
        };
    assertOneCall("{}");
    assertThat(door.tap().endings).containsExactly("end");
  }
}
