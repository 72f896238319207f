// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSession;

/**
 * Gives the app an answer whose content is pulled, the way the client does it: the app's handler is
 * asked for a subscriber, which gets the body, and the app gets what that makes of it as soon as it
 * has made it.
 *
 * <p>The app's code runs where the client runs it, on its executor. It may block there, for the
 * body among other things: so the body is pushed from elsewhere.
 */
final class Delivery<T> {

  private final GatewayResponse response;
  private final Content content;
  private final HttpRequest original;
  private final BodyHandler<T> handler;
  private final Optional<SSLSession> session;
  private final Executor executor;
  private final CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
  private final Feed feed;

  /**
   * @param bringing threads of the client on which the app's code may be run
   * @param executor the client's
   */
  Delivery(
      GatewayResponse response,
      Content content,
      HttpRequest original,
      BodyHandler<T> handler,
      Optional<SSLSession> session,
      Bringing bringing,
      Executor executor) {
    this.response = response;
    this.content = content;
    this.original = original;
    this.handler = handler;
    this.session = session;
    this.executor = executor;
    this.feed = new Feed(content, result::completeExceptionally, bringing, this::execute);
  }

  /** Begins. The future fails with what the client would fail with; it is not to be cancelled. */
  CompletableFuture<HttpResponse<T>> start() {
    execute(this::subscribe);
    return result;
  }

  /** The app gives the call up. */
  void cancel() {
    content.body().error(null); // It has left; what its subscriber makes of that comes too late.
    IOException cause = new IOException("Request cancelled");
    feed.fail(cause);
    result.completeExceptionally(cause);
  }

  private void subscribe() {
    if (feed.failed()) {
      return; // Given up before it began.
    }
    try {
      Head head = Head.of(response);
      BodySubscriber<T> subscriber = Objects.requireNonNull(handler.apply(head));
      subscriber.onSubscribe(feed);
      execute(() -> feed.start(subscriber));
      var unused =
          subscriber
              .getBody()
              .whenComplete(
                  (body, failure) -> {
                    if (failure == null) {
                      result.complete(new DeliveredResponse<>(original, head, body, session));
                    } else {
                      fail(failure);
                    }
                  });
    } catch (Throwable t) {
      fail(t);
    }
  }

  private void fail(Throwable failure) {
    Throwable cause = Causes.of(failure);
    content.body().error(cause);
    feed.cancel();
    result.completeExceptionally(cause);
  }

  private void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // The app has shut it down: what is under way still ends.
      Ingress.background(task);
    }
  }
}
