// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

  /** All the ways an app may have sent a credential. */
  private static final String[] APP = {
    "Authorization", "Bearer app-secret",
    "X-Api-Key", "app-secret",
    "Api-Key", "app-secret",
    "x-goog-api-key", "app-secret",
    "X-Amz-Security-Token", "app-secret",
    "other", "stays"
  };

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com/v1/chat/completions, Authorization, Bearer new",
    "openai, https://api.openai.com/v1/unheard/of, Authorization, Bearer new",
    "anthropic, https://api.anthropic.com/v1/messages, x-api-key, new",
    "anthropic, https://api.anthropic.com/v1/chat/completions, Authorization, Bearer new",
    "azure, https://r.openai.azure.com/openai/v1/responses, api-key, new",
    "azure, https://r.services.ai.azure.com/anthropic/v1/messages, x-api-key, new",
    "gemini, https://generativelanguage.googleapis.com/v1/models/g:generateContent,"
        + " x-goog-api-key, new",
    "gemini, https://generativelanguage.googleapis.com/v1beta/openai/chat/completions,"
        + " Authorization, Bearer new",
    "vertex, https://aiplatform.googleapis.com/v1/publishers/google/models/g:generateContent,"
        + " Authorization, Bearer new",
    "bedrock, https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse,"
        + " Authorization, Bearer new",
    "deepseek, https://api.deepseek.com/anthropic/v1/messages, x-api-key, new",
    "reka, https://api.reka.ai/v1/chat, x-api-key, new",
    "ollama, http://localhost:11434/api/chat, Authorization, Bearer new"
  })
  void aConfiguredKeyReplacesTheAppsCredentialWhereTheProviderWantsIt(
      String name, String url, String header, String value) {
    List<String> hosts = name.equals("azure") ? List.of(URI.create(url).getHost()) : List.of();
    Config config =
        Settings.enforce(
            Map.of(
                name,
                new ProviderSettings(null, null, new Secret(" new\n"), Map.of(), hosts, false)));
    Headers sent = SentRequest.of(config, url, APP).headers();
    assertThat(sent.all(header)).containsExactly(value);
    assertThat(sent.first("other")).isEqualTo("stays");
    sent.forEach((n, v) -> assertThat(v).doesNotContain("app-secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "azure, https://anyone.openai.azure.com/openai/v1/responses",
    "azure, https://anyone.azure-api.net/openai/deployments/d/chat/completions",
    "huggingface, https://anyone.endpoints.huggingface.cloud/v1/chat/completions",
    "baseten, https://model-any.api.baseten.co/environments/production/sync/v1/chat/completions",
    "openai, http://api.openai.com/v1/chat/completions"
  })
  void aHostThatAnyoneCanHaveGetsNoKeyAndNorDoesOneInClearText(String name, String url) {
    Config config = Settings.enforce(Map.of(name, Settings.key("new")));
    GatewayRequest request = SentRequest.request(url, APP);
    assertThat(SentRequest.of(config, List.of(), request)).isSameAs(request);
  }

  @Test
  void regionsOfAProviderAreItsOwn() {
    Config config = Settings.enforce(Map.of("openai", Settings.key("new")));
    Headers sent = SentRequest.of(config, "https://eu.api.openai.com/v1/models", APP).headers();
    assertThat(sent.first("Authorization")).isEqualTo("Bearer new");
  }

  @Test
  void aHostThatOnlyAVariableNamesIsLeftAlone() {
    Map<String, String> env = Map.of("OPENAI_BASE_URL", "https://llm.example:8443/openai/v1");
    String url = "https://llm.example:8443/openai/v1/chat/completions";
    for (ProviderSettings settings :
        List.of(Settings.key("new"), Settings.baseAndKey("https://other.example/v1", "new"))) {
      Config config = Settings.enforce(Map.of("openai", settings));
      GatewayRequest request = SentRequest.request(url, APP);
      assertThat(SentRequest.of(config, env, List.of(), request)).isSameAs(request);
    }
    Config named =
        Settings.enforce(
            Map.of("openai", Settings.baseAndKey("https://llm.example:8443/openai/v1", "new")));
    assertThat(
            SentRequest.of(named, env, List.of(), SentRequest.request(url, APP))
                .headers()
                .first("Authorization"))
        .isEqualTo("Bearer new");
  }

  @Test
  void anOauthTokenOfAnthropicIsABearerToken() {
    Config config = Settings.enforce(Map.of("anthropic", Settings.key("sk-ant-oat01-x")));
    Headers sent = SentRequest.of(config, "https://api.anthropic.com/v1/messages", APP).headers();
    assertThat(sent.all("authorization")).containsExactly("Bearer sk-ant-oat01-x");
    assertThat(sent.contains("x-api-key")).isFalse();
  }

  @Test
  void aKeyInTheQueryIsReplacedToo() {
    Config config = Settings.enforce(Map.of("gemini", Settings.key("new")));
    String url = "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent";
    GatewayRequest sent = SentRequest.of(config, url + "?key=app-secret&alt=sse");
    assertThat(sent.uri()).hasToString(url + "?alt=sse");
    assertThat(sent.headers().first("x-goog-api-key")).isEqualTo("new");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/p?key=a, https://h/p",
    "https://h/p?alt=sse&key=a, https://h/p?alt=sse",
    "https://h/p?key=a&alt=%20sse&b, https://h/p?alt=%20sse&b",
    "https://h/p?a&key=1&b&key=2, https://h/p?a&b",
    "https://h/p?monkey=1, https://h/p?monkey=1",
    "https://h/p, https://h/p"
  })
  void onlyTheKeyParameterGoes(String before, String after) {
    assertThat(Credentials.withoutKey(URI.create(before))).hasToString(after);
  }

  @Test
  void theQueryOfOtherProvidersIsTheirs() {
    Config config = Settings.enforce(Map.of("openai", Settings.key("new")));
    assertThat(SentRequest.of(config, "https://api.openai.com/v1/models?key=a").uri())
        .hasToString("https://api.openai.com/v1/models?key=a");
  }

  @Test
  void withoutAKeyTheAppsCredentialIsForwarded() {
    for (ProviderSettings settings :
        List.of(Settings.key(""), Settings.key("  "), Settings.base("http://proxy/v1"))) {
      Config config = Settings.enforce(Map.of("openai", settings));
      Headers sent = SentRequest.of(config, "https://api.openai.com/v1/models", APP).headers();
      assertThat(sent.first("Authorization")).isEqualTo("Bearer app-secret");
      assertThat(sent.first("X-Api-Key")).isEqualTo("app-secret");
    }
  }

  @Test
  void aGatewaysKeyStandsBesideTheCredentialOfTheProviderBehindIt() {
    Config config = Settings.enforce(Map.of("cloudflare", Settings.key("new")));
    Headers sent =
        SentRequest.of(
                config, "https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions", APP)
            .headers();
    assertThat(sent.first("cf-aig-authorization")).isEqualTo("Bearer new");
    assertThat(sent.first("Authorization")).isEqualTo("Bearer app-secret");
  }

  @Test
  void aSignedRequestCannotTakeAKey() {
    Config config = Settings.enforce(Map.of("sagemaker", Settings.key("new")));
    GatewayRequest request =
        SentRequest.request(
            "https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/e/invocations", APP);
    assertThat(SentRequest.of(config, List.of(), request)).isSameAs(request);
  }

  @Test
  void headersAreSetButNotThoseTheClientComputes() {
    Config config =
        Settings.enforce(
            Map.of("openai", Settings.headers(Map.of("x-team", "search", "Host", "evil"))));
    Headers sent =
        SentRequest.of(config, "https://api.openai.com/v1/models", "X-Team", "app").headers();
    assertThat(sent.all("x-team")).containsExactly("search");
    assertThat(sent.contains("Host")).isFalse();
  }

  @Test
  void aKeyFollowsTheCallToItsProvidersBaseUrl() {
    Config config =
        Settings.enforce(Map.of("openai", Settings.baseAndKey("http://127.0.0.1:8080/v1", "new")));
    GatewayRequest sent = SentRequest.of(config, "https://api.openai.com/v1/models", APP);
    assertThat(sent.uri()).hasToString("http://127.0.0.1:8080/v1/models");
    assertThat(sent.headers().first("Authorization")).isEqualTo("Bearer new");
  }

  @Test
  void credentialsNeverCrossProviders() {
    Map<String, ProviderSettings> all = new HashMap<>();
    Map<String, Provider> rows = ProviderCatalog.builtIn(new PathRules());
    for (String name : rows.keySet()) {
      all.put(name, Settings.key("key-of-" + name + "."));
    }
    Config config = Settings.enforce(all);
    for (Provider provider : rows.values()) {
      String own = "key-of-" + provider.name() + ".";
      String url = provider.baseUrl().replaceAll("\\{[a-z]+}", "some-name") + "/chat/completions";
      SentRequest.of(config, url)
          .headers()
          .forEach((n, v) -> assertThat(v).as(provider.name()).endsWith(own));
    }
  }

  @Test
  void aCallThatWasLedElsewhereGetsNeitherKeyNorHeaders() {
    Config config =
        Settings.enforce(
            Map.of(
                "openai",
                new ProviderSettings(
                    null, null, new Secret("new"), Map.of("x-team", "search"), List.of(), false)));
    for (String elsewhere :
        List.of(
            "https://api.groq.com/openai/v1/chat/completions",
            "https://api.openai.com.evil.example/v1/chat/completions",
            "https://api.openai.com@evil.example/v1/chat/completions")) {
      GatewayRequest request = SentRequest.request("https://api.openai.com/v1/chat/completions");
      GatewayRequest sent =
          SentRequest.of(
              config,
              List.of(chain -> chain.proceed(chain.request().withUri(URI.create(elsewhere)))),
              request);
      assertThat(sent.headers().isEmpty()).as(elsewhere).isTrue();
    }
  }
}
