// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host of a provider, matched without allocating: without case (ASCII only, so that no Unicode
 * look-alike folds into a letter), and on label boundaries.
 *
 * <p>{@code *} stands for one or more characters, dots included; {@code {name}} for one or more
 * characters of one label. The last two labels are literal: they are what {@link HostTable} looks
 * up.
 */
final class HostPattern {

  /** The ports that a public host is reached at: none given, https, http. */
  static final int STANDARD_PORTS = -1;

  static final int ANY_PORT = -2;

  private final String provider;
  private final String glob;
  private final int port;
  private final boolean shared;
  private final Origin origin;
  private @Nullable HostPattern next;

  /** Who says that a host is the provider's. */
  enum Origin {
    /** The catalogue: it is the provider's own host. */
    PROVIDER,
    /** The catalogue: whoever is a customer of the provider may have a host like this. */
    CUSTOMER,
    /** The configuration. */
    CONFIGURED,
    /** A variable that SDKs read: calls are watched, and left as they are. */
    OBSERVED
  }

  private HostPattern(String provider, String glob, int port, boolean shared, Origin origin) {
    this.provider = provider;
    this.glob = glob;
    this.port = port;
    this.shared = shared;
    this.origin = origin;
  }

  /** A host of the catalogue, as {@link ProviderRows} describes it. */
  static HostPattern builtIn(String provider, String text, List<String> all) {
    boolean shared = text.charAt(0) == '~';
    String host = shared ? text.substring(1) : text;
    int port = STANDARD_PORTS;
    int colon = portColon(host);
    if (colon >= 0) {
      port = Integer.parseInt(host.substring(colon + 1));
      host = host.substring(0, colon);
    }
    // The rows are in lower case already: most of this runs interpreted, at the first HTTP call.
    String glob = host.indexOf('{') < 0 ? host : compile(host);
    return new HostPattern(
        provider, glob, port, shared, customers(host, all) ? Origin.CUSTOMER : Origin.PROVIDER);
  }

  /** Whether the wildcard stands for a customer's name rather than for a region. */
  private static boolean customers(String host, List<String> all) {
    boolean below = host.startsWith("*.") && all.contains(host.substring(2));
    return (host.indexOf('*') >= 0 && !below) || host.contains("{id}");
  }

  /** The host and port of a URL that a variable gives to SDKs; null if it is none. */
  static @Nullable HostPattern observed(String provider, String url) {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      return null;
    }
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    String host = uri.getHost();
    if (host == null || !(secure || "http".equalsIgnoreCase(uri.getScheme()))) {
      return null;
    }
    int port = uri.getPort() == -1 ? (secure ? 443 : 80) : uri.getPort();
    HostPattern named = configured(provider, host + ":" + port);
    // Something else may live there, too.
    return named == null
        ? null
        : new HostPattern(provider, named.glob, named.port, true, Origin.OBSERVED);
  }

  /**
   * A host that the configuration adds, {@code name} or {@code name:port}; taken literally. Null if
   * it is neither.
   */
  static @Nullable HostPattern configured(String provider, String text) {
    String host = text.strip();
    int port = ANY_PORT;
    int colon = portColon(host);
    if (colon >= 0) {
      port = parsePort(host, colon + 1);
      host = host.substring(0, colon);
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    if (host.isEmpty() || port == STANDARD_PORTS || hasWildcard(host)) {
      return null;
    }
    return new HostPattern(provider, compile(host), port, false, Origin.CONFIGURED);
  }

  String provider() {
    return provider;
  }

  /** The text that is compared; its end, literal, is what {@link HostTable} hashes. */
  String glob() {
    return glob;
  }

  /** Whether the host serves other things too, so that only known paths are ours. */
  boolean shared() {
    return shared;
  }

  /** Whether the configuration named it. */
  boolean configured() {
    return origin == Origin.CONFIGURED;
  }

  /** Whether only a variable named it, so that nothing is changed in calls to it. */
  boolean observed() {
    return origin == Origin.OBSERVED;
  }

  /** Whether the catalogue knows it as the provider's own host, not as one of its customers'. */
  boolean providers() {
    return origin == Origin.PROVIDER;
  }

  boolean standardPorts() {
    return port == STANDARD_PORTS;
  }

  boolean anyPort() {
    return port == ANY_PORT;
  }

  /** Whether it names one host only. */
  boolean literal() {
    return glob.indexOf('*') < 0 && glob.indexOf('#') < 0;
  }

  @Nullable HostPattern next() {
    return next;
  }

  /** Adds one that is tried after this and all before it. Only while the table is built. */
  void append(HostPattern other) {
    HostPattern last = this;
    while (last.next != null) {
      last = last.next;
    }
    last.next = other;
  }

  /**
   * Whether a host is this one.
   *
   * @param end where the host ends, a trailing dot left out
   */
  boolean matches(String host, int end, int hostPort) {
    return matchesPort(hostPort) && glob(glob, 0, host, 0, end);
  }

  private boolean matchesPort(int hostPort) {
    if (port == ANY_PORT || port == hostPort) {
      return true;
    }
    if (port == STANDARD_PORTS) {
      return hostPort == 443 || hostPort == 80;
    }
    // A configured name:443 or name:80 is also the same host with no port named.
    return hostPort == -1 && (port == 443 || port == 80);
  }

  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  private static boolean glob(String glob, int from, String host, int hostFrom, int end) {
    int at = hostFrom;
    for (int i = from; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*' || c == '#') {
        for (int stop = at + 1; stop <= end; stop++) {
          if (c == '#' && host.charAt(stop - 1) == '.') {
            return false;
          }
          if (glob(glob, i + 1, host, stop, end)) {
            return true;
          }
        }
        return false;
      }
      if (at >= end || lower(host.charAt(at)) != c) {
        return false;
      }
      at++;
    }
    return at == end;
  }

  /** Lower case, and {@code #} for each placeholder. */
  private static String compile(String host) {
    StringBuilder glob = new StringBuilder(host.length());
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '{') {
        glob.append('#');
        i = host.indexOf('}', i);
      } else {
        glob.append(lower(c));
      }
    }
    return glob.toString();
  }

  /** Where the port's colon is, -1 if there is none; the colons of an IPv6 address are not it. */
  private static int portColon(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? colon : -1;
  }

  private static int parsePort(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || port > 65535) {
        return STANDARD_PORTS;
      }
      port = port * 10 + (c - '0');
    }
    return port > 0 && port <= 65535 ? port : STANDARD_PORTS;
  }

  private static boolean hasWildcard(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '*' || c == '#' || c == '{' || c == '/' || c == '@') {
        return true;
      }
    }
    return false;
  }
}
