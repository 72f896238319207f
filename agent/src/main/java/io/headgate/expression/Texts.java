// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of strings and sizes. */
final class Texts {

  /** Comparisons of characters during one step of a search. */
  private static final int SEARCHED_PER_STEP = 128;

  private Texts() {}

  /** {@code text.contains(part)} and its like. */
  record Test(String function, Node of, Node part) implements Node {
    @Override
    public Object eval(Frame frame) {
      String text = of.text(frame);
      String other = part.text(frame);
      return switch (function) {
        case "startsWith" -> {
          frame.spendOnText(other.length());
          yield text.startsWith(other);
        }
        case "endsWith" -> {
          frame.spendOnText(other.length());
          yield text.endsWith(other);
        }
        default -> {
          // The worst there is: a match that fails at its last character, everywhere.
          frame.spend(1 + (long) text.length() * (8L + other.length()) / SEARCHED_PER_STEP);
          yield text.contains(other);
        }
      };
    }
  }

  /** {@code size(of)}: of a string in code points. */
  record Size(Node of) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      Object value = of.eval(frame);
      if (value instanceof String text) {
        frame.spendOnText(text.length());
        return (long) text.codePointCount(0, text.length());
      }
      if (value instanceof List<?> list) {
        return (long) list.size();
      }
      if (value instanceof Map<?, ?> map) {
        return (long) map.size();
      }
      throw Failure.TYPE;
    }
  }

  /** {@code string(of)}, {@code int(of)} and {@code double(of)}. */
  record Conversion(String to, Node of) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      Object value = of.eval(frame);
      return switch (to) {
        case "string" -> written(value);
        case "int" -> asLong(value);
        default -> asDouble(value);
      };
    }

    private static long asLong(@Nullable Object value) {
      if (value instanceof Number number) {
        if (Numbers.whole(number)) {
          return number.longValue();
        }
        double real = number.doubleValue();
        if (real > -0x1p63 && real < 0x1p63) {
          return (long) real;
        }
        throw Failure.VALUE;
      }
      String text = digits(value);
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw Failure.VALUE;
      }
    }

    private static double asDouble(@Nullable Object value) {
      if (value instanceof Number number) {
        return number.doubleValue();
      }
      String text = digits(value);
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw Failure.VALUE;
      }
    }

    /** No number is longer, and parsing one is slow. */
    private static String digits(@Nullable Object value) {
      if (!(value instanceof String text)) {
        throw Failure.TYPE;
      }
      if (text.length() > 40) {
        throw Failure.VALUE;
      }
      return text;
    }
  }

  /** A string, number or boolean as text. 1.0 is written as 1, as it is the same number. */
  static String written(@Nullable Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Number number) {
      long whole = number.longValue();
      return Numbers.compare(number, whole) == 0
          ? Long.toString(whole)
          : Double.toString(number.doubleValue());
    }
    throw Failure.TYPE;
  }

  /** {@code a + b} of two strings or two lists. */
  static Object joined(Frame frame, @Nullable Object a, @Nullable Object b) {
    if (a instanceof String x && b instanceof String y) {
      frame.spendOnText((long) x.length() + y.length());
      return x + y;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      frame.spend((long) x.size() + y.size());
      List<@Nullable Object> all = new ArrayList<>(x);
      all.addAll(y);
      return all;
    }
    throw Failure.TYPE;
  }
}
