// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what the URL of a Redis server may look like: {@code redis://user:password@host:6379/0}, or
 * {@code rediss} for TLS. What stands before the {@code @} without a colon is the password too, as
 * Redis clients have it. Never resolves a name.
 */
final class RedisUrl {
  static final String EXPECTED = "a URL such as redis://127.0.0.1:6379 or rediss://redis.internal";

  private static final int MAX_PORT = 65_535;
  private static final int MAX_DATABASE_DIGITS = 5;

  private RedisUrl() {}

  /** Why it cannot serve, with no part of it that may be a secret; null if it can. */
  static @Nullable String mistake(Scalar scalar) {
    if (scalar.inFile() && hasPassword(plain(scalar.written()))) {
      return "the password itself must not stand in the file; write"
          + " redis://:${REDIS_PASSWORD}@host and set that variable";
    }
    if (isUrl(scalar.value())) {
      return null;
    }
    return scalar.value().indexOf('@') < 0
        ? "expected " + EXPECTED + ", found " + scalar.shownIfInFile()
        : "expected "
            + EXPECTED
            + ", with user:password@ before the host; special characters in these are written as"
            + " %40 for @, %2F for /, %23 for #";
  }

  private static boolean isUrl(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return false;
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("redis") || scheme.equals("rediss"))
        && url.getHost() != null
        && url.getPort() != 0
        && url.getPort() <= MAX_PORT
        && url.getRawQuery() == null
        && url.getRawFragment() == null
        && isDatabase(url.getRawPath());
  }

  private static boolean isDatabase(String path) {
    return path.isEmpty()
        || (path.charAt(0) == '/'
            && path.length() <= 1 + MAX_DATABASE_DIGITS
            && path.substring(1).chars().allMatch(c -> c >= '0' && c <= '9'));
  }

  /** Whether anything stands where the password does. */
  private static boolean hasPassword(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return false;
    }
    int scheme = text.lastIndexOf("://", at);
    String user = text.substring(scheme < 0 ? 0 : scheme + 3, at);
    int colon = user.indexOf(':');
    return !user.substring(colon + 1).isEmpty();
  }

  /** What is written out, defaults included; the names in placeholders are not. */
  private static String plain(String written) {
    StringBuilder plain = new StringBuilder();
    int depth = 0;
    boolean name = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (written.startsWith("${", i)) {
        depth++;
        i++;
        name = true;
      } else if (c == '}' && depth > 0) {
        depth--;
        name = false;
      } else if (name) {
        name = c != ':';
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
