// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import redis.clients.jedis.Jedis;

/** Reads values as large as a stored answer from Redis, over one connection and nothing else. */
final class JedisWork {

  /** About what is stored of an answer of 1 KB. */
  private static final int SIZE = 1_400;

  private JedisWork() {}

  /**
   * Sets that many values and reads them in turn. The port of a Redis on the loopback address is in
   * the system property {@code bench.redis}.
   */
  static Work get(int count) {
    Jedis redis = new Jedis("127.0.0.1", Integer.getInteger("bench.redis"));
    byte[][] keys = new byte[count][];
    for (int i = 0; i < count; i++) {
      keys[i] = ("bench:bare:" + i).getBytes(UTF_8);
      redis.set(keys[i], new byte[SIZE]);
    }
    int[] next = {0};
    return () -> {
      byte[] value = redis.get(keys[next[0]++ % count]);
      if (value == null || value.length != SIZE) {
        throw new IOException("no value");
      }
      return System.nanoTime();
    };
  }
}
