// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists and maps that are written in an expression. */
final class Literals {

  private Literals() {}

  /** {@code [a, b]}. */
  record ListOf(List<Node> elements) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      List<@Nullable Object> list = new ArrayList<>(elements.size());
      for (Node element : elements) {
        frame.spend(1);
        list.add(element.eval(frame));
      }
      return list;
    }
  }

  /** {@code {a: b}}. Of two equal keys the later counts. */
  record MapOf(List<Node> keys, List<Node> values) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      Map<Object, @Nullable Object> map = new HashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        frame.spend(1);
        Object key = Paths.key(frame, keys.get(i).eval(frame));
        if (key == null) {
          throw Failure.TYPE;
        }
        map.put(key, values.get(i).eval(frame));
      }
      return map;
    }
  }
}
