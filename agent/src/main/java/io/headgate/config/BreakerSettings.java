// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.time.Duration;

/**
 * When a target is left alone.
 *
 * @param failureRate the share of failed attempts that opens it, 0 to 1
 * @param minCalls with fewer attempts in the window it stays closed
 * @param window how far back attempts count
 * @param openFor how long it stays open before it lets attempts probe
 * @param halfOpenCalls how many may probe at a time, and must succeed to close it
 */
public record BreakerSettings(
    double failureRate, int minCalls, Duration window, Duration openFor, int halfOpenCalls) {

  /** What an empty {@code breaker} means. */
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(0.5, 10, Duration.ofSeconds(30), Duration.ofSeconds(30), 2);
}
