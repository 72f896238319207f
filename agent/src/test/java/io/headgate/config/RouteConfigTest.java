// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.config.StepSettings.First;
import io.headgate.config.StepSettings.Split;
import io.headgate.config.StepSettings.Use;
import io.headgate.config.StepSettings.When;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteConfigTest {
  private static final String MODELS = "models: {fast: openai/gpt-4o-mini, any: openai/*}";
  private final Fixture fixture = new Fixture();

  private StepSettings step(String yaml) {
    return fixture.file(MODELS, "routes: [" + yaml + "]").traffic().routes().get(0).step();
  }

  private List<String> problems(String yaml) {
    return fixture.problems(MODELS, "routes: [" + yaml + "]");
  }

  @Test
  void aBareNameIsAUse() {
    When when = (When) step("{when: 'true', then: fast, else: openai/*}");
    assertThat(((Use) when.then()).target()).hasToString("openai/gpt-4o-mini");
    assertThat(((Use) when.otherwise()).target()).hasToString("openai/*");
    assertThat(((First) step("{first: [fast, any]}")).steps()).hasSize(2);
  }

  @Test
  void aConditionMayStandBesideAnAction() {
    When when = (When) step("{when: request.stream, use: fast, else: {deny: no}, retry: {}}");
    assertThat(when.then()).isInstanceOf(Use.class);
    assertThat(when.modifiers().retry()).isEqualTo(RetrySettings.DEFAULT);
    assertThat(when.then().modifiers()).isSameAs(StepSettings.Modifiers.NONE);
    assertThat(((When) step("{when: a, use: fast}")).otherwise()).isNull();
  }

  @Test
  void whatOnlyASplitReadsReachesItThroughACondition() {
    When when = (When) step("{when: a, split: [{use: fast}, {use: any}], sticky: metadata.user}");
    assertThat(((Split) when.then()).modifiers().sticky().source()).isEqualTo("metadata.user");
  }

  @Test
  void armsWithoutANameHaveTheirPlace() {
    Split split = (Split) step("{split: [fast, {arm: b, use: any, weight: 0}, {deny: no}]}");
    assertThat(split.arms()).extracting("name").containsExactly("0", "b", "2");
    assertThat(split.arms()).extracting("weight").containsExactly(1.0, 0.0, 1.0);
  }

  @Test
  void aPolicyKeepsWhatIsSaidFurtherOut() {
    First first =
        (First)
            fixture
                .file(
                    "retry: {max-attempts: 5, delay: 1s}",
                    "routes: [{retry: {delay: 2s}, first: [{use: openai/a, retry: {jitter: 0}}]}]")
                .traffic()
                .routes()
                .get(0)
                .step();
    RetrySettings inner = first.steps().get(0).modifiers().retry();
    assertThat(inner.maxAttempts()).isEqualTo(5);
    assertThat(inner.delay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(inner.jitter()).isZero();
  }

  @Test
  void operationsHaveTheNamesOfTelemetryAndOfTheCode() {
    RouteSettings route =
        fixture
            .file(
                "routes: [{deny: no, match: {operation: [image, image_generation, text-completion],"
                    + " model: [a, 'b*'], provider: openai}}]")
            .traffic()
            .routes()
            .get(0);
    assertThat(route.match().operations())
        .containsExactlyInAnyOrder(Operation.IMAGE, Operation.TEXT_COMPLETION);
    assertThat(route.match().models()).containsExactly("a", "b*");
    assertThat(route.match().providers()).containsExactly("openai");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 2:10: routes[0]: expected an action: use, first, split, balance, cascade, route or deny, or when and then",
        "fast | 2:10: routes[0]: expected a mapping such as {use: fast}, found a single value",
        "{use: fast, deny: no} | 2:10: routes[0]: expected one action, found use and deny",
        "{use: fast, when: a, then: fast} | 2:10: routes[0]: expected then or use, found both",
        "{when: a} | 2:10: routes[0]: when needs then, or an action beside it",
        "{then: fast} | 2:10: routes[0]: then needs a condition; add when",
        "{use: fast, else: any} | 2:10: routes[0]: else needs a condition; add when",
        "{use: fast, status: 404} | 2:10: routes[0]: status is only for deny",
        "{use: fast, when: '${X:}'} | 2:28: routes[0].when: expected an expression, found an empty value",
        "{usee: fast} | 2:11: unknown key \"usee\" under routes[0]; did you mean \"use\"?",
        "{use: fast, weight: 1} | 2:22: unknown key \"weight\" under routes[0]; expected name, match, use, first, split, balance, cascade, route, deny, status, when, then, else, on, timeout, retry, breaker, sticky, policy or rewrite",
        "{use: fast, within: [a], else: any} | 2:22: key \"within\" under routes[0] is not supported yet; remove it",
        "{use: [fast]} | 2:16: routes[0].use: expected provider/model, such as openai/gpt-4o, or an alias under models, found a list",
        "{use: fsat} | 2:16: routes[0].use: unknown model \"fsat\"; did you mean \"fast\"?",
        "{use: zzzz} | 2:16: routes[0].use: unknown model \"zzzz\"; expected provider/model, such as openai/gpt-4o, or an alias under models",
        "{use: opnai/x} | 2:16: routes[0].use: unknown provider in \"opnai/x\"; did you mean \"openai/x\"?",
        "{use: openai} | 2:16: routes[0].use: unknown model \"openai\"; did you mean \"openai/*\"?",
        "{use: openai/} | 2:16: routes[0].use: expected provider/model, such as openai/gpt-4o, or an alias under models, found \"openai/\"",
        "{use: 'openai/gpt-*'} | 2:16: routes[0].use: expected provider/model, or provider/* for the model that is asked for, found \"openai/gpt-*\"",
        "{first: []} | 2:18: routes[0].first: the list is empty; expected steps, such as [{use: openai/gpt-4o}]",
        "{first: fast} | 2:18: routes[0].first: expected a list of steps, such as [{use: openai/gpt-4o}], found a single value",
        "{first: [fast, ~]} | 2:25: routes[0].first[1]: expected a step such as {use: openai/gpt-4o}, found nothing",
        "{first: [{deny: no}, fast]} | 2:31: routes[0].first[1]: cannot be reached; routes[0].first[0] denies every call",
        "{cascade: [{when: a, deny: no, else: {deny: n}}, fast]} | 2:59: routes[0].cascade[1]: cannot be reached; routes[0].cascade[0] denies every call",
        "{split: [{use: fast, weight: 0}, {use: any, weight: 0}]} | 2:18: routes[0].split: the weights sum to 0; expected one that is more",
        "{balance: [{use: fast, weight: -1}]} | 2:41: routes[0].balance[0].weight: expected a number from 0 to 1000000, found \"-1\"",
        "{split: [{arm: a, use: fast}, {arm: a, use: any}]} | 2:40: routes[0].split[1]: arm \"a\" is that of routes[0].split[0] too",
        "{split: [{use: fast}, {arm: 0, use: any}]} | 2:32: routes[0].split[1]: arm \"0\" is that of routes[0].split[0] too",
        "{deny: no, status: 399} | 2:29: routes[0].status: expected a whole number from 400 to 599, found \"399\"",
        "{deny: no, status: abc} | 2:29: routes[0].status: expected a whole number from 400 to 599, found \"abc\"",
        "{use: fast, sticky: a} | 2:30: routes[0].sticky: there is no split or balance that it could hold for",
        "{split: [{use: fast}], policy: cost} | 2:41: routes[0].policy: there is no balance that it could hold for",
        "{use: fast, policy: fastest} | 2:30: routes[0].policy: expected weighted, latency, least-busy or cost, found \"fastest\"",
        "{use: fast, rewrite: terse} | 2:31: routes[0].rewrite: unknown rewrite \"terse\"; expected a name under rewrite",
        "{use: fast, on: []} | 2:26: routes[0].on: the list is empty; expected any of connect, timeout, slow-stream, 408, 429, 5xx, overloaded, context-window, content-filter, empty, invalid-json, or a status from 400 to 599",
        "{use: fast, name: 'a b'} | 2:28: routes[0].name: expected letters, digits, - _ and ., found \"a b\"",
        "{use: fast, match: {operation: cht}} | 2:41: routes[0].match.operation: expected chat, text_completion, embeddings, image_generation, speech, transcription, rerank, moderation, count_tokens, models, files, batch, retrieve or unknown, found \"cht\"; did you mean \"chat\"?",
        "{use: fast, match: {provider: opnai}} | 2:40: routes[0].match.provider: unknown provider \"opnai\"; did you mean \"openai\"?",
        "{use: fast, match: {models: a}} | 2:30: unknown key \"models\" under routes[0].match; did you mean \"model\"?",
        "{use: fast, match: {model: []}} | 2:37: routes[0].match.model: the list is empty; expected a model or a pattern, such as gpt-4o*",
        "{route: b} | 2:18: routes[0].route: unknown route \"b\"; expected the name of a route",
        "{name: a, route: a} | 2:27: routes[0].route: leads to a loop: a → a",
        "{name: a, route: b}, {name: b, first: [fast, {route: a}]} | 2:63: routes[1].first[1].route: leads to a loop: a → b → a",
        "{name: sport, match: {model: a}, use: fast}, {route: sprt} | 2:63: routes[1].route: unknown route \"sprt\"; did you mean \"sport\"?",
        "{name: a, use: fast}, {name: a, use: any} | 2:39: routes[1].name: \"a\" is the name of routes[0] too",
        "{use: fast}, {match: {model: b}, use: any} | 2:23: routes[1]: can never match, since routes[0] before it matches every call; move it up, or give it a name",
        "{name: a, match: {model: '*'}, use: fast}, {use: any} | 2:53: routes[1]: can never match, since a before it matches every call; move it up, or give it a name",
      })
  void mistakesAreNamed(String yaml, String problem) {
    assertThat(problems(yaml)).containsExactly("headgate.yaml:" + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{use: fast}, {name: a, use: any}",
        "{when: a, use: fast}, {use: any}",
        "{use: fast}, {match: {operation: files}, deny: no}",
        "{name: a, match: {model: b}, use: fast}, {route: a}",
        "{match: {model: b}, use: fast}, {match: {model: c}, use: any}",
        "{match: {model: 'b-*'}, use: fast}, {match: {model: 'b*'}, use: any}",
        "{match: {model: b}, use: fast}, {match: {model: [b, c]}, use: any}",
        "{match: {model: b}, use: fast}, {match: {provider: openai}, use: any}",
        "{match: {provider: openai}, use: fast}, {match: {model: b}, use: any}",
        "{match: {operation: chat}, use: fast}, {match: {model: b}, use: any}",
        "{match: {model: b}, use: fast}, {match: {model: b, operation: files}, use: any}",
        "{match: {model: b, when: x}, use: fast}, {match: {model: b}, use: any}",
        "{match: {model: b}, when: x, then: fast}, {match: {model: b}, use: any}",
        "{match: {model: b}, use: fast}, {name: a, match: {model: b}, use: any}",
        "{name: a, match: {model: c}, when: x, then: fast}, {match: {model: b}, route: a}, {match: {model: b}, use: any}",
        "{sticky: a, first: [fast, {split: [fast, any]}]}",
        "{name: a, match: {model: b}, balance: [fast, any]}, {policy: cost, route: a}",
        "{first: [{when: a, deny: no}, fast]}",
      })
  void whatOnlyLooksLikeAMistakeIsFine(String yaml) {
    assertThat(step(yaml)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{match: {model: b}, use: fast}, {match: {model: b}, use: any}",
        "{match: {model: b}, use: fast}, {match: {model: b, when: x}, use: any}",
        "{match: {model: b}, use: fast}, {match: {model: b, provider: openai}, use: any}",
        "{match: {model: [c, b]}, when: x, then: fast, else: any}, {match: {model: b}, use: any}",
        "{match: {model: 'gpt-*'}, use: fast}, {match: {model: [gpt-4o, 'gpt-4*']}, use: any}",
        "{match: {model: '*-4*'}, use: fast}, {match: {model: '*gpt-4*o'}, use: any}",
        "{match: {provider: [openai, anthropic]}, use: fast}, {match: {provider: openai}, use: any}",
        "{match: {operation: [chat, files]}, use: fast}, {match: {operation: files}, use: any}",
        "{match: {model: b}, use: fast}, {match: {model: b, operation: chat}, use: any}",
      })
  void aRouteWhoseCallsAnEarlierOneTakesCanNeverMatch(String yaml) {
    assertThat(problems(yaml))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("headgate.yaml:2:")
        .endsWith(
            ": routes[1]: can never match, since routes[0] before it matches all of its calls;"
                + " move it up, or give it a name");
  }

  @Test
  void aConditionOfARouteIsThatOfItsStep() {
    assertThat(step("{match: {model: a}, when: b, then: fast}")).isInstanceOf(When.class);
  }

  @Test
  void anchorsDoNotMultiplySteps() {
    StringBuilder yaml = new StringBuilder("routes:\n  - first:\n    - &a0 {first: [openai/a]}\n");
    for (int i = 1; i < 16; i++) {
      yaml.append("    - &a" + i + " {first: [*a" + (i - 1) + ", *a" + (i - 1) + "]}\n");
    }
    assertThat(fixture.problems(yaml.toString()))
        .singleElement()
        .asString()
        .endsWith(": more than 1000 steps");
  }

  @Test
  void routesThatNameRoutesDoNotMultiplySteps() {
    StringBuilder yaml = new StringBuilder("routes:\n- {name: r0, use: openai/a}\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("- {name: r" + i + ", first: [{route: r" + (i - 1) + "}, {route: r" + (i - 1))
          .append("}]}\n");
    }
    assertThat(fixture.problems(yaml.toString())).hasSizeBetween(1, 4);
    assertThat(fixture.problems(yaml.toString()).get(0))
        .endsWith("more than 1000 steps, with those of the routes that it names");
  }
}
