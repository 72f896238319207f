// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.util.Arrays;

/**
 * A price for each kind of token, in pico-USD per token, which is millionths of a USD per 1,000,000
 * tokens. Immutable. A missing price is {@link #NONE}.
 */
@SuppressWarnings("EnumOrdinal") // The index never leaves this class; the array is the point of it.
final class Rates {

  /** No price is known. */
  static final long NONE = -1;

  static final Rates EMPTY = new Rates(filled(NONE));
  static final Rates FREE = new Rates(filled(0));

  private static final Rate[] KINDS = Rate.values();

  private final long[] pico;

  private Rates(long[] pico) {
    this.pico = pico;
  }

  long of(Rate kind) {
    return pico[kind.ordinal()];
  }

  /** The price of a kind, or that of another if it has none of its own. */
  long of(Rate kind, Rate otherwise) {
    long own = of(kind);
    return own == NONE ? of(otherwise) : own;
  }

  boolean isEmpty() {
    return equals(EMPTY);
  }

  Rates with(Rate kind, long price) {
    long[] copy = pico.clone();
    copy[kind.ordinal()] = price;
    return new Rates(copy);
  }

  /** These prices where the changes name none. */
  Rates changedBy(Rates changes) {
    long[] copy = pico.clone();
    for (int i = 0; i < copy.length; i++) {
      if (changes.pico[i] != NONE) {
        copy[i] = changes.pico[i];
      }
    }
    return new Rates(copy);
  }

  /** These prices moved as those from {@code before} to {@code after} did, kind by kind. */
  Rates movedLike(Rates before, Rates after) {
    long[] copy = pico.clone();
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] != NONE && before.pico[i] > 0 && after.pico[i] != NONE) {
        copy[i] = ratio(copy[i], after.pico[i], before.pico[i]);
      }
    }
    return new Rates(copy);
  }

  /**
   * These prices, completed: what they do not name costs what it does in {@code base}, with the
   * same discount or surcharge as plain input or output has. Cache and audio prices are multiples
   * of the plain ones at the providers that have variants.
   */
  Rates completedFrom(Rates base) {
    long[] copy = pico.clone();
    for (Rate kind : KINDS) {
      int i = kind.ordinal();
      int plain = kind.plain().ordinal();
      if (copy[i] == NONE && base.pico[i] != NONE) {
        boolean scales = pico[plain] != NONE && base.pico[plain] > 0;
        copy[i] = scales ? ratio(base.pico[i], pico[plain], base.pico[plain]) : base.pico[i];
      }
    }
    return new Rates(copy);
  }

  /**
   * All prices times a factor.
   *
   * @param millionths the factor, in millionths
   */
  Rates times(long millionths) {
    long[] copy = pico.clone();
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] != NONE) {
        copy[i] = ratio(copy[i], millionths, 1_000_000);
      }
    }
    return new Rates(copy);
  }

  private static long ratio(long value, long numerator, long denominator) {
    return Math.addExact(Math.multiplyExact(value, numerator), denominator / 2) / denominator;
  }

  private static long[] filled(long value) {
    long[] pico = new long[Rate.values().length];
    Arrays.fill(pico, value);
    return pico;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rates rates && Arrays.equals(pico, rates.pico);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pico);
  }

  @Override
  public String toString() {
    return Arrays.toString(pico);
  }
}
