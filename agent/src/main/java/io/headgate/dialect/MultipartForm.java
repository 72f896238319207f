// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds short fields in a multipart/form-data body by a scan over its bytes; files are passed over.
 */
final class MultipartForm {

  /** A longer value is none of the fields we look for, in bytes. */
  private static final int LONGEST_VALUE = 256;

  private static final byte[] NAME = ascii("name=\"");
  private static final byte[] BLANK_LINE = ascii("\r\n\r\n");

  private MultipartForm() {}

  static boolean looksLike(byte[] body) {
    return body.length > 4 && body[0] == '-' && body[1] == '-';
  }

  /** Tells the sink of the fields that are short and known. */
  static void read(byte[] body, JsonSink<Ask> sink) {
    int at = 0;
    while ((at = indexOf(body, at, body.length, NAME)) >= 0) {
      int from = at + NAME.length;
      // Not the file name of a part.
      Ask slot = at > 0 && body[at - 1] == ' ' ? slot(body, from) : null;
      at = from;
      if (slot != null) {
        field(body, from, slot, sink);
      }
    }
  }

  private static @Nullable Ask slot(byte[] body, int from) {
    if (starts(body, from, "model\"")) {
      return Ask.MODEL;
    }
    if (starts(body, from, "stream\"")) {
      return Ask.STREAM;
    }
    if (starts(body, from, "prompt\"")) {
      return Ask.INPUT;
    }
    if (starts(body, from, "n\"")) {
      return Ask.CHOICES;
    }
    return starts(body, from, "temperature\"") ? Ask.TEMPERATURE : null;
  }

  private static void field(byte[] body, int from, Ask slot, JsonSink<Ask> sink) {
    int blank = indexOf(body, from, Math.min(body.length, from + LONGEST_VALUE), BLANK_LINE);
    if (blank < 0) {
      return;
    }
    int start = blank + BLANK_LINE.length;
    int end = start;
    while (end < body.length && body[end] != '\r') {
      end++;
    }
    if (slot == Ask.INPUT) {
      sink.characters(slot, characters(body, start, end), 0);
      return;
    }
    if (end == start || end - start > LONGEST_VALUE) {
      return;
    }
    String value = new String(body, start, end - start, StandardCharsets.UTF_8);
    switch (slot) {
      case MODEL -> sink.text(slot, value.getBytes(StandardCharsets.UTF_8), end - start);
      case STREAM -> sink.flag(slot, value.equals("true"));
      default -> number(value, slot, sink);
    }
  }

  private static void number(String value, Ask slot, JsonSink<Ask> sink) {
    try {
      double number = Double.parseDouble(value);
      sink.number(slot, (long) number, number);
    } catch (NumberFormatException e) {
      // As if it were not there.
    }
  }

  private static long characters(byte[] body, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      if ((body[i] & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  private static boolean starts(byte[] body, int from, String text) {
    return body.length - from >= text.length()
        && indexOf(body, from, from + text.length(), ascii(text)) == from;
  }

  private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
    int last = to - wanted.length;
    for (int at = from; at <= last; at++) {
      int i = 0;
      while (i < wanted.length && bytes[at + i] == wanted[i]) {
        i++;
      }
      if (i == wanted.length) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
