// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import io.headgate.gateway.Origin;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** {@link Guarded} over Reactor Netty, whose copies share the original's connections. */
final class NettyGuard {

  /** What Reactor Netty puts into any request before the app's settings are asked. */
  private static final Set<String> OF_ANY_REQUEST =
      Set.of("accept", "accept-encoding", "user-agent");

  /** What is there later, when a request is about to get the fields that it was made with. */
  private static final Set<String> OF_THIS_REQUEST =
      Set.of("host", "connection", "content-length", "transfer-encoding");

  private NettyGuard() {}

  static com.azure.core.http.HttpClient twin(com.azure.core.http.HttpClient client, boolean foreign)
      throws ReflectiveOperationException {
    HttpClient netty = Guarded.engine(client, HttpClient.class);
    return Guarded.around(client, HttpClient.class, guarded(netty, foreign));
  }

  private static HttpClient guarded(HttpClient client, boolean foreign) {
    HttpClient guarded = client;
    BiPredicate<HttpClientRequest, HttpClientResponse> follows =
        client.configuration().followRedirectPredicate();
    if (follows != null) {
      guarded =
          guarded.followRedirect(
              (request, response) -> within(request, response) && follows.test(request, response));
    }
    if (foreign) {
      // Whatever the app says for all requests was meant for its own host.
      guarded =
          guarded
              .headers(fields -> strip(fields, Set.of()))
              .doOnRequest(
                  (request, connection) -> strip(request.requestHeaders(), OF_THIS_REQUEST));
    }
    return guarded;
  }

  private static boolean within(HttpClientRequest request, HttpClientResponse response) {
    String location = response.responseHeaders().get("Location");
    String from = request.resourceUrl();
    return location != null && from != null && Origin.within(URI.create(from), location) != null;
  }

  private static void strip(HttpHeaders fields, Set<String> more) {
    for (String name : Set.copyOf(fields.names())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!OF_ANY_REQUEST.contains(lower) && !more.contains(lower)) {
        fields.remove(name);
      }
    }
  }
}
