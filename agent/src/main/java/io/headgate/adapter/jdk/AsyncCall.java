// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous call. The app gets the future that the client itself made, so that cancelling it,
 * the thread that completes it and the stack its dependents run on are what they are without us.
 * Where the gateway may change what the app gets to see, it is a future that the client's own
 * derived from that one. A future of ours, which follows the client's in all of this but its
 * identity, is what the app gets if the request's body is not there yet (a publisher fed by another
 * thread), or if the answer is one that the gateway chooses.
 */
final class AsyncCall<T> implements Upstream {

  private final HttpClient client;
  private final BodyHandler<T> handler;
  private final @Nullable PushPromiseHandler<T> push;
  private final Outgoing outgoing;
  private final boolean acting;
  private @Nullable Attempt<T> attempt;
  private final ManagedCall managed;

  // Guarded by this.
  private @Nullable CompletableFuture<HttpResponse<T>> sent;
  private @Nullable BridgeFuture<HttpResponse<T>> bridge;
  private @Nullable CompletionStage<GatewayResponse> known;

  AsyncCall(
      HttpClient client,
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> push) {
    this.client = client;
    this.handler = handler;
    this.push = push;
    this.outgoing = new Outgoing(request);
    this.managed = new ManagedCall(client, outgoing, null);
    this.acting = Ingress.moves(request.uri().getHost(), request.uri().getPort());
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
    CompletionStage<GatewayResponse> stage;
    try {
      stage =
          Ingress.execute(
              outgoing.request(), new Exchange.CallSite(JdkAdapter.CLIENT, null, parent), this);
    } catch (Throwable t) {
      Ingress.fault(JdkAdapter.CLIENT, t);
      stage = CompletableFuture.failedFuture(t);
    }
    Attempt<T> made = attempt;
    if (made != null) {
      made.endsWith(stage);
    }
    boolean nothing = failedBeforeSending(stage);
    CompletableFuture<HttpResponse<T>> future;
    BridgeFuture<HttpResponse<T>> later = null;
    synchronized (this) {
      future = sent;
      if (future == null && !nothing) {
        later = new BridgeFuture<>(this::abandon);
        bridge = later;
        known = stage;
      }
    }
    if (later != null) {
      manage(stage, later);
      return later;
    }
    // Nothing was sent if the gateway did not get as far, or if the client refused the call; in
    // both cases the client's own answer to the app's own request is the right one.
    return future != null ? future : untouched();
  }

  /** Whether the call has ended for the gateway with no answer, and without a request. */
  private boolean failedBeforeSending(CompletionStage<GatewayResponse> stage) {
    CompletableFuture<GatewayResponse> ended = stage.toCompletableFuture();
    return ended.isDone()
        && !managed.used()
        && (ended.isCompletedExceptionally() || ended.join().content() == null);
  }

  /** The app cancels before there is a future of the client's. */
  private void abandon() {
    if (!managed.used()) {
      outgoing.abandon();
    }
    managed.abandon();
  }

  private CompletableFuture<HttpResponse<T>> untouched() {
    return Sending.through(client, outgoing.untouched(), handler, push);
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    Attempt<T> made = new Attempt<>(handler, acting);
    attempt = made;
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
      HttpClient sender =
          changed ? JdkAdapter.guarded(client, outgoing.foreign(wanted.uri())) : client;
      CompletableFuture<HttpResponse<T>> future =
          !changed || client.followRedirects() == HttpClient.Redirect.NEVER
              ? Sending.through(sender, wanted, made, push)
              : Sending.hopping(sender, new Hops<>(wanted, made), push);
      // Derived from the client's by its own means, so that cancelling it cancels the exchange.
      send(
          acting || changed ? future.thenApply(answer -> shown(answer, made, changed)) : future,
          made);
      var unused =
          future.whenComplete(
              (response, failure) -> {
                if (failure != null) {
                  made.failed(failure);
                }
              });
    } catch (RuntimeException e) {
      made.failed(e);
    }
    return made.head();
  }

  private HttpResponse<T> shown(HttpResponse<T> answer, Attempt<T> made, boolean changed) {
    return changed || made.shown() != null
        ? new ChangedResponse<>(answer, changed ? outgoing.original() : null, made.shown())
        : answer;
  }

  private void send(CompletableFuture<HttpResponse<T>> future, Attempt<T> made) {
    BridgeFuture<HttpResponse<T>> waiting;
    CompletionStage<GatewayResponse> stage;
    synchronized (this) {
      sent = future;
      waiting = bridge;
      stage = known;
    }
    if (stage != null) {
      made.endsWith(stage);
    }
    if (waiting != null) {
      waiting.follow(future);
    }
  }

  @Override
  public @Nullable Attempts attempts() {
    return push != null || outgoing.request().body().opaque() ? null : managed;
  }

  /** The app's future ends as the stage does. */
  private void manage(
      CompletionStage<GatewayResponse> stage, BridgeFuture<HttpResponse<T>> future) {
    var ignored = managed.expired().thenRun(() -> finish(future, null, Waits.timedOut()));
    var unused =
        stage.whenComplete(
            (response, failure) -> {
              try {
                settle(response, failure, future);
              } catch (Throwable t) {
                future.completeExceptionally(t);
              }
            });
  }

  private void settle(
      @Nullable GatewayResponse response,
      @Nullable Throwable failure,
      BridgeFuture<HttpResponse<T>> future) {
    synchronized (this) {
      if (sent != null) {
        return; // The future follows the client's.
      }
    }
    Content content = response == null ? null : response.content();
    if (response != null && content != null) {
      deliver(response, content, future);
    } else if (managed.used() || managed.abandoned()) {
      managed.done();
      finish(
          future, null, failure != null ? failure : new IOException("the answer has no content"));
    } else {
      future.follow(untouched());
    }
  }

  private void deliver(
      GatewayResponse response, Content content, BridgeFuture<HttpResponse<T>> future) {
    if (!managed.used()) {
      outgoing.abandon();
    }
    if (managed.abandoned()) {
      content.close();
      finish(future, null, new CancellationException());
      return;
    }
    Delivery<T> delivery =
        new Delivery<>(
            response,
            content,
            outgoing.original(),
            handler,
            managed.sslSession(),
            managed.bringing(),
            client.executor().orElse(Ingress::background));
    managed.delivering(delivery::cancel);
    var unused =
        delivery
            .start()
            .whenComplete(
                (answer, failure) -> {
                  managed.done();
                  finish(future, answer, failure);
                });
  }

  /** Ends the app's future on the threads on which the client ends its own. */
  private static <T> void finish(
      BridgeFuture<T> future, @Nullable T answer, @Nullable Throwable failure) {
    future
        .defaultExecutor()
        .execute(
            () -> {
              if (failure == null) {
                future.complete(answer);
              } else {
                // As from any stage that depends on another.
                future.completeExceptionally(
                    failure instanceof CompletionException
                        ? failure
                        : new CompletionException(failure));
              }
            });
  }
}
