// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Origin;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Follows the redirects of requests that the gateway changed, since the JDK's connection takes all
 * fields along to wherever it is sent: here they stay within one origin, and the app gets to see
 * the answer that leads out of it. In all else as the JDK does it.
 */
final class SameOrigin {

  /** As in the JDK: {@code http.maxRedirects} is 20, but nobody needs more than a few. */
  static final int MAX_REDIRECTS = 5;

  private SameOrigin() {}

  /** Whether a request has to stay within one origin. */
  static boolean guards(GatewayRequest original, GatewayRequest request) {
    return request.headers() != original.headers() || !request.uri().equals(original.uri());
  }

  /** The request that follows; null if the answer is no redirect within the origin. */
  static @Nullable GatewayRequest next(GatewayRequest request, HttpURLConnection connection)
      throws IOException {
    int status = connection.getResponseCode();
    boolean redirect = status >= 300 && status <= 307 && status != 304 && status != 306;
    String location = redirect ? connection.getHeaderField("Location") : null;
    URI target = location == null ? null : Origin.within(request.uri(), location);
    if (target == null) {
      return null;
    }
    boolean getting = request.method().equals("POST") && status != 307;
    return getting
        ? new GatewayRequest("GET", target, request.headers(), RequestBody.NONE)
        : request.withUri(target);
  }
}
