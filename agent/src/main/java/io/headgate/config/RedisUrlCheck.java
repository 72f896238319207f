// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.state.RedisUrl;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the URL of a Redis server as it stands in a configuration: whether it is one, and names
 * no password there. Never resolves a name.
 */
final class RedisUrlCheck {
  static final String EXPECTED = "a URL such as redis://127.0.0.1:6379 or rediss://redis.internal";

  private RedisUrlCheck() {}

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
            + " %40 for @, %2F for /, %25 for %";
  }

  private static boolean isUrl(String text) {
    try {
      var unused = RedisUrl.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
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
