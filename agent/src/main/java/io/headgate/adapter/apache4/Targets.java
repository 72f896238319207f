// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.Ingress;
import io.headgate.gateway.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpUriRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a request leads: to the host that it is executed on, whatever its URI may say. Only if
 * there is none is it the URI's.
 */
final class Targets {

  private Targets() {}

  /** Whether the gateway handles calls to there. Allocates nothing. */
  static boolean handled(@Nullable HttpHost target, HttpRequest request) {
    if (target != null) {
      return handled(target);
    }
    URI uri = request instanceof HttpUriRequest known ? known.getURI() : null;
    return uri != null && Ingress.handles(uri.getHost(), port(uri.getPort(), uri.getScheme()));
  }

  /** Whether the gateway handles calls to there. Allocates nothing. */
  static boolean handled(HttpHost target) {
    return Ingress.handles(target.getHostName(), port(target.getPort(), target.getSchemeName()));
  }

  /**
   * The absolute URI, without a fragment; as the app wrote it, if it is absolute and leads there.
   *
   * @throws URISyntaxException if the client may send what is no URI
   */
  static URI uri(@Nullable HttpHost target, HttpRequest request) throws URISyntaxException {
    URI written =
        request instanceof HttpUriRequest known
            ? known.getURI()
            : new URI(request.getRequestLine().getUri());
    String path = written.getRawPath();
    StringBuilder all = new StringBuilder(96);
    if (target == null) {
      all.append(written.getScheme()).append("://").append(written.getRawAuthority());
    } else {
      all.append(authority(target));
      URI origin = new URI(all.toString());
      if (written.getHost() != null
          && written.getScheme() != null
          && Origin.within(origin, written.toString()) != null) {
        all.setLength(0);
        all.append(written.getScheme()).append("://").append(written.getRawAuthority());
      }
    }
    all.append(path == null || path.isEmpty() ? "/" : path);
    if (written.getRawQuery() != null) {
      all.append('?').append(written.getRawQuery());
    }
    return new URI(all.toString());
  }

  private static String authority(HttpHost target) {
    String name = target.getHostName();
    int port = port(target.getPort(), target.getSchemeName());
    String host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    return target.getSchemeName() + "://" + host + (port < 0 ? "" : ":" + port);
  }

  /** The host that a URI names. */
  static HttpHost host(URI uri) {
    String host = uri.getHost();
    boolean literal = host.startsWith("[") && host.endsWith("]");
    return new HttpHost(
        literal ? host.substring(1, host.length() - 1) : host,
        uri.getPort(),
        uri.getScheme().toLowerCase(Locale.ROOT));
  }

  /** -1 for the scheme's own. */
  private static int port(int port, @Nullable String scheme) {
    return port == ("https".equalsIgnoreCase(scheme) ? 443 : 80) ? -1 : port;
  }
}
