// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import org.jspecify.annotations.Nullable;

/** A compiled part of an expression. Immutable; evaluated in many threads at once. */
interface Node {

  /**
   * Its value: a string, number, boolean, list or map, or null.
   *
   * @throws Failure if there is none
   */
  @Nullable Object eval(Frame frame);

  /** Its value where only a boolean will do. */
  default boolean holds(Frame frame) {
    if (eval(frame) instanceof Boolean truth) {
      return truth;
    }
    throw Failure.TYPE;
  }

  /** Its value where only a string will do. */
  default String text(Frame frame) {
    if (eval(frame) instanceof String text) {
      return text;
    }
    throw Failure.TYPE;
  }

  /** A value that is written in the expression. */
  record Literal(@Nullable Object value) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      return value;
    }
  }

  /** The element that a macro looks at. */
  record Local(int slot) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      frame.spend(1);
      return frame.local(slot);
    }
  }
}
