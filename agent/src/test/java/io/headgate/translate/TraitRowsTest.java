// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.WireFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraitRowsTest {

  @ParameterizedTest
  @ValueSource(strings = {"formats.tsv", "providers.tsv", "models.tsv"})
  void everyRowOfATableIsUnderstood(String file) {
    TraitRows rows = TraitRows.load(file);

    rows.check();
    assertThat(rows.keys()).isNotEmpty().noneMatch(String::isBlank);
  }

  @Test
  void everyFormatHasARow() {
    String[] formats =
        Arrays.stream(WireFormat.values()).map(WireFormat::name).toArray(String[]::new);

    assertThat(TraitRows.load("formats.tsv").keys()).containsExactlyInAnyOrder(formats);
  }

  @Test
  void namesOfModelsAreInLowerCase() {
    assertThat(TraitRows.load("models.tsv").keys())
        .allMatch(key -> key.equals(key.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context=many\t",
        "maker=somebody\t",
        "reasoning=hard\t",
        "budgets=12\t",
        "efforts=low,tiny\t",
        "context\t",
        "-\t+flying",
        "-\t*tools",
      })
  void whatIsNotUnderstoodIsAnError(String columns) {
    TraitRows rows = TraitRows.of(List.of("some-model\t" + columns));

    assertThatThrownBy(rows::check).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"only-a-key", "a\tb\tc\td", "\tcontext=1"})
  void aLineThatIsNoRowIsAnError(String line) {
    assertThatThrownBy(() -> TraitRows.of(List.of(line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line);
  }

  @Test
  void aTableThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> TraitRows.load("none.tsv")).hasMessageContaining("none.tsv");
  }
}
