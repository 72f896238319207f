// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  private final Fixture fixture = new Fixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'mode: observe\n\tfail: open' | 2:1: not valid YAML: a tab stands where only spaces may; indent with spaces",
        "'mode: \"observe' | 1:15: not valid YAML: found unexpected end of stream",
        "'a: b: c' | 1:5: not valid YAML: mapping values are not allowed here",
        "'providers: {openai: {api-key: ${K:}}}' | 1:32: not valid YAML: expected ',' or '}', but got {; put a value with ${…} in quotes",
        "'- mode' | 1:1: expected a mapping such as \"mode: observe\"",
        "'mode' | 1:1: expected a mapping such as \"mode: observe\"",
        "'mode: observe\n---\nmode: enforce' | 2:1: a second document starts here; only one is read",
        "'mode: observe\nmode: enforce' | 2:1: key \"mode\" is written twice, first at headgate.yaml:1:1; keep one",
        "'mode: !env MODE' | 1:7: tags (!) are not supported; for a variable write ${NAME}",
        "'? [a]\n: b' | 1:3: a key must be plain text",
        "'mode: *x' | 1:7: an alias (*) to an anchor (&) that is not defined before it",
        "'providers: &x {openai: *x}' | 1:24: an alias (*) to an anchor (&) that is not defined before it",
      })
  void mistakesAreExplained(String text, String problem) {
    assertThat(fixture.problems(text)).first().isEqualTo("headgate.yaml:" + problem);
  }

  @Test
  void textOfTheFileIsNotQuotedWhereItMayBeASecret() {
    assertThat(fixture.problems("api-key: !s3cret!key"))
        .allSatisfy(line -> assertThat(line).doesNotContain("s3cret"));
    assertThat(fixture.problems("api-key: *s3cret"))
        .allSatisfy(line -> assertThat(line).doesNotContain("s3cret"));
    assertThat(fixture.problems("providers:", "  openai:", "    api-key: \"s3cret"))
        .allSatisfy(line -> assertThat(line).doesNotContain("s3cret"));
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(fixture.problems("routes: " + "[".repeat(100_000)))
        .containsExactly("headgate.yaml:1:41: nested more than 32 levels deep");
  }

  @Test
  void manyAliasesAreRefused() {
    assertThat(fixture.problems("models: [&a x" + ", *a".repeat(51) + "]"))
        .containsExactly("headgate.yaml:1:216: more than 50 aliases");
  }

  @Test
  void aliasesOfAliasesCostNothing() {
    StringBuilder bomb = new StringBuilder("limits:\n  - &a0 [x, x]\n");
    for (int i = 1; i < 24; i++) {
      bomb.append("  - &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }
    assertThat(fixture.problems(bomb.toString()))
        .containsExactly("headgate.yaml:1:1: key \"limits\" is not supported yet; remove it");
  }

  @Test
  void controlCharactersAreNamed() {
    assertThat(fixture.problems("mode: ob\u0007serve"))
        .containsExactly("headgate.yaml: contains the control character U+0007; remove it");
  }

  @Test
  void otherEncodingsAreRefused() {
    Problems problems = new Problems();
    assertThat(ConfigFile.text(new byte[] {'a', (byte) 0xE9}, "headgate.yaml", problems)).isNull();
    assertThat(problems.lines())
        .containsExactly("headgate.yaml: is not UTF-8 text; save it as UTF-8");
  }
}
