// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

/** Throws on what others threw, as it was, whatever a signature promises. */
final class Unchecked {

  private Unchecked() {}

  /** Never returns: {@code throw sneak(t)} tells the compiler so. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <T extends Throwable> T sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
