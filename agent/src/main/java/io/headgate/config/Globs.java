// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import org.jspecify.annotations.Nullable;

/** Patterns in which {@code *} stands for any text, none included. Cost is bounded. */
public final class Globs {

  private Globs() {}

  public static boolean matches(String pattern, String text) {
    return rest(pattern, text) != null;
  }

  /**
   * The text that the first {@code *} stands for, empty if the pattern has none; null if the
   * pattern does not fit. The last part is anchored, the ones between are found from the left: time
   * is linear for the patterns that people write, and never more than pattern times text.
   */
  static @Nullable String rest(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(text) ? "" : null;
    }
    if (!text.startsWith(pattern.substring(0, star))) {
      return null;
    }
    int last = pattern.lastIndexOf('*');
    String suffix = pattern.substring(last + 1);
    int end = text.length() - suffix.length();
    if (end < star || !text.endsWith(suffix)) {
      return null;
    }
    int at = star;
    int firstEnd = -1;
    for (int from = star; from < last; ) {
      int next = pattern.indexOf('*', from + 1);
      String part = pattern.substring(from + 1, next);
      int found = text.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return null;
      }
      if (firstEnd < 0) {
        firstEnd = found;
      }
      at = found + part.length();
      from = next;
    }
    return text.substring(star, firstEnd < 0 ? end : firstEnd);
  }
}
