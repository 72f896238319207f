// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

/**
 * Writes a decimal number as its digits, without zeros before and behind them, and the power of ten
 * of the last one: exact, whatever its precision. Zero has no digits and no sign.
 */
final class CanonicalNumber {

  /** Powers of ten with more digits are no numbers anybody could mean, and would overflow. */
  private static final int MOST_EXPONENT_DIGITS = 15;

  private CanonicalNumber() {}

  /** Of a well-formed JSON number. */
  static void write(byte[] bytes, int from, int to, CanonicalBuffer out) {
    boolean negative = bytes[from] == '-';
    int at = negative ? from + 1 : from;
    int first = -1; // The place of the first digit that is not 0,
    int last = -1; // and of the last such digit.
    int point = -1;
    int end = at;
    while (end < to && bytes[end] != 'e' && bytes[end] != 'E') {
      byte b = bytes[end];
      if (b == '.') {
        point = end;
      } else if (b != '0') {
        first = first < 0 ? end : first;
        last = end;
      }
      end++;
    }
    if (first < 0) {
      out.mark('z');
      return;
    }
    if (to - end > MOST_EXPONENT_DIGITS + 2) {
      // Only the very same spelling is the same number.
      out.mark('x');
      out.count(to - from);
      out.bytes(bytes, from, to - from);
      return;
    }
    int units = (point < 0 ? end : point) - 1; // The place of the ones.
    long power = exponent(bytes, end, to) + (last <= units ? units - last : units + 1 - last);
    boolean parted = point > first && point < last;
    out.mark(negative ? 'm' : 'd');
    out.count((power << 1) ^ (power >> 63));
    out.count(last - first + (parted ? 0 : 1));
    if (parted) {
      out.bytes(bytes, first, point - first);
      out.bytes(bytes, point + 1, last - point);
    } else {
      out.bytes(bytes, first, last + 1 - first);
    }
  }

  /** From the letter on; 0 if there is none. */
  private static long exponent(byte[] bytes, int from, int to) {
    long power = 0;
    boolean negative = false;
    for (int i = from + 1; i < to; i++) {
      byte b = bytes[i];
      if (b == '-') {
        negative = true;
      } else if (b != '+') {
        power = 10 * power + (b - '0');
      }
    }
    return negative ? -power : power;
  }
}
