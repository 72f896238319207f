// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import io.headgate.gateway.ApiKey;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key an attempt gets, in particular at another provider than the app's. */
class KnownKeysTest {

  private static final String OPENAI = "https://api.openai.com/v1/chat/completions";

  private static final Config NOTHING = Settings.enforce(Map.of());

  /** An attempt whose runner forgot to take the app's credentials off. */
  private static Headers careless(
      Config config, Map<String, String> env, String provider, String url, ApiKey key) {
    ProviderCatalog catalog = new ProviderCatalog(config, env);
    Interceptor runner =
        chain -> {
          URI uri = URI.create(url + "?key=app");
          return chain.proceed(
              chain.request().withUri(uri),
              new Attempt(catalog.resolve("POST", uri), RequestFacts.NONE, key, null));
        };
    GatewayRequest request =
        SentRequest.request(
            OPENAI, "Authorization", "Bearer app", "x-api-key", "app", "x-goog-api-key", "app");
    GatewayRequest sent = SentRequest.of(config, catalog, List.of(runner), request);
    assertThat(sent.uri()).hasToString(url);
    sent.headers().forEach((name, value) -> assertThat(value).doesNotContain("app"));
    return sent.headers();
  }

  @ParameterizedTest
  @CsvSource({
    "groq, https://api.groq.com/openai/v1/chat/completions, GROQ_API_KEY, Authorization, Bearer v",
    "anthropic, https://api.anthropic.com/v1/messages, ANTHROPIC_API_KEY, x-api-key, v",
    "anthropic, https://api.anthropic.com/v1/messages, ANTHROPIC_AUTH_TOKEN, Authorization,"
        + " Bearer v",
    "gemini, https://generativelanguage.googleapis.com/v1beta/models/g:generateContent,"
        + " GOOGLE_API_KEY, x-goog-api-key, v"
  })
  void anAttemptAtAnotherProviderHasTheKeyOfItsUsualVariableOrNone(
      String provider, String url, String variable, String field, String value) {
    Map<String, String> env = Map.of(variable, " v\n", "OPENAI_API_KEY", "not-this");
    assertThat(careless(NOTHING, env, provider, url, null).toMap())
        .isEqualTo(Map.of(field, List.of(value)));
    assertThat(careless(NOTHING, Map.of(), provider, url, null).isEmpty()).isTrue();
    assertThat(careless(NOTHING, Map.of(variable, "v\nw"), provider, url, null).isEmpty()).isTrue();
    ProviderCatalog with = new ProviderCatalog(NOTHING, env);
    assertThat(new KnownKeys(with).hasCredential(provider, "openai")).isTrue();
    assertThat(new KnownKeys(new ProviderCatalog(NOTHING)).hasCredential(provider, "openai"))
        .isFalse();
  }

  @Test
  void theKeyChosenForTheAttemptGoesBeforeTheConfiguredOneAndThatBeforeTheVariables() {
    String url = "https://api.groq.com/openai/v1/chat/completions";
    Map<String, String> env = Map.of("GROQ_API_KEY", "variable");
    Config keyed = Settings.enforce(Map.of("groq", Settings.key("configured")));
    assertThat(careless(keyed, env, "groq", url, null).first("Authorization"))
        .isEqualTo("Bearer configured");
    assertThat(careless(keyed, env, "groq", url, new ApiKey("a", "chosen")).first("Authorization"))
        .isEqualTo("Bearer chosen");
  }

  @Test
  void aChosenKeyIsBoundToTheHostsOfItsProvider() {
    ProviderCatalog catalog = new ProviderCatalog(NOTHING);
    Interceptor runner =
        chain ->
            chain.proceed(
                chain.request().withUri(URI.create("https://api.groq.com.evil.example/x")),
                new Attempt(
                    catalog.resolve("POST", URI.create("https://api.groq.com/openai/v1/responses")),
                    RequestFacts.NONE,
                    new ApiKey("a", "chosen"),
                    null));
    GatewayRequest sent =
        SentRequest.of(
            NOTHING,
            catalog,
            List.of(runner),
            SentRequest.request(OPENAI, "Authorization", "Bearer app"));
    assertThat(sent.headers().isEmpty()).isTrue();
  }

