// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A blocking call. {@code HttpClient.send} returns only when the body is complete, while the
 * gateway wants its say when the head is there; so the upstream does not send, it asks for sending,
 * and this thread does it once the interceptors have returned. The app's thread makes the call, as
 * without us: its interrupts, thread-locals and stack traces stay its own. Only where the gateway
 * chooses the answer the requests are made by others, and the app's thread waits.
 */
final class SyncCall<T> implements Upstream {

  private final HttpClient client;
  private final BodyHandler<T> handler;
  private final Outgoing outgoing;
  private final boolean acting;
  private volatile @Nullable Wanted<T> wanted;
  private final ManagedCall managed;

  /** Ends with the call's answer; or with null, once this thread is to send. */
  private final CompletableFuture<@Nullable GatewayResponse> outcome = new CompletableFuture<>();

  /**
   * What is to be sent.
   *
   * @param trace what other agents' spans of the request belong below; null if nothing
   */
  private record Wanted<T>(
      HttpRequest request, boolean changed, Attempt<T> attempt, @Nullable Object trace) {}

  SyncCall(HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    this.client = client;
    this.handler = handler;
    this.outgoing = new Outgoing(request);
    this.managed = new ManagedCall(client, outgoing, Thread.currentThread());
    this.acting = Ingress.moves(request.uri().getHost(), request.uri().getPort());
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    try {
      Attempt<T> attempt = new Attempt<>(handler, acting);
      wanted =
          new Wanted<>(
              outgoing.changed(request),
              outgoing.changes(request),
              attempt,
              Ingress.currentTrace());
      if (!outcome.complete(null)) {
        attempt.failed(new InterruptedException()); // This thread does not wait any more.
      }
      return attempt.head();
    } catch (RuntimeException e) {
      // A header that this client does not let anyone set, for instance.
      Ingress.fault(JdkAdapter.CLIENT, e);
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public @Nullable Attempts attempts() {
    return outgoing.request().body().opaque() ? null : managed;
  }

  /** {@code {response, exception}}: what the app is to get. */
  Object[] run() {
    try {
      outgoing.body().get();
    } catch (Throwable t) {
      // Interrupted: the body's future itself never fails.
      outgoing.abandon();
      return new Object[] {null, t};
    }
    CompletionStage<GatewayResponse> stage;
    try {
      stage =
          Ingress.execute(outgoing.request(), new Exchange.CallSite(JdkAdapter.CLIENT, null), this);
    } catch (Throwable t) {
      Ingress.fault(JdkAdapter.CLIENT, t);
      stage = CompletableFuture.failedFuture(t);
    }
    try {
      return new Object[] {wanted != null ? sendNow(stage) : await(stage), null};
    } catch (Throwable t) {
      return new Object[] {null, t};
    }
  }

  private HttpResponse<T> sendNow(CompletionStage<GatewayResponse> stage) throws Exception {
    Wanted<T> now = wanted;
    boolean entered = Ingress.enter();
    try {
      if (now == null) {
        // The gateway did not get as far as asking.
        return client.send(outgoing.untouched(), handler);
      }
      now.attempt().endsWith(stage);
      return send(now);
    } catch (Throwable t) {
      if (now != null) {
        now.attempt().failed(t);
      }
      throw t;
    } finally {
      Ingress.leave(entered);
    }
  }

  private HttpResponse<T> send(Wanted<T> now) throws IOException, InterruptedException {
    HttpResponse<T> response;
    Ingress.Resumed trace = Ingress.resume(now.trace());
    try {
      response = now.changed() ? sendChanged(now) : client.send(now.request(), now.attempt());
    } finally {
      trace.close();
    }
    return now.changed() || now.attempt().shown() != null
        ? new ChangedResponse<>(
            response, now.changed() ? outgoing.original() : null, now.attempt().shown())
        : response;
  }

  private HttpResponse<T> sendChanged(Wanted<T> now) throws IOException, InterruptedException {
    HttpClient sender = JdkAdapter.guarded(client, outgoing.foreign(now.request().uri()));
    if (client.followRedirects() == HttpClient.Redirect.NEVER) {
      return sender.send(now.request(), now.attempt());
    }
    Hops<T> hops = new Hops<>(now.request(), now.attempt());
    HttpResponse<T> response;
    do {
      response = sender.send(hops.request(), hops);
    } while (hops.more());
    return response;
  }

  /** Waits for the answer that the gateway chooses, or for it to want this thread to send. */
  private HttpResponse<T> await(CompletionStage<GatewayResponse> stage) throws Throwable {
    var unused =
        stage.whenComplete(
            (response, failure) -> {
              boolean taken =
                  failure == null
                      ? outcome.complete(response)
                      : outcome.completeExceptionally(failure);
              if (!taken && response != null && response.content() != null) {
                response.abandon();
              }
            });
    var ignored = managed.expired().thenRun(() -> outcome.completeExceptionally(Waits.timedOut()));
    GatewayResponse response;
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      response = outcome.get();
    } catch (InterruptedException e) {
      outgoing.abandon();
      managed.abandon();
      if (!outcome.cancel(false) && !outcome.isCompletedExceptionally()) {
        GatewayResponse late = outcome.join();
        if (late != null) {
          late.abandon();
        }
      }
      throw e;
    } catch (ExecutionException e) {
      if (managed.abandoned() && !managed.expired().isDone()) {
        // Interrupted, and whoever was to send saw it before this thread did.
        var unusedFlag = Thread.interrupted();
        throw new InterruptedException();
      }
      if (managed.used()) {
        throw Thrown.by(e);
      }
      return sendNow(stage);
    }
    Content content = response == null ? null : response.content();
    if (response != null && content != null) {
      return deliver(response, content);
    }
    if (wanted == null && managed.used()) {
      throw new IOException("the answer has no content");
    }
    return sendNow(stage);
  }

  private HttpResponse<T> deliver(GatewayResponse response, Content content) throws Throwable {
    if (!managed.used()) {
      outgoing.abandon();
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
    try {
      return delivery.start().get();
    } catch (InterruptedException e) {
      managed.abandon();
      throw e;
    } catch (ExecutionException e) {
      throw Thrown.by(e);
    } finally {
      managed.done();
    }
  }
}
