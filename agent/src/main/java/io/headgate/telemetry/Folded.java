// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/**
 * Keeps values that come from outside from making unbounded numbers of time series: known values
 * pass, and so do the first few whatever they are; all others become {@code _OTHER}.
 */
final class Folded {

  /** Known values can be endless too, where a price pattern ends in a wildcard. */
  private static final int MOST = 1_000;

  private static final int LONGEST = 128;

  private final BiPredicate<String, String> known;
  private final int unaskedLimit;
  private final Map<String, String> accepted = new ConcurrentHashMap<>();
  private final AtomicInteger unasked = new AtomicInteger();

  /**
   * @param known whether an owner has a value; asked at most once for each value that passes, and
   *     only after the first few
   * @param unaskedLimit how many distinct values pass unasked
   */
  Folded(BiPredicate<String, String> known, int unaskedLimit) {
    this.known = known;
    this.unaskedLimit = unaskedLimit;
  }

  /**
   * The value, or what stands for it.
   *
   * @param owner whose value it is, for the question whether it is known
   */
  String fold(String owner, String value) {
    String hit = accepted.get(value);
    return hit != null ? hit : admit(owner, value);
  }

  private String admit(String owner, String value) {
    if (value.length() > LONGEST || accepted.size() >= MOST) {
      return GenAiAttributes.OTHER;
    }
    if (unasked.get() < unaskedLimit) {
      unasked.incrementAndGet();
    } else if (!known.test(owner, value)) {
      return GenAiAttributes.OTHER;
    }
    accepted.put(value, value);
    return value;
  }
}
