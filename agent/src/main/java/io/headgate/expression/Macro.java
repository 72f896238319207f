// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code over.exists(x, body)} and its like, over the elements of a list or the keys of a map.
 *
 * @param slot where the frame keeps x
 * @param filter what of it is looked at; null for all. Only {@code map} and {@code filter} have one
 */
record Macro(Type type, Node over, int slot, @Nullable Node filter, Node body) implements Node {

  enum Type {
    ALL,
    EXISTS,
    EXISTS_ONE,
    FILTER,
    MAP
  }

  @Override
  public Object eval(Frame frame) {
    frame.spend(1);
    Object value = over.eval(frame);
    Collection<?> elements;
    if (value instanceof List<?> list) {
      elements = list;
    } else if (value instanceof Map<?, ?> map) {
      elements = map.keySet();
    } else {
      throw Failure.TYPE;
    }
    return switch (type) {
      case ALL -> decided(frame, elements, false);
      case EXISTS -> decided(frame, elements, true);
      case EXISTS_ONE -> one(frame, elements);
      case FILTER, MAP -> collected(frame, elements);
    };
  }

  /** As {@link Logic.Chain}, with the elements for operands. */
  private boolean decided(Frame frame, Collection<?> elements, boolean decisive) {
    Failure held = null;
    for (Object element : elements) {
      look(frame, element);
      try {
        if (body.holds(frame) == decisive) {
          return decisive;
        }
      } catch (Failure failure) {
        held = failure.held();
      }
    }
    if (held != null) {
      throw held;
    }
    return !decisive;
  }

  private boolean one(Frame frame, Collection<?> elements) {
    int count = 0;
    for (Object element : elements) {
      look(frame, element);
      if (body.holds(frame)) {
        count++;
      }
    }
    return count == 1;
  }

  private List<@Nullable Object> collected(Frame frame, Collection<?> elements) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object element : elements) {
      look(frame, element);
      if (filter == null || filter.holds(frame)) {
        result.add(body.eval(frame));
      }
    }
    return result;
  }

  private void look(Frame frame, @Nullable Object element) {
    frame.spend(1);
    frame.local(slot, element);
  }
}
