// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Headers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "retry-after    | 1                             | 1000",
        "Retry-After    | 120                           | 120000",
        "retry-after    | 0.5                           | 500",
        "retry-after    | 0                             | 0",
        "retry-after    | -1                            | none",
        "retry-after    | abc                           | none",
        "retry-after    | 99999                         | 99999000",
        "retry-after    | 1e999                         | none",
        "retry-after    | NaN                           | none",
        "retry-after    | Sat, 21 Nov 2026 10:00:07 GMT | 7000",
        "retry-after    | Sat, 21 Nov 2026 09:00:00 GMT | 0",
        "retry-after-ms | 250                           | 250",
        "retry-after-ms | soon                          | none",
        "x-ms-retry-after-ms | 30                       | 30",
        "x-other        | 1                             | none"
      })
  void readsWhatProvidersWrite(String name, String value, Long millis) {
    Duration wait = RetryAfter.of(Headers.ofFlat(name, value), NOW);
    assertThat(wait).isEqualTo(millis == null ? null : Duration.ofMillis(millis));
  }

  @Test
  void millisecondsGoOverSeconds() {
    assertThat(RetryAfter.of(Headers.ofFlat("retry-after", "2", "retry-after-ms", "1500"), NOW))
        .isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void theFirstOfSeveralCounts() {
    assertThat(RetryAfter.of(Headers.ofFlat("retry-after", "2", "retry-after", "9"), NOW))
        .isEqualTo(Duration.ofSeconds(2));
  }
}
