// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant. */
final class NearHit {

  private NearHit() {}

  /**
   * The name that is most like a wrong one: begun the same, or at most two slips away, fewer if it
   * is short; null if none is.
   */
  static @Nullable String of(String wrong, Collection<String> names) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    String best = null;
    int least = wrong.length() < 2 ? 1 : wrong.length() < 4 ? 2 : 3;
    for (String name : names) {
      String other = name.toLowerCase(Locale.ROOT);
      boolean begun = lower.length() >= 3 && other.startsWith(lower);
      int slips = begun ? Math.min(1, other.length() - lower.length()) : slips(lower, other);
      if (slips < least) {
        least = slips;
        best = name;
      }
    }
    return best;
  }

  /** Letters to add, drop, replace or swap with their neighbour. */
  private static int slips(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
