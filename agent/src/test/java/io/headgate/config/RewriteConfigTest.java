// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteConfigTest {
  private final Fixture fixture = new Fixture();

  private RewriteSettings rewrite(String yaml) {
    return fixture.file("rewrite: {r: " + yaml + "}").traffic().rewrites().get("r");
  }

  @Test
  void valuesHaveTheTypesOfYaml() {
    fixture.env.put("TEMP", "0.7");
    Map<String, Object> set =
        fixture
            .file(
                "rewrite:",
                "  r:",
                "    set:",
                "      int: -12",
                "      hex: 0x1F",
                "      octal: 0o17",
                "      float: 1e3",
                "      yes: true",
                "      text: yes",
                "      none: null",
                "      nothing:",
                "      quoted: \"12\"",
                "      empty: ''",
                "      tagged: !!str 5",
                "      variable: ${TEMP}",
                "      missing: ${NOT_SET:}",
                "      list: [1, a, [true]]",
                "      map: {a: {b: ~}}")
            .traffic()
            .rewrites()
            .get("r")
            .set();
    assertThat(set.keySet())
        .containsExactly(
            "int",
            "hex",
            "octal",
            "float",
            "yes",
            "text",
            "none",
            "nothing",
            "quoted",
            "empty",
            "tagged",
            "variable",
            "list",
            "map");
    assertThat(set.values())
        .containsExactly(
            -12L,
            31L,
            15L,
            1000.0,
            true,
            "yes",
            null,
            null,
            "12",
            "",
            "5",
            0.7,
            List.of(1L, "a", List.of(true)),
            Map.of("a", java.util.Collections.singletonMap("b", null)));
  }

  @Test
  void whatACallFillsInStays() {
    fixture.env.put("TEAM", "search");
    RewriteSettings rewrite =
        rewrite(
            "{system: {prepend: \"For ${metadata.user} of ${TEAM}.\\n\", append: ' x'},"
                + " set: {user: \"${metadata.user.id}\", n: {a: ['${ metadata.b }']}},"
                + " headers: {set: {x-user: \"${NONE:${metadata.user}}\"}, remove: [x-old]}}");
    assertThat(rewrite.systemPrepend()).isEqualTo("For ${metadata.user} of search.\n");
    assertThat(rewrite.systemAppend()).isEqualTo(" x");
    assertThat(rewrite.set())
        .containsEntry("user", "${metadata.user.id}")
        .containsEntry("n", Map.of("a", Arrays.asList("${metadata.b}")));
    assertThat(rewrite.headersSet()).isEqualTo(Map.of("x-user", "${metadata.user}"));
    assertThat(rewrite.headersRemove()).containsExactly("x-old");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{sett: {}} | 1:15: unknown key \"sett\" under rewrite.r; did you mean \"set\"?",
        "{system: text} | 1:23: rewrite.r.system: expected a mapping of prepend: and append:, found a single value",
        "{system: {append: [a]}} | 1:32: rewrite.r.system.append: expected text, found a list",
        "{system: {append: '${metadata.user:x}'}} | 1:32: rewrite.r.system.append: expected ${metadata.NAME} with no default, such as ${metadata.user}; a default is a source of its own, value:…, under metadata",
        "{system: {append: '${metadata.User}'}} | 1:32: rewrite.r.system.append: expected ${metadata.NAME} with no default, such as ${metadata.user}; a default is a source of its own, value:…, under metadata",
        "{system: {append: '${request.model}'}} | 1:32: rewrite.r.system.append: variable request.model is not set; set it, or write ${request.model:} if it may be missing",
        "{set: {a: .inf}} | 1:24: rewrite.r.set.a: \".inf\" is no number in JSON",
        "{set: {a: 9223372036854775808}} | 1:24: rewrite.r.set.a: expected a whole number of at most 64 bits",
        "{set: [a]} | 1:20: rewrite.r.set: expected a mapping of fields, such as temperature: 0.2, found a list",
        "{clamp: {a: [2, 1]}} | 1:26: rewrite.r.clamp.a: the range is reversed; expected [1, 2]",
        "{clamp: {a: [1]}} | 1:26: rewrite.r.clamp.a: expected the least and the most, such as [1, 2048]",
        "{clamp: {a: []}} | 1:26: rewrite.r.clamp.a: the list is empty; expected the least and the most, such as [1, 2048]",
        "{clamp: {a: [x, 2]}} | 1:27: rewrite.r.clamp.a: expected a number, found \"x\"",
        "{remove: []} | 1:23: rewrite.r.remove: the list is empty; expected names of fields, such as [logit_bias]",
        "{headers: {set: {host: a}}} | 1:31: rewrite.r.headers.set.host cannot be set; the HTTP client sets it",
        "{headers: {set: {'a b': a}}} | 1:31: \"a b\" under rewrite.r.headers.set is not an HTTP field name",
        "{headers: {set: {x-a: é}}} | 1:36: rewrite.r.headers.set.x-a: expected one line of printable ASCII characters",
        "{headers: {set: {authorization: abc}}} | 1:46: rewrite.r.headers.set.authorization: a credential must not stand in the file; write it with ${VARIABLE}",
        "{headers: {remove: [x-headgate-id]}} | 1:34: rewrite.r.headers.remove.x-headgate-id cannot be set; x-headgate-* never leaves the JVM",
      })
  void mistakesAreNamed(String yaml, String problem) {
    assertThat(fixture.problems("rewrite: {r: " + yaml + "}"))
        .containsExactly("headgate.yaml:" + problem);
  }

  @Test
  void anchorsDoNotMultiplyValues() {
    StringBuilder yaml = new StringBuilder("rewrite:\n  r:\n    set:\n      a0: &a0 [1]\n");
    for (int i = 1; i < 20; i++) {
      yaml.append("      a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }
    assertThat(fixture.problems(yaml.toString()))
        .singleElement()
        .asString()
        .endsWith(": more than 1000 values");
  }
}
