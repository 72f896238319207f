// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

/** Gathers the small pieces: a hash takes a few large ones faster. */
final class CanonicalBuffer {

  private static final int SIZE = 512;

  private final CanonicalJson.Sink sink;
  private final byte[] buffer = new byte[SIZE];
  private int used;

  CanonicalBuffer(CanonicalJson.Sink sink) {
    this.sink = sink;
  }

  void mark(char mark) {
    if (used == SIZE) {
      flush();
    }
    buffer[used++] = (byte) mark;
  }

  /** A number that is not negative, seven bits to a byte. */
  void count(long number) {
    if (SIZE - used < 10) {
      flush();
    }
    long rest = number;
    while (rest > 0x7F) {
      buffer[used++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[used++] = (byte) rest;
  }

  void bytes(byte[] bytes, int from, int length) {
    if (length > SIZE - used) {
      flush();
      if (length > SIZE) {
        sink.write(bytes, from, length);
        return;
      }
    }
    System.arraycopy(bytes, from, buffer, used, length);
    used += length;
  }

  void flush() {
    if (used > 0) {
      sink.write(buffer, 0, used);
      used = 0;
    }
  }
}
