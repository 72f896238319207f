// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

/**
 * A request was changed for which the app's signature no longer holds, and there is no way to sign
 * it again: it is not sent.
 */
final class Unsigned extends Exception {

  private static final long serialVersionUID = 1L;

  Unsigned(String why, Throwable cause) {
    super(why, cause);
  }

  Unsigned(String why) {
    super(why);
  }

  /** It says all there is to say. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
