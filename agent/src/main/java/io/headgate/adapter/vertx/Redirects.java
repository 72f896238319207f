// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.gateway.Ingress;
import io.headgate.gateway.Origin;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the client asks when an answer leads elsewhere. It wants to have requests of its own. */
final class Redirects {

  private Redirects() {}

  /** The app's handler, whose requests may be ours. */
  static Function<HttpClientResponse, Future<HttpClientRequest>> ofTheApp(
      Function<HttpClientResponse, Future<HttpClientRequest>> handler) {
    return answer -> {
      Future<HttpClientRequest> next;
      boolean entered = Ingress.enter();
      try {
        next = handler.apply(answer);
      } finally {
        Ingress.leave(entered);
      }
      return next == null ? null : next.compose(AppRequest::real);
    };
  }

  /** Follows only where nothing of ours can fall into other hands. */
  static Function<HttpClientResponse, Future<HttpClientRequest>> within(
      URI origin,
      HttpClient client,
      @Nullable Function<HttpClientResponse, Future<HttpClientRequest>> ofTheApp) {
    Function<HttpClientResponse, Future<HttpClientRequest>> follow =
        ofTheApp == null ? ofTheClient(client) : ofTheApp(ofTheApp);
    return answer -> {
      String location = answer.getHeader("Location");
      return location == null || Origin.within(origin, location) == null
          ? null
          : follow.apply(answer);
    };
  }

  private static Function<HttpClientResponse, Future<HttpClientRequest>> ofTheClient(
      HttpClient client) {
    return answer -> {
      Function<HttpClientResponse, Future<RequestOptions>> known = Internals.redirects(client);
      Future<RequestOptions> next = known == null ? null : known.apply(answer);
      return next == null ? null : next.compose(options -> VertxAdapter.original(client, options));
    };
  }
}
