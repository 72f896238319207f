// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyConfigTest {
  private static final String WORDS =
      "any of connect, timeout, slow-stream, 408, 429, 5xx, overloaded, context-window,"
          + " content-filter, empty, invalid-json, or a status from 400 to 599";
  private final Fixture fixture = new Fixture();

  private FailureSet on(String words) {
    return fixture.file("retry: {on: " + words + "}").traffic().retry().on();
  }

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "1h, PT1H", "7d, PT168H"})
  void timesHaveAUnit(String text, Duration time) {
    assertThat(fixture.file("timeout: {total: " + text + "}").traffic().timeout().total())
        .isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({"0.8, 0.8", "80%, 0.8", "0, 0", "100%, 1", "12.5 %, 0.125"})
  void sharesAreNumbersOrPercentages(String text, double share) {
    assertThat(fixture.file("retry: {jitter: " + text + "}").traffic().retry().jitter())
        .isEqualTo(share);
  }

  @Test
  void anEmptySectionHasTheDefaultsAndAMissingOneIsOff() {
    assertThat(fixture.file("retry: {}").traffic().retry()).isEqualTo(RetrySettings.DEFAULT);
    assertThat(fixture.file("breaker: {}").traffic().breaker()).isEqualTo(BreakerSettings.DEFAULT);
    assertThat(fixture.file("").traffic()).isEqualTo(Traffic.NONE);
  }

  @Test
  void wordsMeanKindsStatusesAndClasses() {
    assertThat(on("timeout"))
        .isEqualTo(
            new FailureSet(
                Set.of(FailureKind.TIMEOUT, FailureKind.SLOW_STREAM), Set.of(), Set.of()));
    assertThat(on("[429]"))
        .isEqualTo(
            new FailureSet(
                Set.of(FailureKind.RATE_LIMIT, FailureKind.QUOTA), Set.of(429), Set.of()));
    assertThat(on("5XX"))
        .isEqualTo(
            new FailureSet(
                Set.of(FailureKind.SERVER_ERROR, FailureKind.OVERLOADED), Set.of(), Set.of(5)));
    assertThat(on("[503, slow-stream, invalid-json]"))
        .isEqualTo(
            new FailureSet(
                Set.of(FailureKind.SLOW_STREAM, FailureKind.INVALID_JSON), Set.of(503), Set.of()));
    assertThat(on("[408]")).isEqualTo(new FailureSet(Set.of(), Set.of(408), Set.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout: {idle: 20} | 1:17: timeout.idle: expected a time such as 250ms, 30s, 5m, 1h or 7d, found \"20\"",
        "timeout: {idle: 1.5s} | 1:17: timeout.idle: expected a time such as 250ms, 30s, 5m, 1h or 7d, found \"1.5s\"",
        "timeout: {idle: 0s} | 1:17: timeout.idle: expected a time above 0, such as 250ms",
        "timeout: {idle: 366d} | 1:17: timeout.idle: expected at most 365d, found \"366d\"",
        "timeout: {read: 1s} | 1:11: unknown key \"read\" under timeout; expected connect, first-token, idle or total",
        "timeout: 5s | 1:10: timeout: expected a mapping of times, such as first-token: 10s, found a single value",
        "retry: {max-attempts: 0} | 1:23: retry.max-attempts: expected a whole number from 1 to 10, found \"0\"",
        "retry: {max-attempts: 11} | 1:23: retry.max-attempts: expected a whole number from 1 to 10, found \"11\"",
        "retry: {max-attempts: 1.5} | 1:23: retry.max-attempts: expected a whole number from 1 to 10, found \"1.5\"",
        "retry: {max-atempts: 1} | 1:9: unknown key \"max-atempts\" under retry; did you mean \"max-attempts\"?",
        "retry: {backoff: expo} | 1:18: retry.backoff: expected constant, linear or exponential, found \"expo\"; did you mean \"exponential\"?",
        "retry: {jitter: 1.1} | 1:17: retry.jitter: expected a share from 0% to 100%, found \"1.1\"",
        "retry: {jitter: x} | 1:17: retry.jitter: expected a share such as 0.2 or 20%, found \"x\"",
        "retry: {budget: 1001%} | 1:17: retry.budget: expected a share from 0% to 1000%, found \"1001%\"",
        "retry: {delay: 2s, max-delay: 1s} | 1:31: retry.max-delay: expected at least as much as delay",
        "breaker: {failure-rate: 0} | 1:25: breaker.failure-rate: expected more than 0%; leave breaker out for none",
        "breaker: {half-open-calls: 0} | 1:28: breaker.half-open-calls: expected a whole number from 1 to 1000000, found \"0\"",
        "breaker: {window: 0s} | 1:19: breaker.window: expected a time above 0, such as 250ms",
      })
  void mistakesAreNamed(String yaml, String problem) {
    assertThat(fixture.problems(yaml)).containsExactly("headgate.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry: {on: [tmeout]} | 1:14: retry.on: expected WORDS, found \"tmeout\"; did you mean \"timeout\"?",
        "retry: {on: 399} | 1:13: retry.on: expected WORDS, found \"399\"",
        "retry: {on: {a: b}} | 1:13: retry.on: expected WORDS, found a mapping",
        "retry: {on: []} | 1:13: retry.on: the list is empty; expected WORDS",
      })
  void unknownFailuresAreNamed(String yaml, String problem) {
    assertThat(fixture.problems(yaml))
        .containsExactly("headgate.yaml:" + problem.replace("WORDS", WORDS));
  }
}
