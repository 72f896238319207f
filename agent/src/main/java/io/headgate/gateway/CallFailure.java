// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

/**
 * How an interceptor says that the call shall fail, although one of its attempts got an answer. Any
 * other exception of its own would be taken for a fault, and the answer for the app's.
 */
public final class CallFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param cause what the app is to get: an exception of its client
   */
  public CallFailure(Throwable cause) {
    super(null, cause, false, false);
  }
}
