// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks to wait: {@code retry-after-ms} (OpenAI, Azure), {@code
 * x-ms-retry-after-ms} (Azure), {@code retry-after} in seconds or as an HTTP date (RFC 9110,
 * section 10.2.3). Providers write what they like, so anything else counts as not said.
 */
final class RetryAfter {

  /** Nobody means more, and more is beyond what is counted in nanoseconds. */
  private static final double MOST_MILLIS = 1e12;

  private static final Duration MOST = Duration.ofMillis((long) MOST_MILLIS);

  private RetryAfter() {}

  /**
   * The wait; zero if it is over already; null if none is asked for, or in words nobody
   * understands.
   */
  static @Nullable Duration of(Headers headers, Instant now) {
    Duration wait = millis(headers.first("retry-after-ms"), 1);
    if (wait == null) {
      wait = millis(headers.first("x-ms-retry-after-ms"), 1);
    }
    if (wait == null) {
      wait = millis(headers.first("retry-after"), 1000);
    }
    return wait != null ? wait : date(headers.first("retry-after"), now);
  }

  private static @Nullable Duration millis(@Nullable String text, int factor) {
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text.strip()) * factor;
      return value >= 0 && value <= MOST_MILLIS
          ? Duration.ofNanos((long) Math.ceil(value * 1e6))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Duration date(@Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    try {
      Instant then =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
      return wait.compareTo(MOST) > 0 ? MOST : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
