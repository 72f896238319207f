// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** 256 bits that name an entry: a hash of everything that makes it the one it is. */
public record EntryKey(long a, long b, long c, long d) {

  /** In bytes. */
  public static final int SIZE = 32;

  /** Of exactly {@link #SIZE} bytes. */
  public static EntryKey of(byte[] hash) {
    if (hash.length != SIZE) {
      throw new IllegalArgumentException("a key has " + SIZE + " bytes, not " + hash.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new EntryKey(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /** Of 64 hexadecimal digits; null if a text has others. */
  public static @Nullable EntryKey parse(String hex) {
    try {
      byte[] hash = HexFormat.of().parseHex(hex);
      return hash.length == SIZE ? of(hash) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(SIZE).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
