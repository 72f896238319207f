// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * So many in a time, written as {@code 50/1s}.
 *
 * @param count from 1 to 1000000
 * @param window above zero, at most 365 days
 */
record Rate(int count, Duration window) {

  static final String EXAMPLE = "50/1s";

  private static final int MAX_COUNT = 1_000_000;
  private static final Duration MAX_WINDOW = Duration.ofDays(365);

  /** The rate meant; null if a text is none. */
  static @Nullable Rate parse(String text) {
    int slash = text.indexOf('/');
    Duration window = slash <= 0 ? null : Durations.parse(text.substring(slash + 1));
    if (window == null || window.isZero() || window.compareTo(MAX_WINDOW) > 0) {
      return null;
    }
    int count = count(text.substring(0, slash));
    return count == 0 ? null : new Rate(count, window);
  }

  /** 0 for what is no such number. */
  private static int count(String digits) {
    long count = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      count = count * 10 + (c - '0');
      if (c < '0' || c > '9' || count > MAX_COUNT) {
        return 0;
      }
    }
    return (int) count;
  }
}
