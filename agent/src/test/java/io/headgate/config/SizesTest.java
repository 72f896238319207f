// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

  @ParameterizedTest
  @CsvSource({"0KB, 0", "512KB, 524288", "16MB, 16777216", "999999999GB, 1073741822926258176"})
  void unitsArePowersOf1024(String text, long bytes) {
    assertThat(Sizes.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KB",
        "1048576",
        "1B",
        "1kb",
        "1KiB",
        "1K",
        "1.5MB",
        "1 MB",
        "-1MB",
        "1MBs",
        "1TB",
        "1000000000KB",
        "١MB"
      })
  void anythingElseIsNoSize(String text) {
    assertThat(Sizes.parse(text)).isNull();
  }

  @Test
  void aRateIsANumberAndATime() {
    assertThat(Rate.parse("50/1s")).isEqualTo(new Rate(50, Duration.ofSeconds(1)));
    assertThat(Rate.parse("1000000/365d")).isEqualTo(new Rate(1_000_000, Duration.ofDays(365)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "50",
        "/1s",
        "50/",
        "0/1s",
        "-1/1s",
        "50/0s",
        "50/1",
        "1000001/1s",
        "5 /1s",
        "99999999999999999999/1s",
        "50/1s/1s",
        "50/366d",
        "5a/1s"
      })
  void anythingElseIsNoRate(String text) {
    assertThat(Rate.parse(text)).isNull();
  }
}
