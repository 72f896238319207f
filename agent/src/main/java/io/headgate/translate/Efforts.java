// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Reasoning.Effort;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words for how much to think, and numbers for the same. */
public final class Efforts {

  /** The smallest budget that Claude takes, in tokens. */
  static final long CLAUDE_LEAST = 1024;

  private Efforts() {}

  /** The word for an effort, in lower case. */
  public static String word(Effort effort) {
    return effort.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The effort that a word stands for.
   *
   * @throws IllegalArgumentException if it is no such word
   */
  public static Effort named(String word) {
    return Effort.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** How much a number of tokens is. */
  public static Effort ofBudget(long tokens) {
    return tokens < 2048 ? Effort.LOW : tokens < 8192 ? Effort.MEDIUM : Effort.HIGH;
  }

  /** Tokens for Claude to think with. */
  public static long claudeBudget(Effort effort) {
    return switch (effort) {
      case MINIMAL -> CLAUDE_LEAST;
      case LOW -> 2048;
      case MEDIUM -> 8192;
      case HIGH -> 16384;
      case XHIGH, MAX -> 32768;
    };
  }

  /**
   * Tokens for Gemini to think with.
   *
   * @param most what the model takes at most
   */
  public static long geminiBudget(Effort effort, long most) {
    return switch (effort) {
      case MINIMAL -> 1024;
      case LOW -> 2048;
      case MEDIUM -> 8192;
      case HIGH -> 24576;
      case XHIGH, MAX -> most == Long.MAX_VALUE ? 24576 : most;
    };
  }

  /**
   * The effort nearest to the one that is wanted among those that a target knows; rather more than
   * less.
   *
   * @param known in lower case; if there are none, any will do
   */
  public static Effort nearest(Effort wanted, Set<String> known) {
    Effort[] all = Effort.values();
    for (int distance = 0; distance < all.length; distance++) {
      Effort up = at(all, wanted.ordinal() + distance, known);
      if (up != null) {
        return up;
      }
      Effort down = at(all, wanted.ordinal() - distance, known);
      if (down != null) {
        return down;
      }
    }
    return wanted;
  }

  /** The least effort that a target knows. */
  public static Effort least(Set<String> known) {
    return nearest(Effort.MINIMAL, known);
  }

  private static @Nullable Effort at(Effort[] all, int index, Set<String> known) {
    return index >= 0 && index < all.length && known.contains(word(all[index])) ? all[index] : null;
  }
}
