// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands in for the gateway: does with a call what a test wants done. */
final class ScriptedDoor implements Ingress.Door {

  private static final ExecutorService BACKGROUND =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-io");
            thread.setDaemon(true);
            return thread;
          });

  final List<Throwable> faults = new CopyOnWriteArrayList<>();

  /** How the call ended for the gateway: a status, or the name of an exception. */
  final CompletableFuture<String> ending = new CompletableFuture<>();

  private final Way way;
  boolean moving = true;

  /** What the gateway does with a call. */
  interface Way {
    CompletionStage<GatewayResponse> take(GatewayRequest request, Upstream upstream);
  }

  /** What the gateway does with a call that it may repeat. */
  interface ManagedWay {
    CompletionStage<GatewayResponse> take(GatewayRequest request, Attempts attempts);
  }

  ScriptedDoor(Way way) {
    this.way = way;
    Ingress.install(this);
  }

  static ScriptedDoor managing(ManagedWay way) {
    return new ScriptedDoor((request, upstream) -> way.take(request, upstream.attempts()));
  }

  @Override
  public boolean handles(String host, int port) {
    return true;
  }

  @Override
  public boolean moves(String host, int port) {
    return moving;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    CompletionStage<GatewayResponse> stage = way.take(request, upstream);
    var unused =
        stage.whenComplete(
            (response, failure) ->
                ending.complete(
                    failure == null
                        ? String.valueOf(response.status())
                        : Causes.of(failure).getClass().getSimpleName()));
    return stage;
  }

  @Override
  public void fault(String stage, Throwable fault) {
    faults.add(fault);
  }

  @Override
  public void background(Runnable task) {
    BACKGROUND.execute(task);
  }

  @SuppressWarnings("unchecked")
  static <T> CompletableFuture<HttpResponse<T>> async(
      HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    return (CompletableFuture<HttpResponse<T>>)
        JdkAdapter.sendAsync(client, request, handler, null);
  }

  @SuppressWarnings("unchecked")
  static <T> HttpResponse<T> sync(HttpClient client, HttpRequest request, BodyHandler<T> handler)
      throws Throwable {
    Object[] result = JdkAdapter.send(client, request, handler);
    if (result[1] != null) {
      throw (Throwable) result[1];
    }
    return (HttpResponse<T>) result[0];
  }

  /** One way or the other; a failure comes as the exception itself. */
  static <T> HttpResponse<T> call(
      boolean async, HttpClient client, HttpRequest request, BodyHandler<T> handler)
      throws Throwable {
    if (!async) {
      return sync(client, request, handler);
    }
    try {
      return async(client, request, handler).get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause();
    }
  }

  /** Keeps the body and how it ended. */
  static final class Tap implements BodyTap {
    private final StringBuilder text = new StringBuilder();
    final CompletableFuture<String> ending = new CompletableFuture<>();

    @Override
    public synchronized void onBytes(ByteBuffer chunk) {
      text.append(StandardCharsets.UTF_8.decode(chunk));
    }

    @Override
    public void onEnd() {
      ended("end");
    }

    @Override
    public void onError(@Nullable Throwable cause) {
      ended(cause == null ? "left" : cause.getClass().getSimpleName());
    }

    private void ended(String how) {
      if (!ending.complete(how)) {
        throw new AssertionError("ended twice");
      }
    }

    synchronized String text() {
      return text.toString();
    }
  }
}
