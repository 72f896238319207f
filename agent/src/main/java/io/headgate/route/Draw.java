// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Puts things with weights in an order, by chance or by a key. Each gets the score {@code -weight /
 * ln(u)}, with its own u between 0 and 1, and the highest comes first: each then is first as often
 * as its weight says, and second among the others likewise (Efraimidis and Spirakis, "Weighted
 * random sampling with a reservoir", 2006). If u is a hash of a key and of the thing's name, this
 * is weighted rendezvous hashing: a key's order needs no memory, and when a thing goes only the
 * keys that had it first get another first.
 */
final class Draw {

  private Draw() {}

  /** A number between 0 and 1, both excluded, of 64 random bits. */
  static double unit(long bits) {
    // 52 bits, so that the half still fits in the 53 of a double and 1 is never reached.
    return ((bits >>> 12) + 0.5) * 0x1.0p-52;
  }

  /**
   * A number between 0 and 1, both excluded, that is the same on every JVM: the first eight bytes
   * of the SHA-256 of the three texts, in UTF-8 with a zero byte between them.
   *
   * @param salt what the choice is, so that choices do not depend on each other
   * @param key whose choice it is
   * @param name what may be chosen
   */
  static double unit(String salt, String key, String name) {
    MessageDigest digest = sha256();
    digest.update(salt.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(key.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    return unit(ByteBuffer.wrap(digest.digest()).getLong());
  }

  /**
   * Indices from the best to the worst; those of weight 0 come last.
   *
   * @param units the number between 0 and 1 of each; asked once for each, in order
   */
  static List<Integer> order(int count, IntToDoubleFunction weights, IntToDoubleFunction units) {
    double[] scores = new double[count];
    List<Integer> order = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double weight = weights.applyAsDouble(i);
      double unit = units.applyAsDouble(i);
      // StrictMath: the last bit of Math.log may differ from one JVM to the next.
      scores[i] = weight > 0 ? -weight / StrictMath.log(unit) : 0;
      order.add(i);
    }
    order.sort((a, b) -> Double.compare(scores[b], scores[a]));
    return order;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
