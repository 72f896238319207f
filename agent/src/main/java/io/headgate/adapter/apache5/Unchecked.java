// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

/** Throws on what somebody else has thrown, whatever it is declared to be. */
final class Unchecked {

  private Unchecked() {}

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
