// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import org.jspecify.annotations.Nullable;

/**
 * Amounts of bytes as the configuration has them: {@code 512KB 16MB 1GB}, powers of 1024. As with
 * times there is always a unit: a bare number would be taken for whatever its reader has in mind.
 */
final class Sizes {
  static final String EXAMPLES = "512KB, 16MB or 1GB";

  /** Nine digits of gigabytes fit into a long. */
  private static final int MAX_DIGITS = 9;

  private Sizes() {}

  /** How many bytes are meant; null if a text is not a whole number and a unit. */
  static @Nullable Long parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    int shift =
        switch (text.substring(digits)) {
          case "KB" -> 10;
          case "MB" -> 20;
          case "GB" -> 30;
          default -> 0;
        };
    return digits == 0 || digits > MAX_DIGITS || shift == 0
        ? null
        : Long.parseLong(text.substring(0, digits)) << shift;
  }
}
