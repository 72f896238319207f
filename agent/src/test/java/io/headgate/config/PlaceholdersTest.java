// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
  private final Fixture fixture = new Fixture();

  private String expand(String text) {
    return new Placeholders(fixture.env, fixture.props).expand(text).value();
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a$b, a$b",
    "${A}, one",
    "x-${A}-${B}, x-one-two",
    "${NONE:three}, three",
    "${NONE:a:b}, a:b",
    "${NONE:${A}}, one",
    "${NONE:x${ALSO_NONE:y}z}, xyz",
    "${A:${NONE}}, one",
    "${NONE:}, ''",
    "${ A }, one",
    "${some.property}, four",
  })
  void placeholdersAreReplaced(String text, String expected) {
    fixture.env.put("A", "one");
    fixture.env.put("B", "two");
    fixture.props.put("some.property", "four");
    assertThat(expand(text)).isEqualTo(expected);
  }

  @Test
  void propertiesComeBeforeVariables() {
    fixture.env.put("A", "variable");
    fixture.props.setProperty("A", "property");
    assertThat(expand("${A}")).isEqualTo("property");
  }

  @Test
  void aReplacementIsNotLookedAtAgain() {
    fixture.env.put("A", "${B}");
    assertThat(expand("${A}")).isEqualTo("${B}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${NONE} | variable NONE is not set; set it, or write ${NONE:} if it may be missing",
        "${A | a placeholder has no closing }",
        "${} | a placeholder must be ${NAME} or ${NAME:default}",
        "${a b} | a placeholder must be ${NAME} or ${NAME:default}",
        "${a:${b:${c:${d:${e:${f:${g:${h:${i:x}}}}}}}}} | placeholders are nested too deeply",
      })
  void mistakesAreExplained(String text, String problem) {
    assertThat(fixture.problems("environment: " + text))
        .containsExactly("headgate.yaml:1:14: environment: " + problem);
  }

  @ParameterizedTest
  @CsvSource({"sk-proj-0123456789abcdef", "AKIAIOSFODNN7EXAMPLE", "0a1b2c3d", "sk-live"})
  void aKeyWrittenAsANameIsNeverPrinted(String key) {
    assertThat(fixture.problems("environment: ${" + key + "}").get(0))
        .contains("a variable that is not set")
        .doesNotContain(key);
  }

  @Test
  void valuesOfVariablesAreNeverPrinted() {
    fixture.env.put("SECRET", "enforc");
    assertThat(fixture.problems("mode: ${SECRET}"))
        .containsExactly(
            "headgate.yaml:1:7: mode: expected observe, shadow or enforce, found \"${SECRET}\"");
  }
}
