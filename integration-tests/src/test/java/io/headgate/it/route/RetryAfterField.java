// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The ways in which providers say when to come back, the senseless ones included. */
final class RetryAfterField {

  private RetryAfterField() {}

  static String of(String kind) {
    return switch (kind) {
      case "seconds" -> "Retry-After: 1\r\n";
      case "float" -> "Retry-After: 0.5\r\n";
      case "millis" -> "retry-after-ms: 700\r\n";
      case "zero" -> "Retry-After: 0\r\n";
      case "negative" -> "Retry-After: -1\r\n";
      case "word" -> "Retry-After: abc\r\n";
      case "ages" -> "Retry-After: 99999\r\n";
      case "date" -> "Retry-After: " + date(60) + "\r\n";
      case "past" -> "Retry-After: " + date(-60) + "\r\n";
      case "twice" -> "Retry-After: 1\r\nRetry-After: 2\r\n";
      case "none" -> "";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static String date(int secondsFromNow) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(secondsFromNow));
  }
}
