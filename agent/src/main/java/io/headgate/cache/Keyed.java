// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Hashes of words that tell nothing to one without the key: SipHash-2-4, as in "SipHash: a fast
 * short-input PRF" by Aumasson and Bernstein. Immutable.
 */
final class Keyed {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long k0;
  private final long k1;

  /**
   * With a key.
   *
   * @param key at least 16 bytes, of which the first 16 count
   */
  Keyed(byte[] key) {
    k0 = (long) LONGS.get(key, 0);
    k1 = (long) LONGS.get(key, 8);
  }

  long hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  long hash(byte[] bytes) {
    State state = new State(k0, k1);
    int whole = bytes.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      state.take((long) LONGS.get(bytes, i));
    }
    long last = (long) bytes.length << 56;
    for (int i = whole; i < bytes.length; i++) {
      last |= (bytes[i] & 0xFFL) << (8 * (i - whole));
    }
    state.take(last);
    return state.end();
  }

  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long k0, long k1) {
      v0 = k0 ^ 0x736f6d6570736575L;
      v1 = k1 ^ 0x646f72616e646f6dL;
      v2 = k0 ^ 0x6c7967656e657261L;
      v3 = k1 ^ 0x7465646279746573L;
    }

    void take(long m) {
      v3 ^= m;
      round();
      round();
      v0 ^= m;
    }

    long end() {
      v2 ^= 0xff;
      round();
      round();
      round();
      round();
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
