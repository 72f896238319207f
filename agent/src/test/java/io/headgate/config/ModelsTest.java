// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
  private final Fixture fixture = new Fixture();

  private Models models(String yaml) {
    return fixture.file("models: {" + yaml + "}").traffic().models();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'gpt-*': openai/*, gpt-4o: azure/mine | gpt-4o | azure/mine",
        "'gpt-*': openai/*, 'gpt-4*': azure/* | gpt-4o | azure/gpt-4o",
        "'gpt-4*': azure/*, 'gpt-*': openai/* | gpt-5 | openai/gpt-5",
        "'*-mini': openai/*, '*': azure/* | o3-mini | openai/o3-mini",
        "'claude-*': anthropic/claude-*-latest | claude-opus | anthropic/claude-opus-latest",
        "'*': openai/x-* | a/b | openai/x-a/b",
        "fast: quick, quick: openai/gpt-4o-mini | fast | openai/gpt-4o-mini",
        "fast: claude-x, 'claude-*': anthropic/* | fast | anthropic/claude-x",
        "fast: claude-x, 'claude-*': b, b: anthropic/* | fast | anthropic/claude-x",
        "'gpt-*': b, b: openai/* | gpt-4o | openai/gpt-4o",
        "mine: openai/* | mine | openai/mine",
        "'a*b*c': openai/*-x | a1b2c | openai/1-x",
      })
  void aNameStandsForATarget(String yaml, String name, String target) {
    assertThat(models(yaml).resolve(name)).hasToString(target);
  }

  @Test
  void otherNamesStandForNothing() {
    assertThat(models("'gpt-*': openai/*, fast: openai/a").resolve("claude")).isNull();
    assertThat(Models.NONE.resolve("fast")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: b | 1:13: models.a: unknown model \"b\"; expected provider/model, such as openai/gpt-4o, or an alias under models",
        "fast: openai/x, a: fsat | 1:29: models.a: unknown model \"fsat\"; did you mean \"fast\"?",
        "a: opnai/x | 1:13: models.a: unknown provider in \"opnai/x\"; did you mean \"openai/x\"?",
        "a: a | 1:13: models.a: leads to a loop: a → a",
        "x: a, a: b, b: a | 1:19: models.a: leads to a loop: a → b → a",
        "'gpt-*': gpt-4 | 1:19: models.gpt-*: leads to a loop: gpt-* → gpt-*",
        "a: openai/b-* | 1:13: models.a: expected provider/model or provider/*; more can only be left open for a pattern with *, found \"openai/b-*\"",
        "a: {b: c} | 1:13: models.a: expected provider/model, such as openai/gpt-4o, or an alias under models, found a mapping",
        "route/a: openai/x | 1:10: models: \"route/a\" is how a route is asked for; choose another name",
        "' ': openai/x | 1:10: models: expected the name of a model, or a pattern such as \"gpt-*\"",
        "a: openai/x, a: openai/y | 1:23: key \"a\" is written twice, first at headgate.yaml:1:10; keep one",
      })
  void mistakesAreNamed(String yaml, String problem) {
    assertThat(fixture.problems("models: {" + yaml + "}"))
        .containsExactly("headgate.yaml:" + problem);
  }

  @Test
  void aPatternForEverythingDoesNotTakeWhatNamesItsProvider() {
    Traffic traffic =
        fixture.file("models: {'*': azure/x}", "routes: [{use: openai/gpt-4o}]").traffic();
    assertThat(traffic.routes().get(0).step())
        .isInstanceOfSatisfying(
            StepSettings.Use.class, use -> assertThat(use.target()).hasToString("openai/gpt-4o"));
  }
}
