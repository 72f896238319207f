// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Medians and quartiles of a few values. */
final class Stats {

  private final double[] sorted;

  Stats(List<Double> values) {
    sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
  }

  double median() {
    return quantile(0.5);
  }

  /** By linear interpolation; NaN of nothing. */
  double quantile(double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** {@code +12.3 [+10.1 +14.0]}: the median and the quartiles of a difference. */
  String difference(int digits) {
    String format = "%+." + digits + "f";
    return String.format(
        Locale.ROOT,
        format + " [" + format + " " + format + "]",
        median(),
        quantile(0.25),
        quantile(0.75));
  }
}
