// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.FailureSet;
import io.headgate.config.RetrySettings;
import io.headgate.config.RetrySettings.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelaysTest {

  private static RetrySettings retry(Backoff backoff, double jitter) {
    return new RetrySettings(
        10, backoff, Duration.ofMillis(100), Duration.ofMillis(500), jitter, FailureSet.RETRY, 0.2);
  }

  private static List<Long> millis(RetrySettings retry, double random) {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(made -> Delays.nanos(retry, made, null, () -> random) / 1_000_000)
        .toList();
  }

  @Test
  void theDelayGrowsAsConfiguredAndIsCapped() {
    assertThat(millis(retry(Backoff.CONSTANT, 0), 0)).containsExactly(100L, 100L, 100L, 100L, 100L);
    assertThat(millis(retry(Backoff.LINEAR, 0), 0)).containsExactly(100L, 200L, 300L, 400L, 500L);
    assertThat(millis(retry(Backoff.EXPONENTIAL, 0), 0))
        .containsExactly(100L, 200L, 400L, 500L, 500L);
  }

  @Test
  void jitterSpreadsAroundTheDelayAndNeverBeyondTheCap() {
    assertThat(millis(retry(Backoff.EXPONENTIAL, 0.2), 0))
        .containsExactly(80L, 160L, 320L, 400L, 400L);
    assertThat(millis(retry(Backoff.EXPONENTIAL, 0.2), 1))
        .containsExactly(120L, 240L, 480L, 500L, 500L);
  }

  @Test
  void theProvidersWishGoesOverOursUpToTheCap() {
    RetrySettings retry = retry(Backoff.EXPONENTIAL, 0.2);
    assertThat(Delays.nanos(retry, 1, Duration.ofMillis(7), () -> 1)).isEqualTo(7_000_000);
    assertThat(Delays.nanos(retry, 1, Duration.ZERO, () -> 1)).isZero();
    assertThat(Delays.nanos(retry, 1, Duration.ofHours(1), () -> 1)).isEqualTo(500_000_000);
    assertThat(Delays.tooLong(retry, Duration.ofMillis(501))).isTrue();
    assertThat(Delays.tooLong(retry, Duration.ofMillis(500))).isFalse();
    assertThat(Delays.tooLong(retry, null)).isFalse();
  }
}
