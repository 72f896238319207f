// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators on conditions. */
final class Logic {

  private Logic() {}

  /**
   * {@code a && b && …} or {@code a || b || …}. An operand that decides alone does so even if
   * another one fails, on whichever side it stands.
   *
   * @param decisive the value of an operand that makes it the value of all: false for {@code &&}
   */
  record Chain(boolean decisive, List<Node> operands) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      Failure held = null;
      for (Node operand : operands) {
        try {
          if (operand.holds(frame) == decisive) {
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
  }

  /** {@code !of}. */
  record Not(Node of) implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      return !of.holds(frame);
    }
  }

  /** {@code test ? yes : no}. */
  record Conditional(Node test, Node yes, Node no) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      frame.spend(1);
      return test.holds(frame) ? yes.eval(frame) : no.eval(frame);
    }
  }
}
