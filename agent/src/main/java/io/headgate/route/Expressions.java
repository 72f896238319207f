// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.ExpressionText;
import io.headgate.expression.Expression;
import io.headgate.expression.ExpressionCompiler;
import io.headgate.expression.ExpressionException;
import io.headgate.expression.Variables;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a configuration, compiled. The compiler is asked for when the first one comes.
 * Not to be changed once all are in.
 */
public final class Expressions {

  private final Map<ExpressionText, Expression> byText = new HashMap<>();
  private final Map<String, Expression> bySource = new HashMap<>();
  private final Supplier<ExpressionCompiler> supplier;
  private final BiConsumer<String, String> problems;
  private @Nullable ExpressionCompiler compiler;

  /**
   * @param supplier asked for at most once
   * @param problems gets the place and the message of each expression that is none
   */
  public Expressions(Supplier<ExpressionCompiler> supplier, BiConsumer<String, String> problems) {
    this.supplier = supplier;
    this.problems = problems;
  }

  /**
   * Compiles one.
   *
   * @param response whether it may ask for the response
   */
  public void add(ExpressionText text, boolean response) {
    String same = response + text.source();
    Expression known = bySource.get(same);
    if (known == null) {
      known = compile(text, response);
      // One that is none is reported wherever it is written.
      if (!(known instanceof None)) {
        bySource.put(same, known);
      }
    }
    byText.put(text, known);
  }

  private Expression compile(ExpressionText text, boolean response) {
    ExpressionCompiler ready = compiler;
    if (ready == null) {
      ready = supplier.get();
      compiler = ready;
    }
    try {
      return ready.compile(text.source(), response);
    } catch (ExpressionException e) {
      problems.accept(text.at(), text.path() + ": " + e.getMessage());
      return new None(text.source());
    }
  }

  /**
   * What a text was compiled to. One that is no expression never holds, and has no value.
   *
   * @throws IllegalArgumentException if it was never added
   */
  public Expression of(ExpressionText text) {
    Expression expression = byText.get(text);
    if (expression == null) {
      throw new IllegalArgumentException("no expression of this configuration: " + text.path());
    }
    return expression;
  }

  /**
   * Stands for a text that is no expression, wherever such a configuration is used all the same.
   */
  private record None(String source) implements Expression {
    @Override
    public boolean test(Variables variables) {
      return false;
    }

    @Override
    public @Nullable String text(Variables variables) {
      return null;
    }
  }
}
