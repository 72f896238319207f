// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

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
import org.jspecify.annotations.Nullable;

/**
 * A blocking call. {@code HttpClient.send} returns only when the body is complete, while the
 * gateway wants its say when the head is there; so the upstream does not send, it asks for sending,
 * and this thread does it once the interceptors have returned. The app's thread makes the call, as
 * without us: its interrupts, thread-locals and stack traces stay its own.
 */
final class SyncCall<T> implements Upstream {

  private final HttpClient client;
  private final BodyHandler<T> handler;
  private final Outgoing outgoing;
  private @Nullable Wanted<T> wanted;

  /** What is to be sent. */
  private record Wanted<T>(HttpRequest request, boolean changed, Attempt<T> attempt) {}

  SyncCall(HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    this.client = client;
    this.handler = handler;
    this.outgoing = new Outgoing(request);
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    try {
      Attempt<T> attempt = new Attempt<>(handler);
      wanted = new Wanted<>(outgoing.changed(request), outgoing.changes(request), attempt);
      return attempt.head();
    } catch (RuntimeException e) {
      // A header that this client does not let anyone set, for instance.
      Ingress.fault(JdkAdapter.CLIENT, e);
      return CompletableFuture.failedFuture(e);
    }
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
    try {
      Ingress.execute(outgoing.request(), new Exchange.CallSite(JdkAdapter.CLIENT, null), this);
    } catch (Throwable t) {
      Ingress.fault(JdkAdapter.CLIENT, t);
    }
    boolean entered = Ingress.enter();
    try {
      return new Object[] {sendNow(), null};
    } catch (Throwable t) {
      return new Object[] {null, t};
    } finally {
      Ingress.leave(entered);
    }
  }

  private HttpResponse<T> sendNow() throws Exception {
    Wanted<T> now = wanted;
    if (now == null) {
      // The gateway did not get as far as asking.
      return client.send(outgoing.untouched(), handler);
    }
    try {
      return now.changed()
          ? new ChangedResponse<>(sendChanged(now), outgoing.original())
          : client.send(now.request(), now.attempt());
    } catch (Throwable t) {
      now.attempt().failed(t);
      throw t;
    }
  }

  private HttpResponse<T> sendChanged(Wanted<T> now) throws IOException, InterruptedException {
    HttpClient sender = JdkAdapter.guarded(client);
    if (sender == client) {
      return client.send(now.request(), now.attempt());
    }
    Hops<T> hops = new Hops<>(now.request(), now.attempt());
    HttpResponse<T> response;
    do {
      response = sender.send(hops.request(), hops);
    } while (hops.more());
    return response;
  }
}
