// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;

/**
 * One request made by the client: the app's body handler with ours around it. When the client asks
 * for a body subscriber it has the head of the answer; the gateway sees it there and then, hangs
 * its taps, and the app's subscriber gets the body with the taps in front.
 */
final class Attempt<T> implements BodyHandler<T> {

  private final BodyHandler<T> handler;
  private final CompletableFuture<GatewayResponse> head = new CompletableFuture<>();
  private final LiveBody body = Ingress.newBody();

  Attempt(BodyHandler<T> handler) {
    this.handler = handler;
  }

  /** Completes when the head of the answer is there, or fails with the client's exception. */
  CompletableFuture<GatewayResponse> head() {
    return head;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    try {
      // Dependents run here, before the body: that is when taps are hung.
      head.complete(
          new GatewayResponse(
              info.statusCode(),
              Headers.of(info.headers().map()),
              info.version() == HttpClient.Version.HTTP_2 ? "2" : "1.1",
              body));
    } catch (Throwable t) {
      // The call is under way: it goes on without having been looked at.
      Ingress.fault(JdkAdapter.CLIENT, t);
      head.completeExceptionally(t);
    }
    BodySubscriber<T> subscriber;
    try {
      subscriber = handler.apply(info);
    } catch (RuntimeException | Error e) {
      body.error(e);
      throw e;
    }
    return body.untapped() || subscriber == null
        ? subscriber
        : new TappedSubscriber<>(subscriber, body);
  }

  /** The client failed, before or during the body. */
  void failed(Throwable cause) {
    if (!head.completeExceptionally(cause)) {
      body.error(cause);
    }
  }
}
