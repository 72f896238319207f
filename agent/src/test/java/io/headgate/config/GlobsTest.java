// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4o, ''",
    "gpt-*, gpt-4o, 4o",
    "gpt-*, gpt-, ''",
    "*, '', ''",
    "*, a/b, a/b",
    "*-mini, o3-mini, o3",
    "a*a, aa, ''",
    "a*b*c, a1b2c, 1",
    "a*b*c, abbc, ''",
    "**, abc, ''",
    "*b*, abc, a",
  })
  void theFirstStarTakesWhatItMust(String pattern, String text, String rest) {
    assertThat(Globs.rest(pattern, text)).isEqualTo(rest);
    assertThat(Globs.matches(pattern, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4",
    "gpt-*, gpt",
    "a*a, a",
    "*-mini, o3-mini-x",
    "a*b*c, acb",
    "a*bc*c, abc",
    "*.*, gpt",
    "gpt-4, GPT-4"
  })
  void otherTextsDoNotFit(String pattern, String text) {
    assertThat(Globs.matches(pattern, text)).isFalse();
  }

  @Test
  void manyStarsCostNoMoreThanPatternTimesText() {
    // With backtracking this would not end.
    assertThat(Globs.matches("*a".repeat(2000) + "b", "a".repeat(20_000))).isFalse();
    assertThat(Globs.matches("*a".repeat(2000) + "*c*", "a".repeat(20_000))).isFalse();
    assertThat(Globs.matches("*a".repeat(2000) + "*", "a".repeat(20_000))).isTrue();
  }
}
