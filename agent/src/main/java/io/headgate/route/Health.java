// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

/** How targets have been doing, for those who choose among them. Cheap; thread-safe. */
public interface Health {

  /** Whether a target may be tried now: its breaker is not open, and it has a key that works. */
  boolean available(Target target);

  /**
   * The moving average of the time to the first content, weighted by how recent and how slow; 0 if
   * nothing is known.
   */
  long latencyNanos(Target target);

  /** How many attempts are under way there. */
  int busy(Target target);
}
