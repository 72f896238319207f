// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Ingress;
import okhttp3.HttpUrl;

/** Questions about where a URL leads. They allocate nothing. */
final class Hosts {

  private Hosts() {}

  static boolean handled(HttpUrl url) {
    int port = url.port();
    return Ingress.handles(url.host(), port == HttpUrl.defaultPort(url.scheme()) ? -1 : port);
  }

  /** Whether a call to there would be handled if this thread were not inside another one. */
  static boolean nested(HttpUrl url) {
    int port = url.port();
    return Ingress.nested(url.host(), port == HttpUrl.defaultPort(url.scheme()) ? -1 : port);
  }

  static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.port() == other.port()
        && one.host().equals(other.host())
        && one.scheme().equals(other.scheme());
  }
}
