// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.RetrySettings.Backoff;
import io.headgate.config.Value.Section;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code timeout}, {@code retry} and {@code breaker}, on top and in steps. What one of them
 * does not say holds as said further out, or else by default.
 */
final class PolicyBinder {
  private static final int MAX_ATTEMPTS = 10;
  private static final int MAX_CALLS = 1_000_000;

  /** A retry of each attempt there may be. */
  private static final int MAX_BUDGET = 10;

  private final ConfigBinder binder;
  private final Problems problems;
  private final Measures measures;
  private final FailureWords failures;

  PolicyBinder(ConfigBinder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
    this.measures = new Measures(binder, problems);
    this.failures = new FailureWords(binder, problems);
  }

  TimeoutSettings timeout(@Nullable Value value, String path) {
    Section section = binder.section(value, path, "times, such as first-token: 10s");
    binder.checkKeys(section, Vocabulary.TIMEOUT, path);
    return new TimeoutSettings(
        measures.time(section, path, "connect"),
        measures.time(section, path, "first-token"),
        measures.time(section, path, "idle"),
        measures.time(section, path, "total"));
  }

  /**
   * Null if it is absent.
   *
   * @param outer what is said further out; null if nothing is
   */
  @Nullable RetrySettings retry(@Nullable Value value, String path, @Nullable RetrySettings outer) {
    Section section = binder.section(value, path, "settings, such as max-attempts: 3");
    binder.checkKeys(section, Vocabulary.RETRY, path);
    if (!(value instanceof Section)) {
      return null;
    }
    RetrySettings base = outer == null ? RetrySettings.DEFAULT : outer;
    String backoff = binder.choice(section, "backoff", path + ".backoff", Choice.BACKOFF);
    Duration delay = measures.timeOrZero(section, path, "delay");
    Duration maxDelay = measures.timeOrZero(section, path, "max-delay");
    Value written = section.get("max-delay");
    if (delay != null && maxDelay != null && written != null && maxDelay.compareTo(delay) < 0) {
      problems.add(written.at(), path + ".max-delay: expected at least as much as delay");
    }
    return new RetrySettings(
        or(measures.whole(section, path, "max-attempts", 1, MAX_ATTEMPTS), base.maxAttempts()),
        backoff == null ? base.backoff() : Backoff.valueOf(backoff.toUpperCase(Locale.ROOT)),
        or(delay, base.delay()),
        or(maxDelay, base.maxDelay()),
        or(measures.share(section, path, "jitter", 1), base.jitter()),
        or(on(section.get("on"), path + ".on"), base.on()),
        or(measures.share(section, path, "budget", MAX_BUDGET), base.budget()));
  }

  /** As {@link #retry}. */
  @Nullable BreakerSettings breaker(
      @Nullable Value value, String path, @Nullable BreakerSettings outer) {
    Section section = binder.section(value, path, "settings, such as failure-rate: 50%");
    binder.checkKeys(section, Vocabulary.BREAKER, path);
    if (!(value instanceof Section)) {
      return null;
    }
    BreakerSettings base = outer == null ? BreakerSettings.DEFAULT : outer;
    Double rate = measures.share(section, path, "failure-rate", 1);
    Value written = section.get("failure-rate");
    if (rate != null && written != null && rate == 0) {
      problems.add(
          written.at(), path + ".failure-rate: expected more than 0%; leave breaker out for none");
    }
    return new BreakerSettings(
        or(rate, base.failureRate()),
        or(measures.whole(section, path, "min-calls", 1, MAX_CALLS), base.minCalls()),
        or(measures.time(section, path, "window"), base.window()),
        or(measures.time(section, path, "open-for"), base.openFor()),
        or(measures.whole(section, path, "half-open-calls", 1, MAX_CALLS), base.halfOpenCalls()));
  }

  /** What counts as a failure; null if it is absent. */
  @Nullable FailureSet on(@Nullable Value value, String path) {
    return failures.read(value, path);
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
