// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect may take what the gateway put into a request: scheme, host and port as before.
 */
public final class Origin {

  private Origin() {}

  /**
   * What a {@code Location} leads to, if that is within the origin; else null.
   *
   * @param location absolute or relative, as the server sent it
   */
  public static @Nullable URI within(URI from, String location) {
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return target.getHost() != null
            && target.getHost().equalsIgnoreCase(from.getHost())
            && target.getScheme().equalsIgnoreCase(from.getScheme())
            && port(target) == port(from)
            && target.getRawUserInfo() == null
        ? target
        : null;
  }

  private static int port(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
