// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Says what a base URL and a host may look like. Never resolves a name. */
final class Addresses {
  static final String BASE_URL = "a URL such as https://llm.internal/v1";
  static final String HOST =
      "a host in lower case such as llm.internal or llm.internal:8000, with no scheme or path";
  private static final int MAX_PORT = 65_535;

  private Addresses() {}

  /** The URL without a slash at its end; null if it cannot serve. */
  static @Nullable URI baseUrl(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    URI url = parse(text.substring(0, end));
    return url != null
            && url.getHost() != null
            && isHttp(url)
            && url.getRawUserInfo() == null
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && url.getPort() <= MAX_PORT
            && url.getPort() != 0
        ? url
        : null;
  }

  /** Shows the URL only where no part of it can be a secret. */
  static String whyNotBaseUrl(Scalar scalar) {
    String text = scalar.value();
    if (text.indexOf('@') >= 0) {
      return "a user or password in the URL is not supported; use api-key or headers";
    }
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      return "a base URL has no ? and no #; expected " + BASE_URL;
    }
    String expected = "expected " + BASE_URL + ", found " + scalar.shownIfInFile();
    URI url = parse(text);
    if (url != null && url.getScheme() != null && !isHttp(url)) {
      return expected + "; only http and https are supported";
    }
    boolean underscore =
        url != null && url.getRawAuthority() != null && url.getRawAuthority().indexOf('_') >= 0;
    return underscore ? expected + "; Java accepts no _ in host names" : expected;
  }

  static boolean isHost(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (colon >= 0 && !isPort(text.substring(colon + 1))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
      boolean inner = i > 0 && i < name.length() - 1 && (c == '-' || c == '.');
      if (!word && !inner) {
        return false;
      }
    }
    return !name.isEmpty() && !name.contains("..");
  }

  private static boolean isPort(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return false;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + (c - '0');
    }
    return port > 0 && port <= MAX_PORT;
  }

  private static boolean isHttp(URI url) {
    return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
  }

  private static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
