// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpFaultsTest extends OkHttpFixture {

  @ParameterizedTest
  @ValueSource(classes = {IOException.class, IllegalStateException.class, StackOverflowError.class})
  void nativeExceptionComesOutAsItWas(Class<? extends Throwable> type) throws Exception {
    Throwable thrown = type.getConstructor(String.class).newInstance("native");
    OkHttpClient failing =
        through(
            new OkHttpClient.Builder()
                .addNetworkInterceptor(
                    chain -> {
                      throw Unchecked.<IOException>sneak(thrown);
                    }));
    try (Loopback host = Loopback.answering("{}")) {
      assertThat(catchThrowable(() -> failing.newCall(post(host.url("/"), "{}")).execute()))
          .isSameAs(thrown);
    }
    assertThat(door.requests).hasSize(1);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void refusedConnectionAndReadTimeoutAreTheClientsOwn() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(
            catchThrowable(() -> client.newCall(get("http://127.0.0.1:" + free + "/")).execute()))
        .isInstanceOf(ConnectException.class);

    CountDownLatch done = new CountDownLatch(1);
    OkHttpClient[] self = new OkHttpClient[1];
    self[0] =
        new OkHttpClient.Builder()
            .readTimeout(100, TimeUnit.MILLISECONDS)
            .addInterceptor(chain -> new GatewayInterceptor(self[0]).intercept(chain))
            .build();
    try (Loopback host = new Loopback((exchange, request) -> done.await(20, TimeUnit.SECONDS))) {
      assertThat(catchThrowable(() -> self[0].newCall(post(host.url("/"), "{}")).execute()))
          .isInstanceOf(SocketTimeoutException.class);
      done.countDown();
    }
    assertThat(door.requests).hasSize(2);
  }

  @Test
  void faultBeforeTheRequestWentOutLeavesTheCallAsItWas() throws Exception {
    FakeDoor.Behaviour[] faulty = {
      (request, upstream) -> {
        throw new IllegalStateException("test");
      },
      (request, upstream) -> {
        throw new NoSuchMethodError("test");
      },
      (request, upstream) -> CompletableFuture.failedFuture(new StackOverflowError("test")),
      (request, upstream) -> null,
    };
    for (FakeDoor.Behaviour behaviour : faulty) {
      door.behaviour = behaviour;
      assertOneCallWithAnswer();
    }
    assertThat(door.faults).hasSize(faulty.length);
    assertThat(OkHttpAdapter.on()).isTrue();
  }

  @Test
  void faultAfterTheRequestWentOutSendsNoSecond() throws Exception {
    FakeDoor.Behaviour[] faulty = {
      (request, upstream) -> {
        door.tapped(request, upstream);
        throw new IllegalStateException("test");
      },
      (request, upstream) ->
          door.tapped(request, upstream)
              .thenApply(
                  response -> {
                    throw new StackOverflowError("test");
                  }),
      (request, upstream) -> door.tapped(request, upstream).thenApply(response -> null),
    };
    for (FakeDoor.Behaviour behaviour : faulty) {
      door.behaviour = behaviour;
      assertOneCallWithAnswer();
      assertThat(door.tap().endings).containsExactly("end");
    }
  }

  private void assertOneCallWithAnswer() throws IOException {
    try (Loopback host = Loopback.answering("{\"ok\":1}");
        Response response = client.newCall(post(host.url("/"), "{\"q\":1}")).execute()) {
      assertThat(response.body().string()).isEqualTo("{\"ok\":1}");
      assertThat(host.only().text()).isEqualTo("{\"q\":1}");
    }
  }

  @Test
  void tapThatThrowsIsNotFelt() throws Exception {
    door.behaviour =
        (request, upstream) ->
            upstream
                .send(request)
                .thenApply(
                    response -> {
                      response.body().tap(new ThrowingTap());
                      return response;
                    });
    assertOneCallWithAnswer();
    assertThat(door.faults).isNotEmpty();
  }

  private static final class ThrowingTap implements BodyTap {
    @Override
    public void onBytes(ByteBuffer bytes) {
      throw new NoClassDefFoundError("test");
    }

    @Override
    public void onEnd() {
      throw new IllegalStateException("test");
    }

    @Override
    public void onError(Throwable cause) {
      throw new IllegalStateException("test");
    }
  }

  @Test
  void missingSymbolSwitchesTheAdapterOffAndIsToldOnce() throws Exception {
    OkHttpAdapter.fault(new NoSuchMethodError("okhttp3.Request.url()"));
    OkHttpAdapter.fault(new NoSuchMethodError("okhttp3.Request.url()"));
    assertOneCallWithAnswer();
    assertThat(door.requests).isEmpty();
    assertThat(door.faults).hasSize(1);
    assertThat(door.faults.get(0)).hasMessageContaining("okhttp3.Request.url()");
  }

  @Test
  void anotherAttemptClosesTheAnswerBefore() throws Exception {
    door.behaviour =
        (request, upstream) ->
            door.tapped(request, upstream).thenCompose(first -> door.tapped(request, upstream));
    int[] count = new int[1];
    try (Loopback host =
            new Loopback((exchange, request) -> Loopback.respond(exchange, 200, "n" + ++count[0]));
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.body().string()).isEqualTo("n2");
      assertThat(host.received).hasSize(2);
    }
    assertThat(door.taps.get(0).endings).containsExactly("stopped");
    assertThat(door.taps.get(1).endings).containsExactly("end");
    assertThat(client.connectionPool().connectionCount())
        .isEqualTo(client.connectionPool().idleConnectionCount());
  }

  @Test
  void pipelineThatEndsOnAnotherThreadIsWaitedFor() throws Exception {
    door.behaviour =
        (request, upstream) ->
            CompletableFuture.supplyAsync(() -> request)
                .thenComposeAsync(later -> door.tapped(later, upstream));
    assertOneCallWithAnswer();
    assertThat(door.tap().endings).containsExactly("end");
  }

  @Test
  void interruptedWaitEndsAsOkioEndsIt() throws Exception {
    door.behaviour = (request, upstream) -> new CompletableFuture<>();
    Thread.currentThread().interrupt();
    Throwable thrown = catchThrowable(() -> client.newCall(get("http://127.0.0.1:1/")).execute());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).isInstanceOf(java.io.InterruptedIOException.class);
  }

  @Test
  void threadIsNotMarkedAfterACall() throws Exception {
    assertOneCallWithAnswer();
    assertThat(Ingress.bypassed()).isFalse();
  }
}
