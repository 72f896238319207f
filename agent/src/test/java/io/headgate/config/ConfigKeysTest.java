// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config.Fail;
import io.headgate.config.Config.Mode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigKeysTest {
  private final Fixture fixture = new Fixture();

  @Test
  void aBuiltInProviderHasNoDialect() {
    assertThat(fixture.problems("providers: {openai: {dialect: anthropic}}"))
        .containsExactly(
            "headgate.yaml:1:31: providers.openai.dialect: openai is built in, and its paths tell"
                + " the format; remove dialect, or give a server of your own another name");
  }

  @Test
  void everyKeyOfThisReleaseIsRead() {
    fixture.env.put("OPENAI_API_KEY", "sk-from-env");
    Config config =
        fixture.file(
            "mode: observe",
            "fail: closed",
            "environment: staging",
            "providers:",
            "  openai:",
            "    base-url: https://proxy.internal/v1/",
            "    api-key: ${OPENAI_API_KEY}",
            "    headers: {x-team: search, X-Cost: 7}",
            "  vllm:",
            "    dialect: openai-responses",
            "    hosts: [llm.internal, 'gpu_1:8000']",
            "    price: free",
            "    deployments: {chat: gpt-4o, Fast-2: 4.1}",
            "pricing:",
            "  \"openai/gpt-4o\": {input: 2.50, cached-input: 1.25, cache-write: 0.5, output: 10}",
            "  vllm/*: {input: 0, output: 0.0}",
            "privacy: {content: none}");
    assertThat(config.source()).isEqualTo("headgate.yaml");
    assertThat(config.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(config.fail()).isEqualTo(Fail.CLOSED);
    assertThat(config.environment()).isEqualTo("staging");
    ProviderSettings openai = config.providers().get("openai");
    assertThat(openai.dialect()).isNull();
    assertThat(openai.baseUrl()).isEqualTo(URI.create("https://proxy.internal/v1"));
    assertThat(openai.apiKey().reveal()).isEqualTo("sk-from-env");
    assertThat(openai.headers()).isEqualTo(Map.of("x-team", "search", "X-Cost", "7"));
    assertThat(openai.free()).isFalse();
    ProviderSettings vllm = config.providers().get("vllm");
    assertThat(vllm.dialect()).isEqualTo(WireFormat.OPENAI_RESPONSES);
    assertThat(vllm.hosts()).containsExactly("llm.internal", "gpu_1:8000");
    assertThat(vllm.free()).isTrue();
    assertThat(vllm.deployments()).isEqualTo(Map.of("chat", "gpt-4o", "Fast-2", "4.1"));
    assertThat(config.pricing())
        .containsExactly(
            new PriceSetting(
                "openai/gpt-4o",
                new BigDecimal("2.50"),
                new BigDecimal("1.25"),
                new BigDecimal("0.5"),
                BigDecimal.TEN),
            new PriceSetting("vllm/*", BigDecimal.ZERO, null, null, BigDecimal.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing", "---", "mode:", "providers:", "{}", "\uFEFFmode: enforce"})
  void aFileThatSaysNothingEnforces(String text) {
    assertThat(fixture.file(text))
        .isEqualTo(new Config("headgate.yaml", Mode.ENFORCE, Fail.OPEN, "", Map.of(), List.of()));
  }

  @Test
  void withoutAFileNothingButObservingIsDone() {
    assertThat(fixture.overridesOnly()).isEqualTo(Config.OBSERVE_ONLY);
  }

  @Test
  void emptyExpandedKeyForwardsTheCredentialOfTheApp() {
    Config config = fixture.file("providers: {openai: {api-key: '${OPENAI_API_KEY:}'}}");
    assertThat(config.providers().get("openai").apiKey()).isNull();
  }

  @Test
  void windowsLineEndsAndAnchorsAreFine() {
    Config config =
        fixture.file(
            "mode: observe\r",
            "providers:\r",
            "  openai: &same {headers: {x-team: a}}\r",
            "  azure: *same\r");
    assertThat(config.providers().get("azure").headers()).isEqualTo(Map.of("x-team", "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limits", "budgets", "guard", "dashboard"})
  void keysOfLaterReleasesAreRefusedAsSuch(String key) {
    assertThat(fixture.problems("mode: observe", key + ": {a: [b]}"))
        .containsExactly("headgate.yaml:2:1: key \"" + key + "\" is not supported yet; remove it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mod: enforce | 1:1: unknown key \"mod\"; did you mean \"mode\"?",
        "provider: {} | 1:1: unknown key \"provider\"; did you mean \"providers\"?",
        "budget: [] | 1:1: unknown key \"budget\"; did you mean \"budgets\"? It is not supported yet",
        "zzz: 1 | 1:1: unknown key \"zzz\"; expected mode, fail, environment, metadata, providers, models, timeout, retry, breaker, routes, rewrite, response-model, cache, state, pricing or privacy",
        "privacy: {contents: none} | 1:11: unknown key \"contents\" under privacy; did you mean \"content\"?",
        "providers: {openai: {baseUrl: x}} | 1:22: unknown key \"baseUrl\" under providers.openai; did you mean \"base-url\"?",
        "providers: {openai: {base-ulr: x}} | 1:22: unknown key \"base-ulr\" under providers.openai; did you mean \"base-url\"?",
        "pricing: {openai/x: {input: 1, output: 2, cached: 1}} | 1:43: unknown key \"cached\" under pricing.openai/x; did you mean \"cached-input\"?",
      })
  void unknownKeysNameTheNearestOne(String text, String problem) {
    assertThat(fixture.problems(text)).containsExactly("headgate.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "response-model: ask | 1:17: response-model: expected asked or served, found \"ask\"; did you mean \"asked\"?",
        "mode: enforc | 1:7: mode: expected observe, shadow or enforce, found \"enforc\"; did you mean \"enforce\"?",
        "mode: [observe] | 1:7: mode: expected observe, shadow or enforce, found a list",
        "fail: yes | 1:7: fail: expected open or closed, found \"yes\"",
        "environment: {a: b} | 1:14: environment: expected text, found a mapping",
        "privacy: none | 1:10: privacy: expected a mapping of content: none, found a single value",
        "privacy: {content: redacted} | 1:20: privacy.content: \"redacted\" is not supported yet; expected none",
        "privacy: {content: full} | 1:20: privacy.content: \"full\" is not supported yet; expected none",
        "privacy: {content: non} | 1:20: privacy.content: expected none, found \"non\"; did you mean \"none\"?",
        "providers: [openai] | 1:12: providers: expected a mapping of provider names, such as openai:, found a list",
        "providers: {openai: x} | 1:21: providers.openai: expected a mapping of settings, such as base-url:, found a single value",
        "providers: {openai: {dialect: opena}} | 1:31: providers.openai.dialect: expected openai, openai-responses, anthropic, gemini, bedrock, cohere or ollama, found \"opena\"; did you mean \"openai\"?",
        "providers: {openai: {deployments: 3}} | 1:35: providers.openai.deployments: expected a mapping of names of deployments, such as chat: gpt-4o, found a single value",
        "providers: {openai: {price: 3}} | 1:29: providers.openai.price: expected free, found \"3\"",
      })
  void wrongValuesNameWhatWasExpected(String text, String problem) {
    assertThat(fixture.problems(text)).containsExactly("headgate.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opnai: {} | unknown provider \"opnai\"; did you mean \"openai\"? A server of your own needs dialect, and base-url or hosts",
        "zzz: {base-url: 'http://x'} | unknown provider \"zzz\"; a server of your own needs dialect, and base-url or hosts",
        "mine: {dialect: openai} | providers.mine: a server of your own needs base-url or hosts as well",
        "My LLM: {dialect: openai, hosts: [a]} | provider name \"My LLM\": expected lower-case letters, digits, - and _, such as my-llm",
      })
  void unknownProvidersNeedADialect(String text, String problem) {
    assertThat(fixture.problems("providers:", "  " + text))
        .containsExactly("headgate.yaml:2:3: " + problem);
  }

  @Test
  void theSpellingOfEnumsMayVaryInCase() {
    assertThat(fixture.file("mode: Observe").mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void allProblemsOfAFileAreReportedTogether() {
    assertThat(fixture.failure("mod: x", "fail: y", "limits: []").getMessage())
        .isEqualTo(
            """
            headgate: headgate.yaml:1:1: unknown key "mod"; did you mean "mode"?
            headgate: headgate.yaml:3:1: key "limits" is not supported yet; remove it
            headgate: headgate.yaml:2:7: fail: expected open or closed, found "y\"""");
  }

  @Test
  void afterTwentyProblemsTheRestIsCounted() {
    String[] lines = new String[23];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "zzzz" + i + ": 1";
    }
    List<String> problems = fixture.problems(lines);
    assertThat(problems).hasSize(21);
    assertThat(problems.get(20)).isEqualTo("and 3 more problems");
  }
}
