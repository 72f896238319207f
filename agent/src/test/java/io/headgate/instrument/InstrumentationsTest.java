// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.bootstrap.TypeGate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InstrumentationsTest {

  @Test
  void gateLetsThroughExactlyTheTypesOfTheTable() {
    assertThat(
            Instrumentations.ALL.stream()
                .map(row -> row.type().replace('.', '/'))
                .collect(Collectors.toSet()))
        .isEqualTo(TypeGate.names());
  }

  @Test
  void everyRowNamesAnAdviceThatIsThere() {
    assertThat(Instrumentations.ALL)
        .allSatisfy(
            row ->
                assertThat(getClass().getResource("/" + row.advice().replace('.', '/') + ".class"))
                    .as(row.advice())
                    .isNotNull());
  }
}