  @Test
  void variablesAreNotReadForTheAppsOwnProvider() {
    Map<String, String> env = Map.of("OPENAI_API_KEY", "variable");
    GatewayRequest request = SentRequest.request(OPENAI, "Authorization", "Bearer app");
    assertThat(SentRequest.of(NOTHING, env, List.of(), request)).isSameAs(request);
  }

  @Test
  void whereNobodyChoosesTheFirstOfSeveralKeysServes() {
    ProviderSettings pool =
        new ProviderSettings(
            null,
            null,
            null,
            Map.of(),
            List.of(),
            false,
            List.of(
                new ProviderSettings.KeySetting("a", new Secret("first"), 1),
                new ProviderSettings.KeySetting("b", new Secret("second"), 1)),
            ProviderSettings.Platform.NONE);
    Headers sent =
        SentRequest.of(
                Settings.enforce(Map.of("openai", pool)), OPENAI, "Authorization", "Bearer app")
            .headers();
    assertThat(sent.all("Authorization")).containsExactly("Bearer first");
  }

  @Test
  void nothingIsAddedInTheShadow() {
    Config config = Settings.shadow(Map.of("openai", Settings.baseAndKey("http://proxy/v1", "k")));
    GatewayRequest request = SentRequest.request(OPENAI, "Authorization", "Bearer app");
    assertThat(SentRequest.of(config, List.of(), request)).isSameAs(request);
  }

  @Test
  void serversOfOnesOwnAndWhatStandsInFrontOfAProviderMayNeedNoKey() {
    Config config =
        Settings.enforce(
            Map.of(
                "vllm", Settings.server(WireFormat.OPENAI, "http://llm.internal/v1"),
                "groq", Settings.base("http://proxy.internal/v1"),
                "azure", Settings.base("https://r.openai.azure.com"),
                "mistral", Settings.headers(Map.of("Authorization", "Bearer x")),
                "xai", Settings.headers(Map.of("x-team", "search")),
                "anthropic", Settings.platform(null, "cloudflare", null, null, null),
                "cloudflare", Settings.platform(null, null, "a", "g", "t")));
    KnownKeys keys =
        new KnownKeys(
            new ProviderCatalog(
                config,
                Map.of("AWS_ACCESS_KEY_ID", "x", "GOOGLE_APPLICATION_CREDENTIALS", "/f.json")));
    for (String name :
        List.of("vllm", "groq", "mistral", "ollama", "openai", "anthropic", "cloudflare")) {
      assertThat(keys.hasCredential(name, "openai")).as(name).isTrue();
    }
    for (String name :
        List.of("azure", "xai", "bedrock", "vertex", "sagemaker", "deepseek", "nobody")) {
      assertThat(keys.hasCredential(name, "openai")).as(name).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com/v1/responses, true",
    "openai, http://api.openai.com/v1/responses, false",
    "openai, https://api.groq.com/openai/v1/responses, false",
    "azure, https://mine.openai.azure.com/openai/v1/responses, false",
    "mistral, https://proxy.internal/v1/chat/completions, true",
    "mistral, https://other.internal/v1/chat/completions, false",
    "groq, https://api.groq.com/openai/v1/responses, false",
    "nobody, https://api.openai.com/v1/responses, false"
  })
  void aKeyIsChargedOnlyWithWhatItWasSentTo(String provider, String url, boolean placed) {
    Config config =
        Settings.enforce(
            Map.of(
                "openai", Settings.key("k"),
                "azure", Settings.key("k"),
                "mistral", Settings.baseAndKey("https://proxy.internal/v1", "k")));
    ProviderCatalog catalog = new ProviderCatalog(config, Map.of("GROQ_API_KEY", "usual"));
    URI uri = URI.create(url);
    assertThat(new KnownKeys(catalog).placesKey(uri, provider)).isEqualTo(placed);
  }
}
