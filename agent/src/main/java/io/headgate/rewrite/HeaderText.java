// SPDX-License-Identifier: Apache-2.0
package io.headgate.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes any text fit for the value of a header field: printable ASCII in one line, which every HTTP
 * client sends (OkHttp refuses the rest of Latin-1 that RFC 9110 allows).
 */
final class HeaderText {

  /** Servers refuse heads of more than 8 KiB or so; a value may have been read from a body. */
  private static final int LONGEST = 1024;

  private HeaderText() {}

  /**
   * Without control characters; what is no ASCII as UTF-8 with percent signs, half surrogates as
   * U+FFFD. Cut after 1024 characters of the original.
   */
  static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(Math.min(text.length(), LONGEST));
    text.codePoints()
        .limit(LONGEST)
        .filter(character -> !Character.isISOControl(character))
        .forEach(
            character -> {
              if (character < 0x7F) {
                encoded.append((char) character);
              } else {
                percent(encoded, character);
              }
            });
    return encoded.toString();
  }

  private static void percent(StringBuilder encoded, int character) {
    boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    String text = half ? "\uFFFD" : Character.toString(character);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(String.format(Locale.ROOT, "%02X", b));
    }
  }
}
