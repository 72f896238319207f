// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Replacements of parts of a byte array; whatever lies between them stays as it is. They must not
 * overlap. Those at the same place stand in the order in which they were given.
 */
final class Splices {

  /**
   * More bytes are not made of any body. A document that repeats one name a million times would
   * otherwise be multiplied by what is set.
   */
  static final long LIMIT = 32L << 20;

  private final List<Splice> splices = new ArrayList<>(2);
  private long added;

  /** {@code to} is the first byte that stays. */
  private record Splice(int from, int to, byte[] replacement) {}

  /**
   * @throws TooLargeException if more is put in than {@link #LIMIT}
   */
  void replace(int from, int to, byte[] replacement) {
    added += replacement.length;
    if (added > LIMIT) {
      throw new TooLargeException();
    }
    splices.add(new Splice(from, to, replacement));
  }

  void insert(int at, byte[] bytes) {
    replace(at, at, bytes);
  }

  void remove(int from, int to) {
    replace(from, to, new byte[0]);
  }

  boolean isEmpty() {
    return splices.isEmpty();
  }

  byte[] apply(byte[] bytes) {
    long size = bytes.length;
    for (Splice splice : splices) {
      size += splice.replacement.length - (splice.to - splice.from);
    }
    // Stable, and no work where they come in order, as they nearly always do.
    splices.sort(Comparator.comparingInt(Splice::from));
    byte[] changed = new byte[(int) size];
    int read = 0;
    int written = 0;
    for (Splice splice : splices) {
      int kept = splice.from - read;
      System.arraycopy(bytes, read, changed, written, kept);
      written += kept;
      System.arraycopy(splice.replacement, 0, changed, written, splice.replacement.length);
      written += splice.replacement.length;
      read = splice.to;
    }
    System.arraycopy(bytes, read, changed, written, bytes.length - read);
    return changed;
  }

  /** One after the other. */
  static byte[] joined(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  /** What would be made is too large to be sent. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("the edited body would be too large", null, false, false);
    }
  }
}
