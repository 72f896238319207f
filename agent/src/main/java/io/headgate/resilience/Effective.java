// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.BreakerSettings;
import io.headgate.config.RetrySettings;
import io.headgate.config.TimeoutSettings;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Headers;
import io.headgate.route.Plan;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one target in one call, after all that has a say has had it.
 *
 * @param retry null for no retry
 * @param breaker null for none
 * @param maxAttempts the first included
 */
record Effective(
    TimeoutSettings timeout,
    @Nullable RetrySettings retry,
    @Nullable BreakerSettings breaker,
    int maxAttempts) {

  /** How often the SDK has tried before; OpenAI's and Anthropic's tell. */
  private static final String SDK_RETRIES = "x-stainless-retry-count";

  static Effective of(Plan.Policy policy, CallOptions options, Headers headers) {
    Plan.Policy asked = policy.asked(timeout(options), retry(policy.retry(), options));
    RetrySettings retry = asked.retry();
    int attempts = retry == null || sdkRetries(headers) ? 1 : retry.maxAttempts();
    return new Effective(asked.timeout(), retry, asked.breaker(), attempts);
  }

  /** Whether this is an SDK's own retry: the two of us together must not square the attempts. */
  static boolean sdkRetries(Headers headers) {
    String count = headers.first(SDK_RETRIES);
    return count != null && !count.isBlank() && !count.strip().equals("0");
  }

  private static TimeoutSettings timeout(CallOptions options) {
    return options.firstTokenNanos() == 0
        ? TimeoutSettings.NONE
        : new TimeoutSettings(null, Duration.ofNanos(options.firstTokenNanos()), null, null);
  }

  private static @Nullable RetrySettings retry(
      @Nullable RetrySettings configured, CallOptions options) {
    if (options.maxAttempts() == 0 && options.retryDelayNanos() < 0 && options.backoff() == null) {
      return null;
    }
    if (configured == null && options.maxAttempts() == 0) {
      return null; // How to wait is no wish to try again.
    }
    RetrySettings base = configured == null ? RetrySettings.DEFAULT : configured;
    String backoff = options.backoff();
    return new RetrySettings(
        options.maxAttempts() > 0 ? options.maxAttempts() : base.maxAttempts(),
        backoff == null
            ? base.backoff()
            : RetrySettings.Backoff.valueOf(backoff.toUpperCase(Locale.ROOT)),
        options.retryDelayNanos() < 0 ? base.delay() : Duration.ofNanos(options.retryDelayNanos()),
        base.maxDelay(),
        base.jitter(),
        base.on(),
        base.budget());
  }
}
