// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

/** UTF-8 as RFC 3629 has it: the shortest form only, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private Utf8() {}

  /** Where the character that begins here with a byte above 127 ends; -1 if it is malformed. */
  static int next(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int more = first < 0xC2 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : 0;
    if (more == 0 || bytes.length - at <= more) {
      return -1;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return -1;
    }
    for (int i = 2; i <= more; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return at + more + 1;
  }

  /**
   * Writes a character; a surrogate that stands alone as if it were one, which no well-formed text
   * has. There is to be room for four bytes.
   *
   * @return where it ends
   */
  static int write(int character, byte[] to, int from) {
    int at = from;
    if (character < 0x80) {
      to[at++] = (byte) character;
    } else if (character < 0x800) {
      to[at++] = (byte) (0xC0 | (character >> 6));
      to[at++] = (byte) (0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
      to[at++] = (byte) (0xE0 | (character >> 12));
      to[at++] = (byte) (0x80 | ((character >> 6) & 0x3F));
      to[at++] = (byte) (0x80 | (character & 0x3F));
    } else {
      to[at++] = (byte) (0xF0 | (character >> 18));
      to[at++] = (byte) (0x80 | ((character >> 12) & 0x3F));
      to[at++] = (byte) (0x80 | ((character >> 6) & 0x3F));
      to[at++] = (byte) (0x80 | (character & 0x3F));
    }
    return at;
  }
}
