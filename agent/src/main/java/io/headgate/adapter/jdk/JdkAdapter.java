// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Ingress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the advice of the three methods has in common: whether a call is ours, and the boundary that
 * no fault of ours crosses.
 *
 * <p>A call that is handled is made by the app's own client, re-entered on the same thread under
 * the bypass mark, with a body handler of ours around the app's. What the app gets is the client's
 * own response, future or exception.
 */
public final class JdkAdapter {

  static final String CLIENT = "jdk";

  /** Set when this JDK's client lacks something we link against; nothing is handled then. */
  private static volatile boolean off;

  private static final Siblings SIBLINGS = new Siblings();

  private JdkAdapter() {}

  /**
   * The client for a request that the gateway changed: it follows no redirect, and keeps what is
   * the app's from a foreign origin. The app's own if that one does so too.
   *
   * @param foreign as {@link Outgoing#foreign} has it
   */
  static HttpClient guarded(HttpClient client, @Nullable URI foreign) {
    return SIBLINGS.of(client, HttpClient.Redirect.NEVER, 0, foreign);
  }

  /**
   * The client for one attempt.
   *
   * @param changed whether the gateway changed its request, so that no redirect may be followed
   * @param connectNanos how long it may take to connect; 0 for as long as the app's client lets it
   * @param foreign as {@link Outgoing#foreign} has it
   */
  static HttpClient sender(
      HttpClient client, boolean changed, long connectNanos, @Nullable URI foreign) {
    return SIBLINGS.of(
        client,
        changed ? HttpClient.Redirect.NEVER : client.followRedirects(),
        connectNanos,
        foreign);
  }

  /** {@code {response, exception}}, or null to let the original method run. */
  static Object @Nullable [] send(
      Object client, @Nullable Object request, @Nullable Object handler) {
    if (!(request instanceof HttpRequest httpRequest)
        || !handles(httpRequest)
        || !(handler instanceof BodyHandler<?> bodyHandler)) {
      return null;
    }
    try {
      return new SyncCall<>((HttpClient) client, httpRequest, bodyHandler).run();
    } catch (Throwable t) {
      failed(t);
      return null;
    }
  }

  /** The future for the app, or null to let the original method run. */
  @SuppressWarnings("FutureReturnValueIgnored") // the advice hands it to the app
  static @Nullable Object sendAsync(
      Object client, @Nullable Object request, @Nullable Object handler, @Nullable Object push) {
    if (!(request instanceof HttpRequest httpRequest)
        || !handles(httpRequest)
        || !(handler instanceof BodyHandler<?> bodyHandler)) {
      return null;
    }
    try {
      return sendAsync((HttpClient) client, httpRequest, bodyHandler, (PushPromiseHandler<?>) push);
    } catch (Throwable t) {
      failed(t);
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> CompletableFuture<?> sendAsync(
      HttpClient client,
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<?> push) {
    return new AsyncCall<>(client, request, handler, (PushPromiseHandler<T>) push).run();
  }

  /** The first thing asked of every call: one look-up, no allocation. */
  private static boolean handles(HttpRequest request) {
    if (off) {
      return false;
    }
    URI uri = request.uri();
    return uri != null && Ingress.handles(uri.getHost(), uri.getPort());
  }

  /** Faults get here only before the call went out: the original method then makes it. */
  private static void failed(Throwable fault) {
    if (fault instanceof LinkageError) {
      off = true;
    }
    Ingress.fault(CLIENT, fault);
  }
}
