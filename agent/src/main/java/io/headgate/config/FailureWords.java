// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.chat.FailureKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code on}: the words for failures. */
final class FailureWords {
  static final List<String> WORDS =
      List.of(
          "connect",
          "timeout",
          "slow-stream",
          "408",
          "429",
          "5xx",
          "overloaded",
          "context-window",
          "content-filter",
          "empty",
          "invalid-json");

  private static final String EXPECTED =
      "any of "
          + String.join(", ", WORDS.subList(0, WORDS.size() - 1))
          + ", "
          + WORDS.get(WORDS.size() - 1)
          + ", or a status from 400 to 599";

  private final ConfigBinder binder;
  private final Problems problems;

  FailureWords(ConfigBinder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
  }

  /** The failures meant; null if it is absent or, with a problem, bad. */
  @Nullable FailureSet read(@Nullable Value value, String path) {
    Set<FailureKind> kinds = EnumSet.noneOf(FailureKind.class);
    Set<Integer> statuses = new TreeSet<>();
    Set<Integer> classes = new TreeSet<>();
    for (Scalar scalar : binder.scalars(value, path, EXPECTED)) {
      String word = scalar.value().toLowerCase(Locale.ROOT);
      int status = status(word);
      if (status > 0) {
        statuses.add(status);
      }
      switch (word) {
        case "timeout" -> kinds.addAll(Set.of(FailureKind.TIMEOUT, FailureKind.SLOW_STREAM));
        case "429" -> kinds.addAll(Set.of(FailureKind.RATE_LIMIT, FailureKind.QUOTA));
        case "5xx" -> {
          // 529 is a 5xx.
          kinds.addAll(Set.of(FailureKind.SERVER_ERROR, FailureKind.OVERLOADED));
          classes.add(5);
        }
        default -> {
          if (status == 0 && WORDS.contains(word)) {
            kinds.add(FailureKind.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)));
          } else if (status == 0) {
            refuse(scalar);
          }
        }
      }
    }
    return kinds.isEmpty() && statuses.isEmpty() ? null : new FailureSet(kinds, statuses, classes);
  }

  private void refuse(Scalar scalar) {
    String nearest = Names.nearest(scalar.written(), WORDS);
    problems.add(
        scalar.at(),
        scalar.path()
            + ": expected "
            + EXPECTED
            + ", found "
            + scalar.shown()
            + (nearest == null ? "" : "; did you mean " + Problems.quote(nearest) + "?"));
  }

  /** 0 if a word is none. */
  private static int status(String word) {
    return word.length() == 3
            && (word.charAt(0) == '4' || word.charAt(0) == '5')
            && Character.digit(word.charAt(1), 10) >= 0
            && Character.digit(word.charAt(2), 10) >= 0
        ? Integer.parseInt(word)
        : 0;
  }
}
