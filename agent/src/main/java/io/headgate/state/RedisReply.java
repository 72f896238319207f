// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Reads one reply in the second version of Redis's protocol, and believes no length in it: what is
 * at the other end of a mistyped URL must not be able to fill the heap of an application.
 */
final class RedisReply {

  /** What came is not from a Redis. */
  static final class GarbageException extends JedisConnectionException {
    private static final long serialVersionUID = 1;

    GarbageException() {
      super("not a reply of a Redis");
    }
  }

  private static final int LONGEST_LINE = 4096;
  private static final int DEEPEST = 4;
  private static final int CHUNK = 1 << 20;

  private final RedisInputStream in;

  /** What may still come, in bytes: an element counts 16 besides what is in it. */
  private long left = RedisValue.MOST + (1L << 20);

  private RedisReply(RedisInputStream in) {
    this.in = in;
  }

  /**
   * @return bytes (of a status too), a {@link Long}, a list of these, or null
   * @throws JedisDataException for an error that the server replied, after which the connection can
   *     be used on
   * @throws JedisConnectionException if the connection cannot be used on
   */
  static @Nullable Object read(RedisInputStream in) {
    return new RedisReply(in).value(0);
  }

  private @Nullable Object value(int depth) {
    byte type = in.readByte();
    return switch (type) {
      case '+' -> line();
      case '-' -> throw new JedisDataException(new String(line(), StandardCharsets.ISO_8859_1));
      case ':' -> number();
      case '$' -> bulk();
      case '*' -> list(depth);
      default -> throw new GarbageException();
    };
  }

  private byte @Nullable [] bulk() {
    long length = number();
    if (length == -1) {
      return null;
    }
    take(length);
    byte[] bytes = new byte[(int) Math.min(length, CHUNK)];
    int have = 0;
    while (have < length) {
      if (have == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * have));
      }
      have += in.read(bytes, have, bytes.length - have);
    }
    if (in.readByte() != '\r' || in.readByte() != '\n') {
      throw new GarbageException();
    }
    return bytes;
  }

  private @Nullable List<@Nullable Object> list(int depth) {
    long length = number();
    if (length == -1) {
      return null;
    }
    if (depth == DEEPEST) {
      throw new GarbageException();
    }
    take(length > left ? length : 16 * length);
    List<@Nullable Object> list = new ArrayList<>((int) Math.min(length, 1024));
    for (long i = 0; i < length; i++) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private void take(long length) {
    left -= length;
    if (length < 0 || left < 0) {
      throw new GarbageException();
    }
  }

  private long number() {
    byte[] line = line();
    int digits = line.length > 0 && line[0] == '-' ? line.length - 1 : line.length;
    if (digits == 0 || digits > 18) {
      throw new GarbageException();
    }
    long number = 0;
    for (int i = line.length - digits; i < line.length; i++) {
      if (line[i] < '0' || line[i] > '9') {
        throw new GarbageException();
      }
      number = 10 * number + line[i] - '0';
    }
    return digits == line.length ? number : -number;
  }

  private byte[] line() {
    byte[] line = new byte[32];
    int length = 0;
    while (true) {
      byte next = in.readByte();
      if (next == '\r') {
        if (in.readByte() != '\n') {
          throw new GarbageException();
        }
        return Arrays.copyOf(line, length);
      }
      if (length == LONGEST_LINE) {
        throw new GarbageException();
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = next;
    }
  }
}
