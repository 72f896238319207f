// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of one reading, so that all of them can be mended at once. */
final class Problems {
  private static final int MAX = 20;
  private static final int MAX_QUOTE = 60;

  private final List<String> lines = new ArrayList<>();
  private int left;

  void add(String at, String message) {
    add(at + ": " + message);
  }

  void add(String line) {
    if (lines.size() < MAX) {
      lines.add(line);
    } else {
      left++;
    }
  }

  /** Whether there is one with that place already. */
  boolean mentions(String at) {
    return lines.stream().anyMatch(line -> line.startsWith(at + ": "));
  }

  boolean any() {
    return !lines.isEmpty();
  }

  List<String> lines() {
    if (left == 0) {
      return List.copyOf(lines);
    }
    List<String> all = new ArrayList<>(lines);
    all.add("and " + left + (left == 1 ? " more problem" : " more problems"));
    return all;
  }

  /** Text of the user's in quotes, on one line and not too long. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length() && i < MAX_QUOTE; i++) {
      char c = text.charAt(i);
      quoted.append(Character.isISOControl(c) ? '?' : c);
    }
    return quoted.append(text.length() > MAX_QUOTE ? "…\"" : "\"").toString();
  }
}
