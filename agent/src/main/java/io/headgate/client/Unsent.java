// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

/**
 * A request could not be given to the client, for a reason of ours: the client did not see it, and
 * the app is not to see this.
 */
public final class Unsent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Unsent(Throwable cause) {
    super(cause);
  }
}
