// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

/** A text that is no expression. The message says what is wrong, where, and what was meant. */
public final class ExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }
}
