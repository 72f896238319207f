// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import io.headgate.chat.Operation;
import io.headgate.config.Config.Mode;
import io.headgate.config.MetadataSource.Kind;
import io.headgate.config.RetrySettings.Backoff;
import io.headgate.config.StepSettings.Balance;
import io.headgate.config.StepSettings.Cascade;
import io.headgate.config.StepSettings.Deny;
import io.headgate.config.StepSettings.First;
import io.headgate.config.StepSettings.Policy;
import io.headgate.config.StepSettings.Split;
import io.headgate.config.StepSettings.Use;
import io.headgate.config.StepSettings.When;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file with all that concerns traffic. */
class TrafficConfigTest {
  private final Fixture fixture = new Fixture();

  private Config config() throws IOException {
    try (InputStream in = TrafficConfigTest.class.getResourceAsStream("valid/routing.yaml")) {
      return fixture.file(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private Traffic traffic() throws IOException {
    return config().traffic();
  }

  @Test
  void policiesAreRead() throws IOException {
    Traffic traffic = traffic();
    assertThat(traffic.timeout())
        .isEqualTo(
            new TimeoutSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofMinutes(2)));
    assertThat(traffic.retry().maxAttempts()).isEqualTo(3);
    assertThat(traffic.retry().backoff()).isEqualTo(Backoff.EXPONENTIAL);
    assertThat(traffic.retry().delay()).isEqualTo(Duration.ofMillis(250));
    assertThat(traffic.retry().maxDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(traffic.retry().jitter()).isEqualTo(0.2);
    assertThat(traffic.retry().budget()).isEqualTo(0.2);
    assertThat(traffic.retry().on().statuses()).containsExactlyInAnyOrder(408, 429);
    assertThat(traffic.breaker()).isEqualTo(BreakerSettings.DEFAULT);
    assertThat(traffic.answerAsAsked()).isTrue();
  }

  @Test
  void metadataHasItsSourcesInOrder() throws IOException {
    assertThat(traffic().metadata().keySet()).containsExactly("user", "plan", "feature");
    assertThat(traffic().metadata().get("user"))
        .containsExactly(
            new MetadataSource(Kind.HEADER, "x-user-id"),
            new MetadataSource(Kind.BAGGAGE, "user.id"),
            new MetadataSource(Kind.MDC, "userId"),
            new MetadataSource(Kind.BODY, "user"));
    assertThat(traffic().metadata().get("feature"))
        .contains(new MetadataSource(Kind.CALLER, "class"));
  }

  @Test
  void providersHaveKeysAndPlatforms() throws IOException {
    ProviderSettings openai = config().providers().get("openai");
    assertThat(openai.keys().get(0).alias()).isEqualTo("a");
    assertThat(openai.keys().get(0).value().reveal()).isEqualTo("one");
    assertThat(openai.keys().get(0).weight()).isEqualTo(2);
    assertThat(openai.keys().get(1).weight()).isEqualTo(1);
    assertThat(config().providers().get("anthropic").platform().via()).isEqualTo("cloudflare");
    assertThat(config().providers().get("cloudflare").platform().account()).isEqualTo("acc");
    assertThat(config().providers().get("cloudflare").platform().gateway()).isEqualTo("prod");
    assertThat(config().providers().get("cloudflare").platform().token()).isNull();
  }

  @Test
  void aRouteHasAMatchAndAStep() throws IOException {
    RouteSettings route = traffic().routes().get(0);
    assertThat(route.at()).isEqualTo("headgate.yaml:39:5");
    assertThat(route.label()).isEqualTo("routes[0]");
    assertThat(route.match().operations()).containsExactly(Operation.CHAT);
    assertThat(route.match().models()).containsExactly("gpt-4o*");
    assertThat(route.match().when())
        .isEqualTo(
            new ExpressionText(
                "headgate.yaml:39:54", "routes[0].match.when", "metadata.plan == \"free\""));
    assertThat(((Use) route.step()).target()).hasToString("openai/gpt-4o-mini");
  }

  @Test
  void aSplitHasArmsAndIsSticky() throws IOException {
    RouteSettings route = traffic().routes().get(1);
    assertThat(route.label()).isEqualTo("support");
    Split split = (Split) route.step();
    assertThat(split.modifiers().sticky().source()).isEqualTo("metadata.user");
    assertThat(split.arms().get(0).name()).isEqualTo("control");
    assertThat(split.arms().get(0).weight()).isEqualTo(90);
    assertThat(((Use) split.arms().get(1).step()).target())
        .isEqualTo(new TargetRef("workers-ai", "@cf/moonshotai/kimi-k2.6"));
    assertThat(split.arms().get(1).step().modifiers().rewrite()).isEqualTo("terse");
  }

  @Test
  void aChainHoldsABalance() throws IOException {
    First first = (First) traffic().routes().get(2).step();
    assertThat(first.steps().get(0).modifiers().timeout().firstToken())
        .isEqualTo(Duration.ofSeconds(8));
    Balance balance = (Balance) first.steps().get(1);
    assertThat(balance.modifiers().policy()).isEqualTo(Policy.LATENCY);
    assertThat(balance.members()).extracting("weight").containsExactly(2.0, 1.0);
    assertThat(first.modifiers().on().kinds())
        .containsExactlyInAnyOrder(
            FailureKind.CONNECT,
            FailureKind.TIMEOUT,
            FailureKind.SLOW_STREAM,
            FailureKind.RATE_LIMIT,
            FailureKind.QUOTA,
            FailureKind.SERVER_ERROR,
            FailureKind.OVERLOADED,
            FailureKind.CONTEXT_WINDOW,
            FailureKind.CONTENT_FILTER,
            FailureKind.EMPTY);
    assertThat(first.modifiers().on().classes()).containsExactly(5);
  }

  @Test
  void aConditionHasTwoBranches() throws IOException {
    When when = (When) traffic().routes().get(3).step();
    assertThat(when.condition().source()).isEqualTo("metadata.plan == \"paid\"");
    assertThat(when.then()).isInstanceOf(Use.class);
    Deny deny = (Deny) when.otherwise();
    assertThat(deny.text()).isEqualTo("upgrade your plan");
    assertThat(deny.status()).isEqualTo(403);
  }

  @Test
  void aCascadeAcceptsAnswers() throws IOException {
    Cascade cascade = (Cascade) traffic().routes().get(4).step();
    assertThat(cascade.stages().get(0).accept().path()).isEqualTo("routes[4].cascade[0].accept");
    assertThat(cascade.stages().get(1).accept()).isNull();
  }

  @Test
  void aRewriteIsRead() throws IOException {
    RewriteSettings terse = traffic().rewrites().get("terse");
    assertThat(terse.systemAppend()).isEqualTo("Answer in at most three sentences.");
    assertThat(terse.systemPrepend()).isNull();
    assertThat(terse.set()).containsEntry("temperature", 0.2);
    assertThat(terse.clamp().get("max_tokens")).containsExactly(1, 2048);
    assertThat(terse.remove()).containsExactly("logit_bias");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models: {fast: openai/gpt-4o}",
        "timeout: {idle: 1s}",
        "retry: {}",
        "breaker: {}",
        "routes: [{deny: no}]",
        "providers: {openai: {keys: [{value: '${K:x}'}]}}",
      })
  void whatConcernsTrafficActsInEnforceMode(String yaml) {
    assertThat(fixture.file(yaml).acts()).isTrue();
    assertThat(fixture.file(yaml, "mode: observe").acts()).isFalse();
    assertThat(fixture.file(yaml, "mode: shadow").acts()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry:", "metadata: {a: 'value:b'}", "rewrite: {a: {remove: [b]}}"})
  void whatNothingUsesDoesNotAct(String yaml) {
    assertThat(fixture.file(yaml).acts()).isFalse();
  }

  @Test
  void shadowIsAMode() {
    assertThat(fixture.file("mode: shadow").mode()).isEqualTo(Mode.SHADOW);
  }

  @Test
  void theModelThatAnsweredCanBeNamed() {
    assertThat(fixture.file("response-model: served").traffic().answerAsAsked()).isFalse();
  }

  @Test
  void anotherPackageCanFindMistakes() {
    ConfigLoader loader =
        new ConfigLoader(
            Fixture.PROVIDERS,
            fixture.env,
            fixture.props,
            (config, problems) ->
                config
                    .traffic()
                    .routes()
                    .forEach(route -> problems.accept(route.at(), route.label() + ": no")));
    byte[] good = Fixture.bytes("routes: [{deny: text}]");
    byte[] bad = Fixture.bytes("routes: [{deny: text, status: 1}]");
    assertThat(problems(loader, good)).containsExactly("headgate.yaml:1:10: routes[0]: no");
    assertThat(problems(loader, bad))
        .containsExactly(
            "headgate.yaml:1:31: routes[0].status: expected a whole number from 400 to 599, found"
                + " \"1\"");
  }

  private static java.util.List<String> problems(ConfigLoader loader, byte[] bytes) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
            ConfigException.class, () -> loader.parse("headgate.yaml", bytes))
        .problems();
  }
}
