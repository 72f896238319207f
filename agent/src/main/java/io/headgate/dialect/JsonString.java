// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/**
 * A string of a JSON document that comes in pieces: captured if it is short and its text is wanted,
 * measured if its length is, passed over if neither. A number is captured the same way. The buffer
 * is used again for every string.
 */
final class JsonString {

  private final byte[] text;
  private Want want = Want.NOTHING;
  private int length;
  private boolean overflow;
  private long narrow;
  private long wide;
  private boolean closed;
  private boolean failed;

  /** 0 outside an escape, 1 after the backslash, 5 to 2 while hexadecimal digits are to come. */
  private int escape;

  private int unit;

  /** What is wanted of a string. */
  enum Want {
    NOTHING,
    TEXT,
    LENGTH
  }

  JsonString(int limit) {
    this.text = new byte[limit];
  }

  void start(Want wanted) {
    want = wanted;
    length = 0;
    overflow = false;
    narrow = 0;
    wide = 0;
    escape = 0;
    closed = false;
    failed = false;
  }

  /** Reads on behind the opening quote; returns where it stopped. */
  int read(byte[] bytes, int from, int to) {
    return want == Want.NOTHING ? skip(bytes, from, to) : take(bytes, from, to);
  }

  /** Whether the closing quote was read. */
  boolean closed() {
    return closed;
  }

  boolean failed() {
    return failed;
  }

  Want want() {
    return want;
  }

  /** The unescaped text as UTF-8, in the first {@link #length} bytes. */
  byte[] text() {
    return text;
  }

  int length() {
    return length;
  }

  /** Whether the text was too long to be captured. */
  boolean overflow() {
    return overflow;
  }

  long narrow() {
    return narrow;
  }

  long wide() {
    return wide;
  }

  void append(byte b) {
    if (length < text.length) {
      text[length++] = b;
    } else {
      overflow = true;
    }
  }

  private int skip(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at++];
      if (escape != 0) {
        escape = 0;
      } else if (b == '\\') {
        escape = 1;
      } else if (b == '"') {
        closed = true;
        return at;
      }
    }
    return to;
  }

  private int take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !failed) {
      byte b = bytes[at++];
      if (escape != 0) {
        escaped(b);
      } else if (b == '\\') {
        escape = 1;
      } else if (b == '"') {
        closed = true;
        return at;
      } else if (want == Want.TEXT) {
        append(b);
      } else {
        count(b);
      }
    }
    return at;
  }

  private void escaped(byte b) {
    if (escape == 1) {
      if (b == 'u') {
        escape = 5;
        unit = 0;
      } else {
        escape = 0;
        character(unescaped(b));
      }
      return;
    }
    int digit = Character.digit(b, 16);
    if (digit < 0) {
      failed = true;
      return;
    }
    unit = (unit << 4) | digit;
    if (--escape == 1) {
      escape = 0;
      character((char) unit);
    }
  }

  private static char unescaped(byte b) {
    return switch (b) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> (char) (b & 0xFF);
    };
  }

  /** A character that came escaped. */
  private void character(char c) {
    if (want == Want.LENGTH) {
      if (Character.isLowSurrogate(c)) {
        return; // Its other half was counted.
      }
      if (c >= 0x3000) {
        wide++;
      } else {
        narrow++;
      }
    } else if (c < 0x80) {
      append((byte) c);
    } else if (c < 0x800) {
      append((byte) (0xC0 | (c >> 6)));
      append((byte) (0x80 | (c & 0x3F)));
    } else if (Character.isSurrogate(c)) {
      append((byte) '?');
    } else {
      append((byte) (0xE0 | (c >> 12)));
      append((byte) (0x80 | ((c >> 6) & 0x3F)));
      append((byte) (0x80 | (c & 0x3F)));
    }
  }

  /** Counts by the first byte of each character: 0xE3 leads from U+3000 on. */
  private void count(byte b) {
    if (b >= 0) {
      narrow++;
    } else if ((b & 0xC0) != 0x80) {
      if ((b & 0xFF) >= 0xE3) {
        wide++;
      } else {
        narrow++;
      }
    }
  }
}
