// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Spellings of names: which are the same, and which is meant. */
final class Names {
  private static final int MIN_PREFIX = 3;
  private static final int MAX_LENGTH = 64;

  private Names() {}

  /** What all relaxed spellings of a name have in common: {@code base-url}, {@code BASE_URL}. */
  static String squash(String name) {
    StringBuilder squashed = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-' && c != '_') {
        squashed.append(c);
      }
    }
    return squashed.toString().toLowerCase(Locale.ROOT);
  }

  /** The spelling for environment variables. */
  static String variable(String name) {
    return name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The candidate that was probably meant; null if none is close. */
  static @Nullable String nearest(String name, Collection<String> candidates) {
    String wanted = squash(name);
    if (wanted.isEmpty() || wanted.length() > MAX_LENGTH) {
      return null;
    }
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      String have = squash(candidate);
      int distance = distance(wanted, have);
      if (distance < best
          && distance <= Math.max(1, Math.min(wanted.length(), have.length()) / 3)) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest != null ? nearest : byPrefix(wanted, candidates);
  }

  /** The longest candidate that starts with the name or that the name starts with. */
  private static @Nullable String byPrefix(String wanted, Collection<String> candidates) {
    String nearest = null;
    for (String candidate : candidates) {
      String have = squash(candidate);
      boolean related = have.startsWith(wanted) || wanted.startsWith(have);
      if (related
          && Math.min(have.length(), wanted.length()) >= MIN_PREFIX
          && (nearest == null || candidate.length() > nearest.length())) {
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** How many letters to add, drop, change or swap with the next one. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
