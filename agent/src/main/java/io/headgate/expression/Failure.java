// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

/**
 * Why an expression comes to nothing for the data at hand. Without a stack trace, and one for all:
 * it carries nothing of the data, and is thrown wherever a rule meets data it does not fit.
 */
@SuppressWarnings("StaticAssignmentOfThrowable")
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A value is not of the type that an operator or a condition needs. */
  static final Failure TYPE = new Failure("type");

  /** The types are right, but there is no result: division by zero, overflow, no number. */
  static final Failure VALUE = new Failure("value");

  /** The budget of one evaluation is spent. */
  static final Failure COST = new Failure("cost");

  private final String kind;

  private Failure(String kind) {
    super(kind, null, false, false);
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  /**
   * For {@code &&}, {@code ||} and the macros, where another operand may still decide.
   *
   * @throws Failure if it is not one to wait with
   */
  Failure held() {
    if (this == COST) {
      throw this;
    }
    return this;
  }
}
