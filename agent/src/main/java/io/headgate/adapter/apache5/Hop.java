// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Origin;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Redirects of requests that the gateway changed: the client is told to follow none, and those that
 * stay within the origin are followed here, by the client's rules. Whether the app has taken
 * redirects out of its client altogether cannot be seen; what it says of one request is respected.
 */
final class Hop {

  private Hop() {}

  /** How many may be followed. */
  static int limit(@Nullable RequestConfig config) {
    RequestConfig known = config == null ? RequestConfig.DEFAULT : config;
    return known.isRedirectsEnabled() ? known.getMaxRedirects() : 0;
  }

  /**
   * The request that follows an answer; null if that answer is the app's.
   *
   * @param repeatable whether the body that was sent, if any, may be sent again
   */
  static @Nullable GatewayRequest after(
      GatewayRequest sent, HttpResponse response, boolean repeatable) {
    int status = response.getCode();
    Header location = response.getFirstHeader("Location");
    boolean redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (!redirect || location == null || location.getValue() == null || !repeatable) {
      return null;
    }
    URI target = Origin.within(sent.uri(), location.getValue());
    if (target == null) {
      return null;
    }
    String method = sent.method();
    boolean posted = status <= 302 && method.equalsIgnoreCase("POST");
    boolean seeOther =
        status == 303 && !method.equalsIgnoreCase("GET") && !method.equalsIgnoreCase("HEAD");
    return posted || seeOther
        ? new GatewayRequest("GET", target, Headers.EMPTY, RequestBody.NONE)
        : sent.withUri(target);
  }
}
