// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over the plain part of a string, eight bytes at a time: prompts are long, and most of
 * their bytes mean nothing.
 */
final class PlainText {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  private PlainText() {}

  /** The first place that has a quote, a backslash, a control character or no ASCII; or the end. */
  static int end(byte[] bytes, int from) {
    int at = from;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      long quote = word ^ '"' * ONES;
      long backslash = word ^ '\\' * ONES;
      // The top bit of each byte that was zero, or less than a blank. A borrow can mark bytes
      // behind the first one that is to be found, but none before it.
      long found =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | (word - ' ' * ONES)
                  | word)
              & TOPS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }
}
