// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.gateway.Origin;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a request is to go, with what the client adds that the options leave out. */
record Target(String host, int port, boolean ssl) {

  /** Null if only the client knows where that leads. */
  static @Nullable Target of(HttpClient client, RequestOptions options) {
    String host = options.getHost();
    Integer port = options.getPort();
    Boolean ssl = options.isSsl();
    if (host == null || port == null) {
      if (Internals.hasServer(options)) {
        return null;
      }
      host = host == null ? Internals.defaultHost(client) : host;
      port = port == null ? Internals.defaultPort(client) : port;
    }
    if (host == null || host.isEmpty() || port == null) {
      return null;
    }
    return new Target(host, port, ssl == null ? Internals.defaultSsl(client) : ssl);
  }

  /** As a URI names it; -1 if it would not. */
  int namedPort() {
    return port == (ssl ? 443 : 80) ? -1 : port;
  }

  /** As in a {@code Host} field. */
  String authority() {
    String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    return namedPort() < 0 ? name : name + ":" + port;
  }

  /**
   * @throws IllegalArgumentException if this is not a URI
   */
  URI uri(String path) {
    String from = path.isEmpty() ? "/" : path;
    if (!from.startsWith("/")) {
      throw new IllegalArgumentException("not a path");
    }
    return URI.create((ssl ? "https://" : "http://") + authority() + from);
  }

  /** Whether that is another origin, to which nothing of the app's is to be taken. */
  static boolean foreign(URI asked, URI wanted) {
    return !wanted.equals(asked) && Origin.within(asked, wanted.toString()) == null;
  }
}
