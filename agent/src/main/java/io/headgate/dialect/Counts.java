// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Usage;
import java.util.Arrays;

/**
 * The numbers an answer told, as it told them: the last one wins, as in streams of all dialects.
 */
// An array by ordinal, since an EnumMap would box a number per token chunk.
@SuppressWarnings("EnumOrdinal")
final class Counts {

  private final long[] numbers = new long[Field.values().length];
  private double seconds;

  Counts() {
    Arrays.fill(numbers, Usage.UNKNOWN);
  }

  /** {@link Usage#UNKNOWN} if it was not told. */
  long of(Field field) {
    return numbers[field.ordinal()];
  }

  /** What was told, or 0. */
  long orZero(Field field) {
    return Math.max(0, of(field));
  }

  boolean knows(Field field) {
    return of(field) >= 0;
  }

  void set(Field field, long number) {
    if (number >= 0) {
      numbers[field.ordinal()] = number;
    }
  }

  void add(Field field, long number) {
    if (number >= 0) {
      numbers[field.ordinal()] = orZero(field) + number;
    }
  }

  void clear(Field field) {
    numbers[field.ordinal()] = Usage.UNKNOWN;
  }

  double seconds() {
    return seconds;
  }

  void seconds(double told) {
    seconds = told;
  }
}
