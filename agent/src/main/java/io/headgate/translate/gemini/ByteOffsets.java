// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

/** Places in a text: Gemini counts bytes of UTF-8, Java its own characters. */
final class ByteOffsets {

  private ByteOffsets() {}

  /** How many characters make up so many bytes; -1 if the text is shorter. */
  static int chars(CharSequence text, long bytes) {
    long counted = 0;
    int at = 0;
    while (at < text.length() && counted < bytes) {
      int point = Character.codePointAt(text, at);
      counted += bytes(point);
      at += Character.charCount(point);
    }
    return counted < bytes || bytes < 0 ? -1 : at;
  }

  /** How many bytes so many characters make up. */
  static long bytes(CharSequence text, int chars) {
    long counted = 0;
    int at = 0;
    while (at < text.length() && at < chars) {
      int point = Character.codePointAt(text, at);
      counted += bytes(point);
      at += Character.charCount(point);
    }
    return counted;
  }

  private static int bytes(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}
