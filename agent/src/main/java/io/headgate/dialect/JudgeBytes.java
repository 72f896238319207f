// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Gives the bytes of a buffer of either kind as pieces of arrays. */
final class JudgeBytes {

  private static final int SCRATCH = 4096;

  private final Taker taker;
  private byte @Nullable [] scratch;

  /** Takes a piece; the array is only lent. */
  interface Taker {
    void take(byte[] bytes, int from, int to);
  }

  JudgeBytes(Taker taker) {
    this.taker = taker;
  }

  /** Moves the position of the buffer to its limit. */
  void read(ByteBuffer buffer) {
    if (buffer.hasArray()) {
      int from = buffer.arrayOffset() + buffer.position();
      taker.take(buffer.array(), from, from + buffer.remaining());
      buffer.position(buffer.limit());
      return;
    }
    byte[] copy = scratch;
    if (copy == null) {
      copy = new byte[SCRATCH];
      scratch = copy;
    }
    while (buffer.hasRemaining()) {
      int length = Math.min(copy.length, buffer.remaining());
      buffer.get(copy, 0, length);
      taker.take(copy, 0, length);
    }
  }
}
