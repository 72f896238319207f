// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Divides server-sent events into blocks, each with the blank line that ends it, byte for byte. A
 * block is kept until it is complete; comments between blocks, and lines that are of no such stream
 * at all, pass at once. Lines end in LF, CR or CRLF. Used by one thread at a time.
 */
final class SseBlocks {

  /** The names of fields, with their colon. */
  private static final byte[][] FIELDS = {
    name("data:"), name("event:"), name("id:"), name("retry:")
  };

  private static final int LONGEST = 6;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private enum Passing {
    NOTHING,
    LINE,
    BLOCK
  }

  private final ByteArrayOutputStream out;
  private final int largest;
  private final Consumer<byte[]> block;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(512);
  private final byte[] start = new byte[LONGEST];
  private Passing passing = Passing.NOTHING;
  private int marked;

  /** Whether a line of the block is complete. */
  private boolean begun;

  /** Of the line, as far as {@link #start} goes. */
  private int column;

  private boolean afterReturn;

  /**
   * @param out where what passes is written
   * @param largest the longest block that is kept, in bytes; others pass
   * @param block gets each block that is complete; all before it was written by then
   */
  SseBlocks(ByteArrayOutputStream out, int largest, Consumer<byte[]> block) {
    this.out = out;
    this.largest = largest;
    this.block = block;
  }

  private static byte[] name(String field) {
    return field.getBytes(StandardCharsets.US_ASCII);
  }

  /** The next bytes. */
  void read(byte[] bytes) {
    int at = mark(bytes);
    while (at < bytes.length) {
      int end = lineEnd(bytes, at);
      if (end > at) {
        piece(bytes, at, end);
        at = end;
      } else {
        end(bytes[at]);
        at++;
      }
    }
  }

  /** What was kept of a block that has no end. */
  byte[] rest() {
    byte[] rest = held.toByteArray();
    held.reset();
    return rest;
  }

  /** Where a line ends: at its first LF or CR, or with the bytes. */
  static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    return end;
  }

  /** A byte order mark at the beginning is no part of a line. */
  private int mark(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && marked < MARK.length) {
      if (bytes[at] != MARK[marked]) {
        marked = MARK.length;
      } else {
        out.write(bytes[at++]);
        marked++;
      }
    }
    return at;
  }

  private void piece(byte[] bytes, int from, int to) {
    afterReturn = false;
    for (int at = from; at < to && column < LONGEST; at++) {
      start[column++] = bytes[at];
    }
    if (passing == Passing.NOTHING && to - from > largest - held.size()) {
      pass(Passing.BLOCK);
    } else if (passing == Passing.NOTHING && !begun && !mayBeField()) {
      pass(Passing.LINE);
    }
    (passing == Passing.NOTHING ? held : out).write(bytes, from, to - from);
  }

  private void pass(Passing what) {
    passing = what;
    out.writeBytes(rest());
  }

  private boolean mayBeField() {
    for (byte[] field : FIELDS) {
      int at = 0;
      while (at < field.length && at < column && field[at] == start[at]) {
        at++;
      }
      if (at == field.length || at == column) {
        return true;
      }
    }
    return false;
  }

  private void end(byte b) {
    if (afterReturn && b == '\n') {
      afterReturn = false;
      (held.size() > 0 ? held : out).write(b);
      return;
    }
    afterReturn = b == '\r';
    boolean blank = column == 0;
    column = 0;
    if (passing != Passing.NOTHING || held.size() == 0) {
      out.write(b);
      passing = passing == Passing.BLOCK && !blank ? passing : Passing.NOTHING;
      begun = false;
      return;
    }
    held.write(b);
    begun = !blank;
    if (blank) {
      block.accept(rest());
    }
  }
}
