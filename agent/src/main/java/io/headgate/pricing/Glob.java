// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

/** A pattern in which {@code *} stands for any run of characters, slashes included. */
final class Glob {

  private Glob() {}

  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** How many characters stand before the first {@code *}; the whole length if there is none. */
  static int literalPrefix(String pattern) {
    int star = pattern.indexOf('*');
    return star < 0 ? pattern.length() : star;
  }
}
