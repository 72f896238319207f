// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

/** Makes expressions of what the configuration says, and of nothing else. */
public interface ExpressionCompiler {

  /**
   * Compiles one.
   *
   * @param response whether the expression may ask for {@code response}
   * @throws ExpressionException if it is none
   */
  Expression compile(String source, boolean response) throws ExpressionException;
}
