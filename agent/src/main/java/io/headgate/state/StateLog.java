// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

/** Told how a store fares. Called once per change of state, on any thread; never blocks. */
public interface StateLog {

  /**
   * One line for the operator: what is wrong, with what, and what that means; or that it is over.
   */
  void say(String line);

  /**
   * Counts what went wrong.
   *
   * @param store {@code disk} or {@code redis}
   * @param what {@code read}, {@code write}, {@code damaged}, {@code dropped} or {@code timeout}
   */
  void count(String store, String what);
}
