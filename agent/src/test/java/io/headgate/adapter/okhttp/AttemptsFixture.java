// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Calls that are made of attempts. */
abstract class AttemptsFixture extends OkHttpFixture {

  /** What becomes of a call, on the thread that made it. */
  interface Plan {
    GatewayResponse run(GatewayRequest request, Attempts attempts) throws Throwable;
  }

  /** How the app reads an answer. */
  interface Reading<T> {
    T of(Response response) throws Exception;
  }

  final void plan(Plan plan) {
    door.behaviour =
        (request, upstream) -> {
          try {
            return CompletableFuture.completedFuture(plan.run(request, upstream.attempts()));
          } catch (Throwable t) {
            return CompletableFuture.failedFuture(new CompletionException(t));
          }
        };
  }

  final GatewayResponse send(Attempts attempts, GatewayRequest request) throws Throwable {
    return send(attempts, request, new Control(0));
  }

  /** An attempt whose answer is tapped. */
  final GatewayResponse send(Attempts attempts, GatewayRequest request, Control control)
      throws Throwable {
    GatewayResponse response = done(attempts.send(request, control));
    FakeDoor.Tap tap = new FakeDoor.Tap();
    response.body().tap(tap);
    door.responses.add(response);
    door.taps.add(tap);
    return response;
  }

  /** What a stage has come to, which a blocking client's has when it is returned. */
  static <T> T done(CompletionStage<T> stage) throws Throwable {
    assertThat(stage.toCompletableFuture()).isDone();
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Causes.of(e);
    }
  }

  /** An answer that nobody sent. */
  static GatewayResponse made(int status, String text, String... headers) {
    return GatewayResponse.of(
        status,
        Headers.ofFlat(headers),
        "",
        Content.of(text.getBytes(StandardCharsets.UTF_8), Ingress.newBody()));
  }

  static <T> T call(Call call, boolean enqueued, Reading<T> reading) throws Throwable {
    if (!enqueued) {
      try (Response response = call.execute()) {
        return reading.of(response);
      }
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            result.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call answered, Response response) {
            try (response) {
              result.complete(reading.of(response));
            } catch (Throwable t) {
              result.completeExceptionally(t);
            }
          }
        });
    try {
      return result.get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw Causes.of(e);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void assertNoConnectionInUse(OkHttpClient client) {
    assertThat(client.connectionPool().connectionCount())
        .isEqualTo(client.connectionPool().idleConnectionCount());
  }
}
