// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.Ingress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: to the host that the app names beside it, if it does so, else to the one in
 * its URI. A {@code Host} field says nothing about that.
 *
 * @param port -1 for the scheme's own
 */
record Target(String scheme, String host, int port) {

  /** Null if it is not told, so that the client will refuse the request. */
  static @Nullable Target of(@Nullable HttpHost host, HttpRequest request) {
    if (host != null) {
      return of(host.getSchemeName(), host.getHostName(), host.getPort());
    }
    URIAuthority authority = request.getAuthority();
    return authority == null || request.getScheme() == null
        ? null
        : of(request.getScheme(), authority.getHostName(), authority.getPort());
  }

  static Target of(URI uri) {
    return of(uri.getScheme(), bare(uri.getHost()), uri.getPort());
  }

  private static Target of(String scheme, String host, int port) {
    String name = scheme.toLowerCase(Locale.ROOT);
    int usual = name.equals("https") ? 443 : name.equals("http") ? 80 : -1;
    return new Target(name, host.toLowerCase(Locale.ROOT), port == usual ? -1 : port);
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether a call to it is to be brought in. */
  boolean handled() {
    return (scheme.equals("https") || scheme.equals("http")) && Ingress.handles(host, port);
  }

  HttpHost toHost() {
    return new HttpHost(scheme, host, port);
  }

  URIAuthority toAuthority() {
    return new URIAuthority(host, port);
  }

  /** With a request's path; null if that is no path, or one that no {@link URI} takes. */
  @Nullable URI uri(@Nullable String path) {
    String rest = path == null || path.isEmpty() ? "/" : path;
    if (!rest.startsWith("/")) {
      return null;
    }
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    try {
      return new URI(scheme + "://" + name + (port < 0 ? "" : ":" + port) + rest);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** The part of a URI that goes into a request's first line. */
  static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
