// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.RetrySettings;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** How long to wait before a target is tried again. */
final class Delays {

  private Delays() {}

  /**
   * The wait before the next attempt, in nanoseconds.
   *
   * @param made how many attempts were made, from 1
   * @param asked what the provider asks for; null if nothing
   * @param random from 0 to 1
   */
  static long nanos(
      RetrySettings retry, int made, @Nullable Duration asked, DoubleSupplier random) {
    double most = (double) retry.maxDelay().toNanos();
    if (asked != null) {
      return (long) Math.min((double) asked.toNanos(), most);
    }
    double first = (double) retry.delay().toNanos();
    double delay =
        switch (retry.backoff()) {
          case CONSTANT -> first;
          case LINEAR -> first * made;
          case EXPONENTIAL -> first * Math.pow(2, made - 1);
        };
    delay = Math.min(delay, most);
    // Around the delay, not above it only: callers that failed together must not return together.
    delay *= 1 + retry.jitter() * (2 * random.getAsDouble() - 1);
    return (long) Math.min(delay, most);
  }

  /** Whether a provider asks for more patience than we have. */
  static boolean tooLong(RetrySettings retry, @Nullable Duration asked) {
    return asked != null && asked.compareTo(retry.maxDelay()) > 0;
  }
}
