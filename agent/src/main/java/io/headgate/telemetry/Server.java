// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What telemetry says of a URI: host and port, and the URL without anything that may be secret. */
final class Server {

  private Server() {}

  static String address(URI uri) {
    String host = uri.getHost();
    return host == null ? "" : host;
  }

  /** The port, or the scheme's default; -1 if neither is known. */
  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    String scheme = uri.getScheme();
    return "https".equalsIgnoreCase(scheme) ? 443 : "http".equalsIgnoreCase(scheme) ? 80 : -1;
  }

  /**
   * The URL without user, query and fragment. The whole query goes, not only the values known to be
   * keys: every list of such names has turned out too short.
   */
  static @Nullable String url(URI uri) {
    if (uri.getHost() == null) {
      return null;
    }
    if (uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null) {
      return uri.toString();
    }
    String port = uri.getPort() >= 0 ? ":" + uri.getPort() : "";
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getHost() + port + path;
  }
}
