// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A compiled expression: keeps whatever goes wrong from the caller, and counts it. */
record CelExpression(String source, Node node, int slots, Consumer<String> failures)
    implements Expression {

  /** Taken here, so that the class is not first loaded where the stack ends: that would fail. */
  private static final String NO_STACK = Failure.COST.kind();

  private interface Use<T> {
    @Nullable T of(Frame frame);
  }

  @Override
  public boolean test(Variables variables) {
    return Boolean.TRUE.equals(evaluate(variables, node::holds));
  }

  @Override
  public @Nullable String text(Variables variables) {
    return evaluate(
        variables,
        frame -> {
          Object value = node.eval(frame);
          return value == null ? null : Texts.written(value);
        });
  }

  private <T> @Nullable T evaluate(Variables variables, Use<T> use) {
    try {
      return use.of(new Frame(variables, slots));
    } catch (Failure failure) {
      count(failure.kind());
    } catch (StackOverflowError e) {
      // The thread had little stack left; nothing of ours or of the data has changed.
      count(NO_STACK);
    } catch (RuntimeException e) {
      count("data");
    }
    return null;
  }

  private void count(String kind) {
    try {
      failures.accept(kind);
    } catch (RuntimeException | StackOverflowError e) {
      // A number too few is better than an exception in the app.
    }
  }
}
