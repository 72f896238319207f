// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.translate.Notes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingWriterTest {

  private static String config(
      String model, Reasoning reasoning, @Nullable Long maxTokens, Notes notes) {
    return Trees.json(
        ThinkingWriter.config(
            reasoning, Trees.traits(model), GeminiModel.of(model), maxTokens, notes));
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, MINIMAL, 1024",
    "gemini-2.5-flash, LOW, 2048",
    "gemini-2.5-flash, MEDIUM, 8192",
    "gemini-2.5-flash, HIGH, 24576",
    "gemini-2.5-flash, XHIGH, 24576",
    "gemini-2.5-pro, HIGH, 24576",
    "gemini-2.5-pro, MAX, 32768",
    "gemini-2.5-flash-lite, MAX, 24576",
  })
  void anEffortIsABudget(String model, Effort effort, long budget) {
    assertThat(config(model, new Reasoning(Mode.ON, effort, null, null), null, new Notes()))
        .isEqualTo("{\"thinkingBudget\":" + budget + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro, 1, 128, thinking 1->128",
    "gemini-2.5-pro, 99999, 32768, thinking 99999->32768",
    "gemini-2.5-flash, 99999, 24576, thinking 99999->24576",
    "gemini-2.5-flash, 100, 100, ''",
    "gemini-2.5-flash-lite, 100, 512, thinking 100->512",
    "gemini-2.5-flash, 0, 0, ''",
    "gemini-2.5-flash, -1, -1, ''",
  })
  void aBudgetIsKeptWithinWhatTheModelTakes(String model, long said, long sent, String changed) {
    Notes notes = new Notes();

    assertThat(config(model, new Reasoning(Mode.ON, null, said, null), null, notes))
        .isEqualTo("{\"thinkingBudget\":" + sent + "}");
    assertThat(String.join(",", notes.changed())).isEqualTo(changed);
  }

  @ParameterizedTest
  @CsvSource({"gemini-2.5-flash, 0", "gemini-2.5-flash-lite, 0", "gemini-2.5-pro, 128"})
  void offIsAsLittleAsTheModelCan(String model, long budget) {
    Notes notes = new Notes();

    assertThat(config(model, Reasoning.OFF, null, notes))
        .isEqualTo("{\"thinkingBudget\":" + budget + "}");
    assertThat(notes.changed()).hasSize(budget == 0 ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, HIGH, , 4000, 2000",
    "gemini-2.5-flash, , 8000, 4000, 3999",
    "gemini-2.5-flash, , 8000, 10000, 8000",
    "gemini-2.5-pro, HIGH, , 100, 128",
    "gemini-2.5-flash-lite, HIGH, , 600, 0",
  })
  void thoughtsLeaveRoomForTheAnswer(
      String model, @Nullable Effort effort, @Nullable Long budget, long maxTokens, long sent) {
    assertThat(config(model, new Reasoning(Mode.ON, effort, budget, null), maxTokens, new Notes()))
        .isEqualTo("{\"thinkingBudget\":" + sent + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-3-flash-preview, MINIMAL, MINIMAL",
    "gemini-3-flash-preview, LOW, LOW",
    "gemini-3-flash-preview, MEDIUM, MEDIUM",
    "gemini-3-flash-preview, MAX, HIGH",
    "gemini-3-pro-preview, MINIMAL, LOW",
    "gemini-3-pro-preview, MEDIUM, HIGH",
    "gemini-3.1-pro-preview, MEDIUM, MEDIUM",
    "gemini-3-pro-preview, XHIGH, HIGH",
  })
  void anEffortIsTheNextLevelThatThereIs(String model, Effort effort, String level) {
    Notes notes = new Notes();

    assertThat(config(model, new Reasoning(Mode.ON, effort, null, null), null, notes))
        .isEqualTo("{\"thinkingLevel\":\"" + level + "\"}");
    assertThat(notes.changed()).hasSize(effort.name().equals(level) ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({"1024, LOW", "2048, MEDIUM", "8191, MEDIUM", "8192, HIGH"})
  void aBudgetIsALevelToo(long budget, String level) {
    assertThat(
            config(
                "gemini-3-flash-preview",
                new Reasoning(Mode.ON, null, budget, null),
                null,
                new Notes()))
        .isEqualTo("{\"thinkingLevel\":\"" + level + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"gemini-3-flash-preview, MINIMAL", "gemini-3-pro-preview, LOW"})
  void laterModelsCannotBeTurnedOff(String model, String level) {
    Notes notes = new Notes();

    assertThat(config(model, Reasoning.OFF, null, notes))
        .isEqualTo("{\"thinkingLevel\":\"" + level + "\"}");
    assertThat(notes.changed()).hasSize(1);
  }

  @Test
  void justOnIsAsMuchAsTheModelSeesFit() {
    Reasoning on = new Reasoning(Mode.ON, null, null, true);

    assertThat(config("gemini-2.5-pro", on, null, new Notes()))
        .isEqualTo("{\"thinkingBudget\":-1,\"includeThoughts\":true}");
    assertThat(config("gemini-3-pro-preview", on, null, new Notes()))
        .isEqualTo("{\"includeThoughts\":true}");
  }

  @Test
  void nothingSaidIsNothingWritten() {
    assertThat(config("gemini-2.5-pro", Reasoning.DEFAULT, null, new Notes())).isEqualTo("null");
    assertThat(config("gemini-3-pro-preview", Reasoning.DEFAULT, null, new Notes()))
        .isEqualTo("null");
  }

  @Test
  void modelsThatDoNotThinkAreNotTold() {
    Notes notes = new Notes();

    assertThat(
            config("gemini-2.0-flash", new Reasoning(Mode.ON, Effort.LOW, null, true), null, notes))
        .isEqualTo("null");
    assertThat(notes.dropped()).containsExactly("thinking");
  }
}
