// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.time.Duration;

/**
 * How often, and when, a target is tried again.
 *
 * @param maxAttempts at one target, the first included; 1 is no retry
 * @param backoff how the delay grows
 * @param delay before the second attempt
 * @param maxDelay no delay is longer, be it computed or asked for by the provider
 * @param jitter the part of a computed delay that is random, 0 to 1
 * @param on which failures are worth another try
 * @param budget how many retries there may be for each call, in the long run: 0.2 is 20 %
 */
public record RetrySettings(
    int maxAttempts,
    Backoff backoff,
    Duration delay,
    Duration maxDelay,
    double jitter,
    FailureSet on,
    double budget) {

  /** What an empty {@code retry} means. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(
          3,
          Backoff.EXPONENTIAL,
          Duration.ofMillis(250),
          Duration.ofSeconds(5),
          0.2,
          FailureSet.RETRY,
          0.2);

  /** How the delay grows from one retry to the next. */
  public enum Backoff {
    CONSTANT,
    LINEAR,
    EXPONENTIAL
  }
}
