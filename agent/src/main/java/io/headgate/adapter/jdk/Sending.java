// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Ingress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asynchronous requests through a client, which are not brought into the gateway again. */
final class Sending {

  private Sending() {}

  /** The client's own future. Throws what the client throws. */
  static <T> CompletableFuture<HttpResponse<T>> through(
      HttpClient sender,
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> push) {
    boolean entered = Ingress.enter();
    try {
      return push == null
          ? sender.sendAsync(request, handler)
          : sender.sendAsync(request, handler, push);
    } finally {
      Ingress.leave(entered);
    }
  }

  /** A future for all requests that it takes; cancelling it cancels the one under way. */
  static <T> CompletableFuture<HttpResponse<T>> hopping(
      HttpClient sender, Hops<T> hops, @Nullable PushPromiseHandler<T> push) {
    BridgeFuture<HttpResponse<T>> future = new BridgeFuture<>(() -> {});
    hop(sender, hops, push, future);
    return future;
  }

  private static <T> void hop(
      HttpClient sender,
      Hops<T> hops,
      @Nullable PushPromiseHandler<T> push,
      BridgeFuture<HttpResponse<T>> future) {
    CompletableFuture<HttpResponse<T>> inner = through(sender, hops.request(), hops, push);
    future.hold(inner);
    var unused =
        inner.whenComplete(
            (response, failure) -> {
              try {
                if (failure != null) {
                  future.completeExceptionally(failure);
                } else if (hops.more()) {
                  hop(sender, hops, push, future);
                } else {
                  future.complete(response);
                }
              } catch (Throwable t) {
                future.completeExceptionally(t);
              }
            });
  }
}
