// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous call. The app gets the future that the client itself made, so that cancelling it,
 * the thread that completes it and the stack its dependents run on are what they are without us.
 * Only if the request's body is not there yet (a publisher fed by another thread) the app gets a
 * future of ours at first, which follows the client's in all of this but its identity.
 */
final class AsyncCall<T> implements Upstream {

  private final HttpClient client;
  private final BodyHandler<T> handler;
  private final @Nullable PushPromiseHandler<T> push;
  private final Outgoing outgoing;
  private @Nullable CompletableFuture<HttpResponse<T>> sent;

  AsyncCall(
      HttpClient client,
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> push) {
    this.client = client;
    this.handler = handler;
    this.push = push;
    this.outgoing = new Outgoing(request);
  }

  CompletableFuture<HttpResponse<T>> run() {
    CompletableFuture<RequestBody> body = outgoing.body();
    if (body.isDone()) {
      return start(null);
    }
    // The span that is current here is not current where the call will go on.
    Object parent = Ingress.captureParent(null);
    BridgeFuture<HttpResponse<T>> future = new BridgeFuture<>(outgoing::abandon);
    // Not on the thread that times waits for the whole JVM, nor on the app's publisher's.
    var unused =
        body.whenCompleteAsync(
            (captured, failure) -> {
              try {
                future.follow(start(parent));
              } catch (Throwable t) {
                future.completeExceptionally(t);
              }
            },
            Ingress::background);
    return future;
  }

  private CompletableFuture<HttpResponse<T>> start(@Nullable Object parent) {
    try {
      Ingress.execute(
          outgoing.request(), new Exchange.CallSite(JdkAdapter.CLIENT, null, parent), this);
    } catch (Throwable t) {
      Ingress.fault(JdkAdapter.CLIENT, t);
    }
    CompletableFuture<HttpResponse<T>> future = sent;
    // Nothing was sent if the gateway did not get as far, or if the client refused the call; in
    // both cases the client's own answer to the app's own request is the right one.
    return future != null ? future : sendThrough(client, outgoing.untouched(), handler);
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    Attempt<T> attempt = new Attempt<>(handler);
    HttpRequest wanted;
    try {
      wanted = outgoing.changed(request);
    } catch (RuntimeException e) {
      // A header that this client does not let anyone set, for instance.
      Ingress.fault(JdkAdapter.CLIENT, e);
      return CompletableFuture.failedFuture(e);
    }
    try {
      boolean changed = outgoing.changes(request);
      HttpClient sender = changed ? JdkAdapter.guarded(client) : client;
      CompletableFuture<HttpResponse<T>> future =
          sender == client
              ? sendThrough(client, wanted, attempt)
              : hopping(sender, new Hops<>(wanted, attempt));
      // Derived from the client's by its own means, so that cancelling it cancels the exchange.
      sent =
          changed
              ? future.thenApply(response -> new ChangedResponse<>(response, outgoing.original()))
              : future;
      var unused =
          future.whenComplete(
              (response, failure) -> {
                if (failure != null) {
                  attempt.failed(failure);
                }
              });
    } catch (RuntimeException e) {
      attempt.failed(e);
    }
    return attempt.head();
  }

  /** A future for all requests that it takes; cancelling it cancels the one under way. */
  private CompletableFuture<HttpResponse<T>> hopping(HttpClient sender, Hops<T> hops) {
    BridgeFuture<HttpResponse<T>> future = new BridgeFuture<>(() -> {});
    hop(sender, hops, future);
    return future;
  }

  private void hop(HttpClient sender, Hops<T> hops, BridgeFuture<HttpResponse<T>> future) {
    CompletableFuture<HttpResponse<T>> inner = sendThrough(sender, hops.request(), hops);
    future.hold(inner);
    var unused =
        inner.whenComplete(
            (response, failure) -> {
              try {
                if (failure != null) {
                  future.completeExceptionally(failure);
                } else if (hops.more()) {
                  hop(sender, hops, future);
                } else {
                  future.complete(response);
                }
              } catch (Throwable t) {
                future.completeExceptionally(t);
              }
            });
  }

  private CompletableFuture<HttpResponse<T>> sendThrough(
      HttpClient sender, HttpRequest request, BodyHandler<T> bodyHandler) {
    boolean entered = Ingress.enter();
    try {
      return push == null
          ? sender.sendAsync(request, bodyHandler)
          : sender.sendAsync(request, bodyHandler, push);
    } finally {
      Ingress.leave(entered);
    }
  }
}
