// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.expression.Expression;
import io.headgate.expression.ExpressionCompiler;
import io.headgate.expression.ExpressionException;
import io.headgate.expression.Variables;
import org.jspecify.annotations.Nullable;

/**
 * A language of one word: the name of a value of the metadata, which holds if it is true. Words
 * with a blank in them are no words. Counts what is asked.
 */
final class Words implements ExpressionCompiler {

  int compilersMade;
  int compiled;
  int evaluated;

  ExpressionCompiler make() {
    compilersMade++;
    return this;
  }

  @Override
  public Expression compile(String source, boolean response) throws ExpressionException {
    compiled++;
    if (source.indexOf(' ') >= 0) {
      throw new ExpressionException("a blank at " + source.indexOf(' '));
    }
    return new Expression() {
      @Override
      public boolean test(Variables variables) {
        evaluated++;
        return Boolean.TRUE.equals(variables.metadata().get(source));
      }

      @Override
      public @Nullable String text(Variables variables) {
        evaluated++;
        Object value = variables.metadata().get(source);
        return value == null ? null : value.toString();
      }

      @Override
      public String source() {
        return source;
      }
    };
  }
}
