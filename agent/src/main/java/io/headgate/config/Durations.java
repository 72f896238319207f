// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Lengths of time as the configuration has them: {@code 250ms 30s 5m 1h 7d}. */
final class Durations {
  static final String EXAMPLES = "250ms, 30s, 5m, 1h or 7d";

  /** Ten digits of days are not too many for a {@link Duration}. */
  private static final int MAX_DIGITS = 10;

  private Durations() {}

  /** The time meant; null if a text is not a whole number and a unit. */
  static @Nullable Duration parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    ChronoUnit unit = unit(text.substring(digits));
    return digits == 0 || digits > MAX_DIGITS || unit == null
        ? null
        : Duration.of(Long.parseLong(text.substring(0, digits)), unit);
  }

  private static @Nullable ChronoUnit unit(String text) {
    return switch (text) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      default -> null;
    };
  }
}
