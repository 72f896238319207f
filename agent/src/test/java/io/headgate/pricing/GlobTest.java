// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "openai/gpt-4o, openai/gpt-4o, true",
    "openai/gpt-4o, openai/gpt-4o-mini, false",
    "openai/*, openai/gpt-4o, true",
    "openai/*, azure/gpt-4o, false",
    "*, together/a/b/c, true",
    "*/gpt-4o*, openrouter/openai/gpt-4o-mini, true",
    "*mini, openai/mini-mini-mini, true",
    "a*b*c, axxbyybzzc, true",
    "a*b*c, axxbyyb, false",
    "a**, a, true",
  })
  void starsStandForAnyRun(String pattern, String text, boolean expected) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
  }
}
