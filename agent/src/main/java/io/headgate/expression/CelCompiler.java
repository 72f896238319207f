// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.function.Consumer;

/**
 * Compiles the subset of the Common Expression Language that conditions are written in: {@code
 * request}, {@code metadata}, {@code environment} and {@code response}; the operators, {@code in}
 * and {@code ?:}; {@code size contains startsWith endsWith matches has string int double}; {@code
 * all exists exists_one filter map}; literals of strings, numbers, booleans, lists and maps. Not
 * bytes, unsigned integers, times and messages.
 *
 * <p>It differs from the standard in three points: a path that leads nowhere is null instead of an
 * error; integers and doubles may be mixed; a pattern must be written in the expression, so that
 * nothing of what a caller sends is ever compiled.
 *
 * <p>The only way into the engine: whoever has no expression need not load it.
 */
public final class CelCompiler implements ExpressionCompiler {

  private final Consumer<String> failures;

  /**
   * @param failures told of every evaluation that failed, in its thread: {@code type} for a value
   *     of the wrong type, also of the whole; {@code value} for a division by zero, an overflow or
   *     text that is no number; {@code cost} if it would have taken too long; {@code data} if the
   *     data could not be had
   */
  public CelCompiler(Consumer<String> failures) {
    this.failures = failures;
  }

  @Override
  public Expression compile(String source, boolean response) throws ExpressionException {
    Parser.Parsed parsed = Parser.parse(source, response);
    return new CelExpression(source, parsed.node(), parsed.slots(), failures);
  }
}
