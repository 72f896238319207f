// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config.Fail;
import io.headgate.config.Config.Mode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
  private final Fixture fixture = new Fixture();

  @Test
  void propertyBeatsVariableBeatsFile() {
    assertThat(fixture.file("environment: file").environment()).isEqualTo("file");
    fixture.env.put("HEADGATE_ENVIRONMENT", "variable");
    assertThat(fixture.file("environment: file").environment()).isEqualTo("variable");
    fixture.props.setProperty("headgate.environment", "property");
    assertThat(fixture.file("environment: file").environment()).isEqualTo("property");
  }

  @Test
  void aMistakeInTheFileThatIsOverriddenDoesNotMatter() {
    fixture.env.put("HEADGATE_MODE", "OBSERVE");
    assertThat(fixture.file("mode: nonsense").mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void emptyOverridesCountAsNotSet() {
    fixture.env.put("HEADGATE_MODE", "");
    fixture.props.setProperty("headgate.mode", " ");
    assertThat(fixture.file("mode: observe").mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void aValueInThePlaceOfAnAddressIsNotPrinted() {
    fixture.env.put("HEADGATE_PROVIDERS_OPENAI_BASE_URL", "sk-live-1");
    fixture.env.put("HEADGATE_PROVIDERS_OPENAI_HOSTS", "SK-live-2");
    fixture.env.put("HEADGATE_MODE", "sk-live-0123456789abcdef");
    assertThat(fixture.overrideProblems())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase("sk-live"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base-url", "baseUrl", "base_url", "BASE-URL"})
  void propertiesAreRelaxed(String key) {
    fixture.props.setProperty("headgate.providers.openai." + key, "http://x");
    assertThat(fixture.overridesOnly().providers().get("openai").baseUrl())
        .isEqualTo(URI.create("http://x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WORKERS_AI_BASE_URL", "WORKERSAI_BASEURL", "WORKERS_AI_BASEURL"})
  void variablesAreRelaxed(String name) {
    fixture.env.put("HEADGATE_PROVIDERS_" + name, "http://x");
    assertThat(fixture.overridesOnly().providers().get("workers-ai").baseUrl())
        .isEqualTo(URI.create("http://x"));
  }

  @Test
  void overridesOfAProviderLeaveTheRestOfItAlone() {
    fixture.env.put("HEADGATE_PROVIDERS_OPENAI_API_KEY", "sk-1");
    fixture.env.put("HEADGATE_PROVIDERS_OPENAI_HEADERS_X_TEAM", "b");
    ProviderSettings openai =
        fixture
            .file("providers: {openai: {base-url: 'http://x', headers: {X-Team: a, x-b: c}}}")
            .providers()
            .get("openai");
    assertThat(openai.baseUrl()).isEqualTo(URI.create("http://x"));
    assertThat(openai.apiKey().reveal()).isEqualTo("sk-1");
    assertThat(openai.headers()).isEqualTo(Map.of("x-team", "b", "x-b", "c"));
  }

  @Test
  void aServerOfOnesOwnNeedsNoFile() {
    fixture.env.put("HEADGATE_PROVIDERS_MY_LLM_DIALECT", "openai");
    fixture.env.put("HEADGATE_PROVIDERS_MY_LLM_HOSTS", "a.internal, b.internal:80");
    fixture.env.put("HEADGATE_PROVIDERS_MY_LLM_PRICE", "free");
    assertThat(fixture.overridesOnly().providers().get("my-llm"))
        .satisfies(
            mine -> {
              assertThat(mine.dialect()).isEqualTo(WireFormat.OPENAI);
              assertThat(mine.hosts()).containsExactly("a.internal", "b.internal:80");
              assertThat(mine.free()).isTrue();
            });
  }

  @Test
  void variablesFindTheProvidersOfTheFile() {
    fixture.env.put("HEADGATE_PROVIDERS_MY_LLM_BASE_URL", "http://other");
    assertThat(
            fixture
                .file("providers: {my_llm: {dialect: openai, base-url: 'http://x'}}")
                .providers()
                .get("my_llm")
                .baseUrl())
        .isEqualTo(URI.create("http://other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai/gpt-4.1", "[openai/gpt-4.1]"})
  void pricesCanBeProperties(String pattern) {
    fixture.props.setProperty("headgate.pricing." + pattern + ".input", "2");
    fixture.props.setProperty("headgate.pricing." + pattern + ".output", "8");
    assertThat(fixture.overridesOnly().pricing())
        .containsExactly(
            new PriceSetting(
                "openai/gpt-4.1", BigDecimal.valueOf(2), null, null, BigDecimal.valueOf(8)));
  }

  @Test
  void placeholdersWorkInOverrides() {
    fixture.env.put("K", "sk-1");
    fixture.props.setProperty("headgate.providers.openai.api-key", "${K}");
    assertThat(fixture.overridesOnly().providers().get("openai").apiKey().reveal())
        .isEqualTo("sk-1");
  }

  @Test
  void policiesCanBeOverriddenOneByOne() {
    fixture.props.setProperty("headgate.retry.maxAttempts", "2");
    fixture.env.put("HEADGATE_RETRY_ON", "429, 5xx");
    fixture.env.put("HEADGATE_TIMEOUT_FIRST_TOKEN", "7s");
    fixture.env.put("HEADGATE_BREAKER_FAILURERATE", "25%");
    fixture.env.put("HEADGATE_RESPONSE_MODEL", "served");
    Traffic traffic =
        fixture.file("retry: {max-attempts: 5, delay: 1s}", "timeout: {idle: 3s}").traffic();
    assertThat(traffic.retry().maxAttempts()).isEqualTo(2);
    assertThat(traffic.retry().delay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(traffic.retry().on().statuses()).containsExactly(429);
    assertThat(traffic.timeout())
        .isEqualTo(new TimeoutSettings(null, Duration.ofSeconds(7), Duration.ofSeconds(3), null));
    assertThat(traffic.breaker().failureRate()).isEqualTo(0.25);
    assertThat(traffic.answerAsAsked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"headgate.retry.delay", "headgate.timeout.total", "headgate.breaker.window"})
  void aPolicyAloneEnforces(String property) {
    fixture.props.setProperty(property, "1s");
    assertThat(fixture.overridesOnly().mode()).isEqualTo(Mode.ENFORCE);
    assertThat(fixture.overridesOnly().acts()).isTrue();
  }

  @Test
  void modelsAndMetadataCanBeProperties() {
    fixture.props.setProperty("headgate.models.[gpt-4.1]", "openai/gpt-4o");
    fixture.props.setProperty("headgate.metadata.user", "header:x-user,mdc:user");
    Traffic traffic = fixture.overridesOnly().traffic();
    assertThat(traffic.models().resolve("gpt-4.1")).hasToString("openai/gpt-4o");
    assertThat(traffic.metadata().get("user")).hasSize(2);
  }

  @Test
  void withoutAFileModeDependsOnWhatIsOverridden() {
    fixture.env.put("HEADGATE_ENVIRONMENT", "prod");
    fixture.env.put("HEADGATE_FAIL", "closed");
    fixture.env.put("HEADGATE_PRIVACY_CONTENT", "none");
    fixture.env.put("HEADGATE_STATE_TYPE", "memory");
    assertThat(fixture.overridesOnly().mode()).isEqualTo(Mode.OBSERVE);
    fixture.env.put("HEADGATE_PROVIDERS_OPENAI_BASE_URL", "http://x");
    assertThat(fixture.overridesOnly().mode()).isEqualTo(Mode.ENFORCE);
    fixture.props.setProperty("headgate.mode", "observe");
    assertThat(fixture.overridesOnly().mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void namesThatAreNoKeysAreLeftAlone() {
    fixture.env.put("HEADGATE_ENABLED", "true");
    fixture.env.put("HEADGATE_CONFIG", "x");
    fixture.env.put("HEADGATE_ENV", "dev");
    fixture.env.put("HEADGATE_SERVICE_HOST", "10.0.0.1");
    fixture.env.put("HEADGATE_SERVICE_PORT_HTTP", "80");
    fixture.env.put("HEADGATE_PORT_80_TCP_ADDR", "10.0.0.1");
    fixture.env.put("HEADGATE_CACHE_PORT", "tcp://10.0.0.1:6379");
    fixture.props.setProperty("headgate.enabled", "true");
    fixture.props.setProperty("headgate.config", "x");
    fixture.props.setProperty("headgated.mode", "x");
    assertThat(fixture.overridesOnly()).isEqualTo(Config.OBSERVE_ONLY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "headgate.mod | unknown key \"mod\"; did you mean \"mode\"?",
        "headgate.mode.x | mode has no keys under it; expected -Dheadgate.mode",
        "headgate.mode | mode: expected observe, shadow or enforce, found \"1\"",
        "headgate.retry.max-atempts | unknown key \"max-atempts\" under retry; did you mean \"max-attempts\"?",
        "headgate.retry | unknown key \"\" under retry; expected max-attempts, backoff, delay, max-delay, jitter, on or budget",
        "headgate.timeout.idle | timeout.idle: expected a time such as 250ms, 30s, 5m, 1h or 7d, found \"1\"",
        "headgate.limits.x | key \"limits\" is not supported yet; remove it",
        "headgate.models | expected -Dheadgate.models.NAME",
        "headgate.routes[0].use | unknown key \"routes[0]\"; did you mean \"routes\"?",
        "headgate.routes.x | routes cannot be set by a property; use the file",
        "headgate.rewrite.x | rewrite cannot be set by a property; use the file",
        "headgate.cache.ttl | cache cannot be set by a property; use the file",
        "headgate.state.typ | unknown key \"typ\" under state; did you mean \"type\"?",
        "headgate.state.disk | state.disk: expected a size such as 512KB, 16MB or 1GB, found \"1\"",
        "headgate.privacy.contents | unknown key \"contents\" under privacy; did you mean \"content\"?",
        "headgate.providers | expected -Dheadgate.providers.NAME.KEY",
        "headgate.providers.openai | expected -Dheadgate.providers.NAME.KEY",
        "headgate.providers.openai.base-ulr | unknown key \"base-ulr\" under providers.openai; did you mean \"base-url\"?",
        "headgate.providers.openai.via | providers.openai.via: expected cloudflare, found \"1\"",
        "headgate.providers.openai.headers | expected -Dheadgate.providers.openai.headers.FIELD",
        "headgate.providers.opnai.base-url | unknown provider \"opnai\"; did you mean \"openai\"? A server of your own needs dialect, and base-url or hosts",
        "headgate.pricing | expected -Dheadgate.pricing.PROVIDER/MODEL.KEY",
        "headgate.pricing.openai/x.price | unknown key \"price\" under pricing.openai/x; expected input, cached-input, cache-write or output",
      })
  void mistakesInPropertiesNameThem(String property, String problem) {
    fixture.props.setProperty(property, "1");
    assertThat(fixture.overrideProblems()).containsExactly("-D" + property + ": " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HEADGATE_MOD | unknown variable; did you mean HEADGATE_MODE?",
        "HEADGATE_MODE | mode: expected observe, shadow or enforce, found \"1\"",
        "HEADGATE_RETRY_MAX_ATEMPTS | unknown variable; did you mean HEADGATE_RETRY_MAX_ATTEMPTS?",
        "HEADGATE_RETRY_DELAY | retry.delay: expected a time such as 250ms, 30s, 5m, 1h or 7d, found \"1\"",
        "HEADGATE_LIMITS_X | key \"limits\" is not supported yet; remove it",
        "HEADGATE_ROUTES_0_USE | routes cannot be set by a variable; use the file",
        "HEADGATE_MODELS_FAST | models cannot be set by a variable; use the file or -Dheadgate.models.NAME",
        "HEADGATE_CACHE_TTL | cache cannot be set by a variable; use the file",
        "HEADGATE_STATE_TYP | unknown variable; did you mean HEADGATE_STATE_TYPE?",
        "HEADGATE_STATE_TYPE | state.type: expected memory, disk or redis, found \"1\"",
        "HEADGATE_PRICING_X | pricing cannot be set by a variable; use the file or -Dheadgate.pricing…",
        "HEADGATE_PROVIDER_OPENAI_API_KEY | unknown variable; did you mean HEADGATE_PROVIDERS_OPENAI_API_KEY?",
        "HEADGATE_PROVIDERS_OPENAI_BASE_ULR | names no key of a provider; did you mean HEADGATE_PROVIDERS_OPENAI_BASE_URL?",
        "HEADGATE_PROVIDERS_X | names no key of a provider; expected HEADGATE_PROVIDERS_NAME_BASE_URL, _API_KEY, _HEADERS_FIELD, …",
        "HEADGATE_PROVIDERS_OPENAI_VIA | providers.openai.via: expected cloudflare, found \"1\"",
        "HEADGATE_PROVIDERS_OPNAI_BASE_URL | unknown provider \"opnai\"; did you mean \"openai\"? A server of your own needs dialect, and base-url or hosts",
      })
  void mistakesInVariablesNameThem(String variable, String problem) {
    fixture.env.put(variable, "1");
    assertThat(fixture.overrideProblems()).containsExactly(variable + ": " + problem);
  }

  @Test
  void failIsKnownEvenIfTheRestIsWrong() {
    assertThat(fixture.failure("mode: x").fail()).isEqualTo(Fail.OPEN);
    assertThat(fixture.failure("mode: x", "fail: closed").fail()).isEqualTo(Fail.CLOSED);
    assertThat(fixture.failure("fail: x").fail()).isEqualTo(Fail.OPEN);
    assertThat(fixture.failure("mode: \"x", "fail: 'closed' # strict").fail())
        .isEqualTo(Fail.CLOSED);
    fixture.env.put("HEADGATE_FAIL", "closed");
    assertThat(fixture.failure("mode: x", "fail: open").fail()).isEqualTo(Fail.CLOSED);
    fixture.props.setProperty("headgate.fail", "open");
    assertThat(fixture.failure("mode: x", "fail: closed").fail()).isEqualTo(Fail.OPEN);
  }
}
