// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValuesTest {
  private static final String HOST =
      "expected a host in lower case such as llm.internal or llm.internal:8000, with no scheme or"
          + " path, found ";
  private final Fixture fixture = new Fixture();

  private List<String> provider(String setting) {
    return fixture.problems("providers:", "  openai:", "    " + setting);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "http://localhost/a/b",
        "https://[::1]:8443/v1",
        "HTTPS://RESOURCE.openai.azure.com"
      })
  void baseUrlsAreHttp(String url) {
    assertThat(
            fixture
                .file("providers: {openai: {base-url: '" + url + "'}}")
                .providers()
                .get("openai")
                .baseUrl())
        .hasToString(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api.openai.com/v1 | expected a URL such as https://llm.internal/v1, found \"api.openai.com/v1\"",
        "/v1 | expected a URL such as https://llm.internal/v1, found \"/v1\"",
        "ftp://x/v1 | expected a URL such as https://llm.internal/v1, found \"ftp://x/v1\"; only http and https are supported",
        "http://my_llm:80 | expected a URL such as https://llm.internal/v1, found \"http://my_llm:80\"; Java accepts no _ in host names",
        "http://x:99999 | expected a URL such as https://llm.internal/v1, found \"http://x:99999\"",
        "http://a b | expected a URL such as https://llm.internal/v1, found \"http://a b\"",
        "https://user:secret@x/v1 | a user or password in the URL is not supported; use api-key or headers",
        "https://x/v1?key=secret | a base URL has no ? and no #; expected a URL such as https://llm.internal/v1",
        "https://x/v1#a | a base URL has no ? and no #; expected a URL such as https://llm.internal/v1",
      })
  void otherBaseUrlsAreRefused(String url, String problem) {
    assertThat(provider("base-url: " + url))
        .containsExactly("headgate.yaml:3:15: providers.openai.base-url: " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LLM.internal",
        "http://llm.internal",
        "llm.internal/v1",
        "llm:0",
        "llm:70000",
        "llm:x",
        "*.internal",
        ".internal",
        "a..b",
        "a:1:2"
      })
  void hostsAreNamesWithoutScheme(String host) {
    assertThat(provider("hosts: ['" + host + "']"))
        .containsExactly(
            "headgate.yaml:3:13: providers.openai.hosts: " + HOST + "\"" + host + "\"");
  }

  @Test
  void hostsAreAListAndBelongToOneProvider() {
    assertThat(provider("hosts: llm.internal"))
        .containsExactly(
            "headgate.yaml:3:12: providers.openai.hosts: expected a list such as [llm.internal],"
                + " found a single value");
    assertThat(fixture.problems("providers:", "  openai: {hosts: [a]}", "  azure: {hosts: [a]}"))
        .containsExactly(
            "headgate.yaml:3:19: providers.azure.hosts: \"a\" is listed under providers.openai"
                + " too");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host: x | 3:15: providers.openai.headers.Host cannot be set; the HTTP client sets it",
        "content-length: 3 | 3:15: providers.openai.headers.content-length cannot be set; the HTTP client sets it",
        "x-headgate-id: x | 3:15: providers.openai.headers.x-headgate-id cannot be set; x-headgate-* never leaves the JVM",
        "'x team': a | 3:15: \"x team\" under providers.openai.headers is not an HTTP field name",
        "x-a: \"a\\nb\" | 3:20: providers.openai.headers.x-a: expected one line of printable ASCII characters",
        "x-a: é | 3:20: providers.openai.headers.x-a: expected one line of printable ASCII characters",
        "x-a: [b] | 3:20: providers.openai.headers.x-a: expected text, found a list",
        "Authorization: Bearer abc | 3:30: providers.openai.headers.Authorization: a credential must not stand in the file; write it with ${VARIABLE}",
        "x-auth-token: sk-live-0 | 3:29: providers.openai.headers.x-auth-token: a credential must not stand in the file; write it with ${VARIABLE}",
        "Authorization: 'Bearer ${T:sk-live-0123456789abcdef}' | 3:30: providers.openai.headers.Authorization: a credential must not stand in the file; write it with ${VARIABLE}",
        "Authorization: 'Bearer sk-live-0123 ${T:}' | 3:30: providers.openai.headers.Authorization: a credential must not stand in the file; write it with ${VARIABLE}",
        "x-api-key: abc | 3:26: providers.openai.headers.x-api-key: a credential must not stand in the file; write it with ${VARIABLE}",
      })
  void headersThatCannotBeSentAreRefused(String header, String problem) {
    assertThat(provider("headers: {" + header + "}")).containsExactly("headgate.yaml:" + problem);
  }

  @Test
  void headersThatDifferOnlyInCaseAreOne() {
    assertThat(provider("headers: {x-team: a, X-Team: b}"))
        .containsExactly(
            "headgate.yaml:3:26: providers.openai.headers.X-Team is written twice; keep one");
  }

  @Test
  void headerValuesAreNotPrinted() {
    fixture.env.put("T", "secret");
    Config config = fixture.file("providers: {openai: {headers: {authorization: 'Bearer ${T}'}}}");
    assertThat(config.providers().get("openai").headers())
        .isEqualTo(Map.of("authorization", "Bearer secret"));
    assertThat(config.toString()).contains("authorization").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-live-1", "'${A:sk-live-0123456789abcdef}'", "'sk-${A:}'"})
  void aKeyWrittenOutIsRefusedAndNotPrinted(String key) {
    assertThat(provider("api-key: " + key))
        .containsExactly(
            "headgate.yaml:3:14: providers.openai.api-key: the key itself must not stand in the"
                + " file; write api-key: ${OPENAI_API_KEY} and set that variable");
  }

  @Test
  void theVariableOfAKeyIsNamedAfterItsProvider() {
    assertThat(fixture.problems("providers: {workers-ai: {api-key: abc}}").get(0))
        .endsWith("write api-key: ${WORKERS_AI_API_KEY} and set that variable");
  }

  @Test
  void aStandInForAKeyMayBeTheDefault() {
    assertThat(
            fixture
                .file("providers: {openai: {api-key: '${LOCAL_KEY:not-needed}'}}")
                .providers()
                .get("openai")
                .apiKey()
                .reveal())
        .isEqualTo("not-needed");
  }

  @Test
  void aKeyWithALineBreakIsRefusedAndNotPrinted() {
    fixture.env.put("K", "sk-1\nsk-2");
    assertThat(provider("api-key: ${K}"))
        .containsExactly(
            "headgate.yaml:3:14: providers.openai.api-key: the key has characters that no HTTP"
                + " header may have");
  }

  @Test
  void whiteSpaceAroundAKeyIsDropped() {
    fixture.env.put("K", "sk-1\n");
    assertThat(
            fixture
                .file("providers: {openai: {api-key: '${K}'}}")
                .providers()
                .get("openai")
                .apiKey()
                .reveal())
        .isEqualTo("sk-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'gpt-4o': {input: 1, output: 1} | 2:3: pricing: expected a pattern such as openai/gpt-4o or vllm/*, found \"gpt-4o\"",
        "'openia/gpt-4o': {input: 1, output: 1} | 2:3: unknown provider \"openia\" in pricing; did you mean \"openai\"?",
        "'zzz/gpt-4o': {input: 1, output: 1} | 2:3: unknown provider \"zzz\" in pricing; expected a pattern such as openai/gpt-4o or vllm/*",
        "'openai/x': {input: 1} | 2:3: pricing.openai/x: output is missing; write 0 if it costs nothing",
        "'openai/x': {output: 1} | 2:3: pricing.openai/x: input is missing; write 0 if it costs nothing",
        "'openai/x': {input: $2, output: 1} | 2:23: pricing.openai/x.input: expected USD per 1M tokens, such as 2.50, found \"$2\"",
        "'openai/x': {input: -2, output: 1} | 2:23: pricing.openai/x.input: expected 0 to 1000000 with at most 9 decimals, found \"-2\"",
        "'openai/x': {input: 1e99999999, output: 1} | 2:23: pricing.openai/x.input: expected 0 to 1000000 with at most 9 decimals, found \"1e99999999\"",
        "'openai/x': {input: 1e-99999999, output: 1} | 2:23: pricing.openai/x.input: expected 0 to 1000000 with at most 9 decimals, found \"1e-99999999\"",
        "'openai/x': {input: [1], output: 1} | 2:23: pricing.openai/x.input: expected USD per 1M tokens, such as 2.50, found a list",
        "'openai/x': 3 | 2:15: pricing.openai/x: expected a mapping of input: and output:, found a single value",
      })
  void wrongPricesAreExplained(String price, String problem) {
    assertThat(fixture.problems("pricing:", "  " + price))
        .first()
        .isEqualTo("headgate.yaml:" + problem);
  }

  @Test
  void patternsMayNameServersOfOnesOwnOrAnyProvider() {
    Config config =
        fixture.file(
            "providers: {vllm: {dialect: openai, hosts: [a]}}",
            "pricing: {'vllm/*': {input: 1, output: 1}, '*/b': {input: 1, output: 1}}");
    assertThat(config.pricing()).extracting(PriceSetting::pattern).containsExactly("vllm/*", "*/b");
  }
}
