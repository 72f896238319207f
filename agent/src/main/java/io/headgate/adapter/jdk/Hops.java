// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Origin;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * A call that follows redirects by itself, and only within the origin it began at: the answer that
 * leads out of it is the app's. Redirects that are followed stay hidden from the app's handler, as
 * in the client, whose rules these are.
 */
final class Hops<T> implements BodyHandler<T> {

  /** The client's own limit, unless {@code jdk.httpclient.redirects.retrylimit} says otherwise. */
  private static final int MAX = 5;

  private final BodyHandler<T> handler;
  private volatile HttpRequest request;
  private volatile @Nullable HttpRequest next;
  private int followed;

  Hops(HttpRequest request, BodyHandler<T> handler) {
    this.request = request;
    this.handler = handler;
  }

  /** What to send. */
  HttpRequest request() {
    return request;
  }

  /** After an answer: whether there is another request to send instead of giving that one out. */
  boolean more() {
    HttpRequest following = next;
    if (following == null) {
      return false;
    }
    request = following;
    next = null;
    followed++;
    return true;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    HttpRequest following = followed < MAX ? following(info) : null;
    next = following;
    return following == null ? handler.apply(info) : nothing();
  }

  /** Reads the body to its end and forgets it; what comes of it is given to nobody. */
  @SuppressWarnings("NullAway")
  private static <T> BodySubscriber<T> nothing() {
    return BodySubscribers.replacing(null);
  }

  private @Nullable HttpRequest following(ResponseInfo info) {
    int status = info.statusCode();
    boolean redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    String location = redirect ? info.headers().firstValue("Location").orElse(null) : null;
    URI target = location == null ? null : Origin.within(request.uri(), location);
    if (target == null) {
      return null;
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request, (name, value) -> true).uri(target);
    boolean posted = status <= 302 && request.method().equals("POST");
    return posted || status == 303
        ? builder.method("GET", BodyPublishers.noBody()).build()
        : builder.build();
  }
}
