// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Equality, order and membership. */
final class Comparisons {

  /** Deeper than any body is read. */
  private static final int DEPTH_LIMIT = 128;

  private Comparisons() {}

  /** {@code a == b}: of any two values; what differs in type differs. */
  record Equal(Node a, Node b, boolean wanted) implements Node {
    @Override
    public Object eval(Frame frame) {
      return equal(frame, a.eval(frame), b.eval(frame), 0) == wanted;
    }
  }

  /** {@code a < b} and its like: of two numbers, strings or booleans. */
  record Ordered(String operator, Node a, Node b) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      int order = order(frame, a.eval(frame), b.eval(frame));
      return switch (operator) {
        case "<" -> order == -1;
        case "<=" -> order == -1 || order == 0;
        case ">" -> order == 1;
        default -> order == 1 || order == 0;
      };
    }
  }

  /** {@code item in of}: among the elements of a list, or the keys of a map. */
  record In(Node item, Node of) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      Object value = item.eval(frame);
      Object all = of.eval(frame);
      if (all instanceof Map<?, ?> map) {
        Object key = Paths.key(frame, value);
        return key != null && map.containsKey(key);
      }
      if (!(all instanceof List<?> list)) {
        throw Failure.TYPE;
      }
      for (Object element : list) {
        if (equal(frame, value, element, 0)) {
          return true;
        }
      }
      return false;
    }
  }

  private static int order(Frame frame, @Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Numbers.compare(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      frame.spendOnText(Math.min(x.length(), y.length()));
      return Integer.signum(x.compareTo(y));
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return Boolean.compare(x, y);
    }
    throw Failure.TYPE;
  }

  private static boolean equal(Frame frame, @Nullable Object a, @Nullable Object b, int depth) {
    frame.spend(1);
    if (depth > DEPTH_LIMIT) {
      throw Failure.COST;
    }
    if (a == null || b == null) {
      return a == b;
    }
    if (a instanceof String x) {
      if (b instanceof String y && x.length() == y.length()) {
        frame.spendOnText(x.length());
        return x.equals(y);
      }
      return false;
    }
    if (a instanceof Number x) {
      return b instanceof Number y && Numbers.compare(x, y) == 0;
    }
    if (a instanceof Boolean) {
      return a.equals(b);
    }
    if (a instanceof List<?> x) {
      return b instanceof List<?> y && equalLists(frame, x, y, depth);
    }
    return a instanceof Map<?, ?> x && b instanceof Map<?, ?> y && equalMaps(frame, x, y, depth);
  }

  private static boolean equalLists(Frame frame, List<?> a, List<?> b, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> other = b.iterator();
    for (Object element : a) {
      if (!other.hasNext() || !equal(frame, element, other.next(), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Frame frame, Map<?, ?> a, Map<?, ?> b, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Object key = Paths.key(frame, entry.getKey());
      if (key == null
          || !b.containsKey(key)
          || !equal(frame, entry.getValue(), b.get(key), depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
