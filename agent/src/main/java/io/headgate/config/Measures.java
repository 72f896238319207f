// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads times, sizes, shares and numbers. Each is null if it is absent or, with a problem, bad. */
final class Measures {
  /** Far from where nanoseconds overflow. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final String TIME = "a time such as " + Durations.EXAMPLES;
  private static final String SIZE = "a size such as " + Sizes.EXAMPLES;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int MAX_LENGTH = 32;
  private static final int MAX_EXPONENT = 308;

  private final ConfigBinder binder;
  private final Problems problems;

  Measures(ConfigBinder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
  }

  /** Above 0. */
  @Nullable Duration time(Section section, String path, String key) {
    Duration time = timeOrZero(section, path, key);
    if (time != null && time.isZero()) {
      problems.add(
          place(section, key), path + "." + key + ": expected a time above 0, such as 250ms");
      return null;
    }
    return time;
  }

  /** Within limits, which are written as the configuration has them. */
  @Nullable Duration time(Section section, String path, String key, String least, String most) {
    Duration from = Objects.requireNonNull(Durations.parse(least));
    Duration to = Objects.requireNonNull(Durations.parse(most));
    return within(
        section, path, key, TIME, Durations::parse, from, to, between("a time", least, most));
  }

  /** An amount of bytes within limits, which are written as the configuration has them. */
  @Nullable Long size(Section section, String path, String key, String least, String most) {
    Long from = Objects.requireNonNull(Sizes.parse(least));
    Long to = Objects.requireNonNull(Sizes.parse(most));
    return within(section, path, key, SIZE, Sizes::parse, from, to, between("a size", least, most));
  }

  @Nullable Duration timeOrZero(Section section, String path, String key) {
    return within(
        section, path, key, TIME, Durations::parse, Duration.ZERO, LONGEST, "at most 365d");
  }

  private static String between(String what, String least, String most) {
    return what + " from " + least + " to " + most;
  }

  /**
   * @param expected what is said of a text that is none
   * @param limits what is said of one that is too small or too large
   */
  private <T extends Comparable<T>> @Nullable T within(
      Section section,
      String path,
      String key,
      String expected,
      Function<String, @Nullable T> parser,
      T least,
      T most,
      String limits) {
    Scalar scalar = binder.scalar(section.get(key), path + "." + key, expected);
    if (scalar == null) {
      return null;
    }
    T value = parser.apply(scalar.value());
    if (value == null) {
      refuse(scalar, expected);
      return null;
    }
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      refuse(scalar, limits);
      return null;
    }
    return value;
  }

  /**
   * A share, written as {@code 0.8} or {@code 80%}.
   *
   * @param most 1 for 100 %
   */
  @Nullable Double share(Section section, String path, String key, int most) {
    String expected = "a share such as 0.2 or 20%";
    Scalar scalar = binder.scalar(section.get(key), path + "." + key, expected);
    if (scalar == null) {
      return null;
    }
    String text = scalar.value();
    boolean percent = text.endsWith("%");
    BigDecimal number = number(percent ? text.substring(0, text.length() - 1).strip() : text);
    if (number == null) {
      refuse(scalar, expected);
      return null;
    }
    if (number.signum() < 0
        || number.compareTo(BigDecimal.valueOf(percent ? most * 100L : most)) > 0) {
      refuse(scalar, "a share from 0% to " + most * 100 + "%");
      return null;
    }
    return (percent ? number.divide(HUNDRED) : number).doubleValue();
  }

  @Nullable Integer whole(Section section, String path, String key, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    Scalar scalar = binder.scalar(section.get(key), path + "." + key, expected);
    if (scalar == null) {
      return null;
    }
    BigDecimal number = number(scalar.value());
    if (number == null
        || number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      refuse(scalar, expected);
      return null;
    }
    return number.intValue();
  }

  /** From 0 to a million. */
  @Nullable Double weight(Section section, String path) {
    String expected = "a number from 0 to 1000000";
    Scalar scalar = binder.scalar(section.get("weight"), path + ".weight", expected);
    if (scalar == null) {
      return null;
    }
    BigDecimal number = number(scalar.value());
    if (number == null
        || number.signum() < 0
        || number.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
      refuse(scalar, expected);
      return null;
    }
    return number.doubleValue();
  }

  /** A decimal number; null if a text is none. */
  static @Nullable BigDecimal number(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      // Beyond, a comparison would write all its digits out.
      return Math.abs((long) number.scale()) > MAX_EXPONENT ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String place(Section section, String key) {
    Value value = section.get(key);
    return value == null ? section.at() : value.at();
  }

  private void refuse(Scalar scalar, String expected) {
    problems.add(
        scalar.at(), scalar.path() + ": expected " + expected + ", found " + scalar.shown());
  }
}
