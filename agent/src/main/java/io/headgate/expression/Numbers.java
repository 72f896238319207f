// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import org.jspecify.annotations.Nullable;

/**
 * Numbers, which are longs or doubles. Mixed, they count as doubles, but are compared exactly: a
 * body says 1 or 1.0 as it likes.
 */
final class Numbers {

  /** The result of comparing with what is no number (NaN). */
  static final int UNORDERED = 2;

  private static final double TWO_TO_63 = 0x1p63;

  private Numbers() {}

  static boolean whole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte;
  }

  /** -1, 0, 1, or {@link #UNORDERED}. */
  static int compare(Number a, Number b) {
    if (whole(a)) {
      return whole(b)
          ? Long.compare(a.longValue(), b.longValue())
          : compare(a.longValue(), b.doubleValue());
    }
    double x = a.doubleValue();
    if (whole(b)) {
      int reverse = compare(b.longValue(), x);
      return reverse == UNORDERED ? UNORDERED : -reverse;
    }
    double y = b.doubleValue();
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : UNORDERED;
  }

  private static int compare(long a, double b) {
    if (Double.isNaN(b)) {
      return UNORDERED;
    }
    if (b >= TWO_TO_63) {
      return -1;
    }
    if (b < -TWO_TO_63) {
      return 1;
    }
    long whole = (long) b;
    if (a != whole) {
      return Long.compare(a, whole);
    }
    double exact = (double) whole;
    return exact < b ? -1 : exact > b ? 1 : 0;
  }

  /** {@code a op b}. */
  record Arithmetic(char operator, Node a, Node b) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      frame.spend(1);
      Object x = a.eval(frame);
      Object y = b.eval(frame);
      if (x instanceof Number left && y instanceof Number right) {
        return whole(left) && whole(right)
            ? (Object) longs(left.longValue(), right.longValue())
            : (Object) doubles(left.doubleValue(), right.doubleValue());
      }
      return operator == '+' ? Texts.joined(frame, x, y) : fail(Failure.TYPE);
    }

    private long longs(long x, long y) {
      try {
        return switch (operator) {
          case '+' -> Math.addExact(x, y);
          case '-' -> Math.subtractExact(x, y);
          case '*' -> Math.multiplyExact(x, y);
          // The one quotient that is no long.
          case '/' -> x == Long.MIN_VALUE && y == -1 ? fail(Failure.VALUE) : x / y;
          default -> x % y;
        };
      } catch (ArithmeticException e) {
        throw Failure.VALUE;
      }
    }

    private double doubles(double x, double y) {
      return switch (operator) {
        case '+' -> x + y;
        case '-' -> x - y;
        case '*' -> x * y;
        case '/' -> x / y;
        default -> x % y;
      };
    }

    private static long fail(Failure failure) {
      throw failure;
    }
  }

  /** {@code -of}. */
  record Negative(Node of) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      if (!(of.eval(frame) instanceof Number number)) {
        throw Failure.TYPE;
      }
      if (!whole(number)) {
        return -number.doubleValue();
      }
      if (number.longValue() == Long.MIN_VALUE) {
        throw Failure.VALUE;
      }
      return -number.longValue();
    }
  }
}
