// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * {@code text.matches(pattern)}: whether it is found anywhere. The pattern is the configuration's,
 * compiled with it. The only class that names RE2/J, so that it is loaded only if needed.
 */
record Regex(Node of, Pattern pattern, int size) implements Node {

  /** Instructions. More are a few milliseconds for the shortest of prompts. */
  private static final int SIZE_LIMIT = 500;

  /**
   * The time is at most proportional to characters times instructions: 10 ns for each, measured
   * with RE2/J 1.8 and patterns that keep all instructions busy.
   */
  private static final int MOVES_PER_STEP = 10;

  static Node compile(Source source, int at, Node of, String pattern) throws ExpressionException {
    Pattern compiled;
    try {
      compiled = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw source.problem(at, "`" + pattern + "` is no pattern: " + e.getDescription());
    } catch (RuntimeException | StackOverflowError e) {
      throw source.problem(at, "the pattern is too large");
    }
    if (compiled.programSize() > SIZE_LIMIT) {
      throw source.problem(at, "the pattern is too large");
    }
    return new Regex(of, compiled, compiled.programSize());
  }

  @Override
  public Object eval(Frame frame) {
    String text = of.text(frame);
    frame.spend(1 + (long) text.length() * size / MOVES_PER_STEP);
    return pattern.matcher(text).find();
  }
}
