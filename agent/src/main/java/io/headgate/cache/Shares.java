// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Divides what was used together among those who used it, so that the shares are all of it. */
final class Shares {

  /** Nobody counts anything in more digits. */
  private static final int MOST_DIGITS = 40;

  private Shares() {}

  /**
   * Shares of a number, none with more decimals than it has.
   *
   * @param weights none negative, one at least above zero
   * @return null if it is negative or absurd, so that nobody can have a share in it
   */
  static BigDecimal @Nullable [] of(BigDecimal number, long[] weights) {
    if (number.signum() < 0
        || Math.abs(number.scale()) > MOST_DIGITS
        || number.precision() > MOST_DIGITS) {
      return null;
    }
    BigInteger all = number.unscaledValue();
    BigInteger sum = BigInteger.valueOf(Arrays.stream(weights).sum());
    BigDecimal[] shares = new BigDecimal[weights.length];
    BigInteger given = BigInteger.ZERO;
    long weight = 0;
    for (int i = 0; i < shares.length; i++) {
      // What all up to here have is rounded, rather than each share: the last one ends at the sum.
      weight += weights[i];
      BigInteger upTo =
          all.multiply(BigInteger.valueOf(weight)).shiftLeft(1).add(sum).divide(sum.shiftLeft(1));
      shares[i] = new BigDecimal(upTo.subtract(given), number.scale());
      given = upTo;
    }
    return shares;
  }

  /** Shares of a whole number that is not negative. */
  static long[] of(long number, long[] weights) {
    BigDecimal[] shares = of(BigDecimal.valueOf(number), weights);
    long[] whole = new long[weights.length];
    for (int i = 0; shares != null && i < whole.length; i++) {
      whole[i] = shares[i].longValueExact();
    }
    return whole;
  }
}
