// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.Reasoning.Effort;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EffortsTest {

  @ParameterizedTest
  @CsvSource({
    "0, LOW",
    "1024, LOW",
    "2047, LOW",
    "2048, MEDIUM",
    "8191, MEDIUM",
    "8192, HIGH",
    "100000, HIGH",
  })
  void aBudgetIsAnEffort(long tokens, Effort effort) {
    assertThat(Efforts.ofBudget(tokens)).isEqualTo(effort);
  }

  @ParameterizedTest
  @CsvSource({
    "MINIMAL, 1024, 1024",
    "LOW, 2048, 2048",
    "MEDIUM, 8192, 8192",
    "HIGH, 16384, 24576",
    "XHIGH, 32768, 30000",
    "MAX, 32768, 30000",
  })
  void anEffortIsABudget(Effort effort, long claude, long gemini) {
    assertThat(Efforts.claudeBudget(effort)).isEqualTo(claude);
    assertThat(Efforts.geminiBudget(effort, 30_000)).isEqualTo(gemini);
  }

  @ParameterizedTest
  @CsvSource({
    "MEDIUM, low high, HIGH", "MINIMAL, low medium high, LOW", "XHIGH, low medium high, HIGH",
    "XHIGH, low medium high max, MAX", "MAX, low medium high xhigh, XHIGH", "LOW, high, HIGH",
    "LOW, none low, LOW", "HIGH, none, HIGH",
  })
  void theNearestEffortIsTaken(Effort wanted, String known, Effort nearest) {
    assertThat(Efforts.nearest(wanted, Set.of(known.split(" ")))).isEqualTo(nearest);
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void everyEffortHasAWord(Effort effort) {
    assertThat(Efforts.named(Efforts.word(effort))).isEqualTo(effort);
  }

  @Test
  void anUnknownWordIsAnError() {
    assertThatThrownBy(() -> Efforts.named("tiny")).isInstanceOf(IllegalArgumentException.class);
  }
}
