// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ways into values. One that leads nowhere leads to null. */
final class Paths {

  private Paths() {}

  /** {@code of.name}, and {@code of["name"]} too. */
  record Field(Node of, String name) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      frame.spend(1);
      return of.eval(frame) instanceof Map<?, ?> map ? map.get(name) : null;
    }
  }

  /** {@code of[key]}. */
  record Index(Node of, Node key) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      frame.spend(1);
      Object value = of.eval(frame);
      Object at = Paths.key(frame, key.eval(frame));
      if (value instanceof Map<?, ?> map) {
        return at == null ? null : map.get(at);
      }
      if (value instanceof List<?> list && at instanceof Long index) {
        return index >= 0 && index < list.size() ? list.get(index.intValue()) : null;
      }
      return null;
    }
  }

  /** {@code has(of)}. */
  record Has(Node of) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      return of.eval(frame) != null;
    }
  }

  /**
   * A value as maps know it: a string, boolean or long; 1.0 is the same key as 1. Null if it can be
   * no key.
   */
  static @Nullable Object key(Frame frame, @Nullable Object value) {
    if (value instanceof String text) {
      frame.spendOnText(text.length());
      return text;
    }
    if (value instanceof Number number) {
      long whole = number.longValue();
      return Numbers.compare(number, whole) == 0 ? (Object) whole : null;
    }
    return value instanceof Boolean ? value : null;
  }
}
