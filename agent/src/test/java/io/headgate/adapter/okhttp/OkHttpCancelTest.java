// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each case on the app's own host and sent to another one. */
class OkHttpCancelTest extends OkHttpFixture {

  private Call call(Loopback host, boolean elsewhere) {
    if (!elsewhere) {
      return client.newCall(post(host.url("/"), "{}"));
    }
    door.behaviour =
        (request, upstream) -> door.tapped(request.withUri(URI.create(host.url("/"))), upstream);
    return client.newCall(post("http://127.0.0.1:1/", "{}"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelBeforeTheHeadEndsTheCall(boolean elsewhere) throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              arrived.countDown();
              release.await(20, TimeUnit.SECONDS);
            })) {
      Call call = call(host, elsewhere);
      CompletableFuture<Void> canceller =
          CompletableFuture.runAsync(
              () -> {
                await(arrived);
                call.cancel();
              });
      assertThat(catchThrowable(call::execute)).isInstanceOf(IOException.class);
      canceller.get(20, TimeUnit.SECONDS);
      release.countDown();
    }
    assertThat(door.taps).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelDuringTheStreamClosesTheUpstream(boolean elsewhere) throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
              await(first);
              try {
                while (true) {
                  exchange.getResponseBody().write(new byte[10_000]);
                }
              } finally {
                gone.countDown();
              }
            })) {
      Call call = call(host, elsewhere);
      try (Response response = call.execute()) {
        response.body().source().readByteArray(10);
        call.cancel();
        first.countDown();
        assertThat(catchThrowable(() -> response.body().source().readAll(okio.Okio.blackhole())))
            .isInstanceOf(IOException.class);
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(door.tap().endings).containsExactly("failed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelWhileAReadWaitsWakesIt(boolean elsewhere) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
              release.await(20, TimeUnit.SECONDS);
            })) {
      Call call = call(host, elsewhere);
      try (Response response = call.execute()) {
        response.body().source().readByteArray(10);
        CompletableFuture<Void> canceller = CompletableFuture.runAsync(call::cancel);
        assertThat(catchThrowable(() -> response.body().source().readByte()))
            .isInstanceOf(IOException.class);
        canceller.get(20, TimeUnit.SECONDS);
      }
      release.countDown();
    }
    assertThat(door.tap().endings).containsExactly("failed");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
