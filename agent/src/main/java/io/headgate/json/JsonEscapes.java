// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.util.Arrays;

/** The texts of a document's strings that have escapes, without them, one behind the other. */
final class JsonEscapes {

  private byte[] bytes = {};
  private int length;

  /** All texts so far; valid until the next one is read. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /**
   * Reads one more.
   *
   * @param from behind the quote that opens the string
   * @param firstEscape where its first backslash is
   * @return the place behind the quote that closes it; -1 if it is malformed
   */
  int read(byte[] json, int from, int firstEscape) {
    int plain = from;
    int at = firstEscape;
    while (at < json.length) {
      byte b = json[at];
      if (b == '"') {
        append(json, plain, at);
        return at + 1;
      }
      if (b == '\\') {
        append(json, plain, at);
        at = escape(json, at + 1);
        plain = at;
      } else {
        at = b < 0 ? Utf8.next(json, at) : -1;
      }
      if (at < 0) {
        return -1;
      }
      at = PlainText.end(json, at);
    }
    return -1;
  }

  private void append(byte[] json, int from, int to) {
    room(to - from);
    System.arraycopy(json, from, bytes, length, to - from);
    length += to - from;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.max(256, 2 * length)));
    }
  }

  /** What follows a backslash; the place behind it, or -1. */
  private int escape(byte[] json, int at) {
    if (at >= json.length) {
      return -1;
    }
    room(4);
    int character =
        switch (json[at]) {
          case '"', '\\', '/' -> json[at];
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    int end = at + 1;
    if (json[at] == 'u') {
      character = hex(json, at + 1);
      end = at + 5;
      if (character >= 0xD800
          && character < 0xDC00
          && json.length - end >= 6
          && json[end] == '\\'
          && json[end + 1] == 'u') {
        int low = hex(json, end + 2);
        if (low >= 0xDC00 && low < 0xE000) {
          character = Character.toCodePoint((char) character, (char) low);
          end += 6;
        }
      }
    }
    if (character < 0) {
      return -1;
    }
    length = Utf8.write(character, bytes, length);
    return end;
  }

  /** Four hexadecimal digits; -1 if they are none. */
  private static int hex(byte[] json, int from) {
    if (json.length - from < 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int b = json[i];
      int lower = b | 0x20;
      int digit = b >= '0' && b <= '9' ? b - '0' : lower >= 'a' && lower <= 'f' ? lower - 'W' : -1;
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }
}
