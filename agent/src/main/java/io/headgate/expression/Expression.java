// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable and thread-safe; the cost of evaluating it is bounded. */
public interface Expression {

  /**
   * Whether it holds. An expression that cannot be evaluated, costs too much, or is not a boolean
   * does not, and is counted. Never throws.
   */
  boolean test(Variables variables);

  /**
   * What it comes to, as text: for {@code sticky} and {@code by}. Null if it comes to null or
   * cannot be evaluated, which is counted. Never throws.
   */
  @Nullable String text(Variables variables);

  /** As it was written. */
  String source();
}
