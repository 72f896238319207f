// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a question is found by when another one like it is asked: its vector, in a byte per number,
 * and its gist. Cosines are right to 0.002. A comparison takes about a nanosecond per number, a
 * quarter of that if the questions are not alike. Never changed.
 */
final class Likeness {

  private static final byte FORM = 1;
  private static final int MOST = 127;

  private final Gist gist;
  private final byte[] vector;

  /** One through the length of {@link #vector}. */
  private final double inverse;

  /** How many numbers are looked at first. */
  private final int head;

  /** The length of the rest. */
  private final double tail;

  private Likeness(Gist gist, byte[] vector) {
    this.gist = gist;
    this.vector = vector;
    this.head = vector.length / 4;
    double square = dot(vector, vector, 0, vector.length);
    this.inverse = square == 0 ? 0 : 1 / Math.sqrt(square);
    this.tail = Math.sqrt(dot(vector, vector, head, vector.length));
  }

  /**
   * Of a vector of any length; null if that has none, as of zeros, or is no vector.
   *
   * @param vector not kept
   */
  static @Nullable Likeness of(Gist gist, float[] vector) {
    float largest = 0;
    for (float f : vector) {
      if (!Float.isFinite(f)) {
        return null;
      }
      largest = Math.max(largest, Math.abs(f));
    }
    if (largest == 0) {
      return null;
    }
    byte[] bytes = new byte[vector.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round((double) vector[i] / largest * MOST);
    }
    return new Likeness(gist, bytes);
  }

  Gist gist() {
    return gist;
  }

  /** The cosine between the vectors, from -1 to 1; -1 if they cannot be compared. */
  double cosine(Likeness other) {
    return cosine(other, -1);
  }

  /**
   * The cosine between the vectors, from -1 to 1; -1 if they cannot be compared.
   *
   * @param least if the cosine is less, the answer may be -1: it mostly shows in a part of them
   */
  double cosine(Likeness other, double least) {
    int n = vector.length;
    if (n != other.vector.length) {
      return -1;
    }
    int first = dot(vector, other.vector, 0, head);
    // The rest adds most if it points the same way.
    if ((first + tail * other.tail) * inverse * other.inverse < least) {
      return -1;
    }
    return (first + dot(vector, other.vector, head, n)) * inverse * other.inverse;
  }

  /** Of 130,000 numbers the sum stays in an int; embedders have some thousands. */
  private static int dot(byte[] a, byte[] b, int from, int to) {
    int even = 0;
    int odd = 0;
    int i = from;
    for (; i < to - 1; i += 2) {
      even += a[i] * b[i];
      odd += a[i + 1] * b[i + 1];
    }
    return even + odd + (i < to ? a[i] * b[i] : 0);
  }

  /** In memory, in bytes, about. */
  int size() {
    return 176 + gist.size() + vector.length;
  }

  /** To be read by {@link #read}. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + gist.size() + Integer.BYTES + vector.length);
    bytes.put(FORM);
    gist.write(bytes);
    bytes.putInt(vector.length).put(vector);
    return bytes.array();
  }

  /** What was written by {@link #bytes}; null if it is something else. */
  static @Nullable Likeness read(byte[] bytes) {
    try {
      ByteBuffer from = ByteBuffer.wrap(bytes);
      Gist gist = from.get() == FORM ? Gist.read(from) : null;
      if (gist == null || from.getInt() != from.remaining() || !from.hasRemaining()) {
        return null;
      }
      byte[] vector = new byte[from.remaining()];
      from.get(vector);
      return new Likeness(gist, vector);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }
}
