// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

/** What targets cost, for those who choose the cheapest. Cheap to ask; thread-safe. */
@FunctionalInterface
public interface CostOf {

  /** The price of a target that nobody knows: no other is more expensive. */
  long UNKNOWN = Long.MAX_VALUE;

  /**
   * The price of a million input tokens plus that of a million output tokens, in billionths of a
   * USD; {@link #UNKNOWN} if it is not known.
   */
  long nanoUsd(Target target);
}
