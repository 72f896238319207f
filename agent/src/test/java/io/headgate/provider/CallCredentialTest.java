// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.ProviderSettings.KeySetting;
import io.headgate.config.Secret;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallCredentialTest {

  private static final String OPENAI = "https://api.openai.com/v1/chat/completions";
  private static final String BEDROCK =
      "https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse";
  private static final Config NOTHING = Settings.enforce(Map.of());

  /** A server that may need no credential. */
  private static final String OWN = "https://llm.corp/v1/chat/completions";

  private static final Config OWNED =
      Settings.enforce(Map.of("own", Settings.server(WireFormat.OPENAI, null, "llm.corp")));

  private static byte[] of(Config config, String url, String... headers) {
    return of(config, Map.of(), null, url, headers);
  }

  /**
   * @param appProvider null for the one that the URL leads to
   */
  private static byte[] of(
      Config config, Map<String, String> env, String appProvider, String url, String... headers) {
    ProviderCatalog catalog = new ProviderCatalog(config, env);
    GatewayRequest request = SentRequest.request(url, headers);
    Endpoint endpoint = catalog.resolve("POST", URI.create(url));
    return new CallCredential(config, catalog)
        .of(request, endpoint, appProvider == null ? endpoint.provider() : appProvider);
  }

  private static Config pool(String... keys) {
    List<KeySetting> settings =
        Arrays.stream(keys).map(key -> new KeySetting("a" + key, new Secret(key), 1)).toList();
    return Settings.enforce(
        Map.of(
            "openai",
            new ProviderSettings(
                null,
                null,
                null,
                Map.of(),
                List.of(),
                false,
                settings,
                ProviderSettings.Platform.NONE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "x-api-key",
        "Api-Key",
        "x-goog-api-key",
        "Cookie",
        "OpenAI-Organization",
        "openai-project",
        "x-my-auth",
        "ocp-apim-subscription-key",
        "x-access-token",
        "x-amz-security-token",
        "apikey",
        "x-apikey",
        "api_key",
        "token",
        "x-jwt",
        "x-jwt-assertion",
        "X-Password",
        "x-credential",
        "x-client-secret",
        "x-tenant-id",
        "x-session",
        "x-forwarded-client-cert",
        "x-forwarded-user",
        "x-amzn-oidc-data",
        "x-ms-client-principal",
        "x-hf-bill-to",
        "Helicone-User-Id",
        "x-customer",
        "x-team",
        "anthropic-workspace-id",
        "x-account-id",
        "x-subject",
        "x-portkey-virtual-key",
        "cf-aig-byok-alias"
      })
  void everyCharacterOfTheAppsCredentialCounts(String name) {
    String start = "Bearer sk-0123456789012345678901234567890123456789";
    byte[] one = of(OWNED, OWN, name, start + "a");
    assertThat(one).isNotEmpty().isEqualTo(of(OWNED, OWN, name, start + "a"));
    assertThat(one).isNotEqualTo(of(OWNED, OWN, name, start + "b"));
    assertThat(one).isNotEqualTo(of(OWNED, OWN, name + "-token", start + "a"));
    assertThat(of(NOTHING, OPENAI, name, start + "a", "Authorization", "Bearer app"))
        .isNotEqualTo(of(NOTHING, OPENAI, name, start + "b", "Authorization", "Bearer app"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Idempotency-Key",
        "x-request-id",
        "x-headgate-cache-key",
        "cf-aig-cache-key",
        "sec-websocket-key",
        "x-amz-date",
        "x-amz-content-sha256",
        "Accept",
        "User-Agent",
        "x-amz-user-agent",
        "x-ms-useragent",
        "X-Idempotency-Key",
        "idempotency_key",
        "x-stainless-retry-count",
        "traceparent",
        "tracestate",
        "baggage",
        "b3",
        "x-b3-traceid",
        "x-amzn-trace-id",
        "x-cloud-trace-context",
        "x-datadog-parent-id",
        "sentry-trace",
        "x-user-request-id",
        "x-correlation-id",
        "x-goog-api-client",
        "amz-sdk-invocation-id",
        "x-portkey-trace-id",
        "anthropic-version",
        "anthropic-beta",
        "content-type",
        "x-forwarded-for",
        "Origin"
      })
  void whatIsNoCredentialStandsForNobody(String name) {
    assertThat(of(OWNED, OWN, name, "x")).isEmpty();
    assertThat(of(NOTHING, OPENAI, name, "x")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OPENAI,
        "https://eu.api.openai.com/v1/responses",
        "https://api.anthropic.com/v1/messages",
        "https://anyone.openai.azure.com/openai/v1/responses",
        "https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions",
        "https://ollama.com/api/chat",
        BEDROCK
      })
  void aProvidersOwnHostIsNotCalledWithoutACredential(String url) {
    assertThat(of(NOTHING, url)).isNull();
    // They say who calls, and none of them is what the provider lets the call in by.
    assertThat(of(NOTHING, url, "Cookie", "a=b", "x-tenant-id", "t")).isNull();
    assertThat(of(NOTHING, url, "x-tenant-id", "t", "Authorization", "Bearer a")).isNotEmpty();
  }

  @Test
  void whatMayNeedNoCredentialMayHaveNone() {
    assertThat(of(NOTHING, "http://localhost:11434/api/chat")).isEmpty();
    assertThat(of(OWNED, OWN)).isEmpty();
    Config behind = Settings.enforce(Map.of("openai", Settings.base("http://127.0.0.1:8080/v1")));
    assertThat(of(behind, OPENAI)).isEmpty();
    Config elsewhere =
        Settings.enforce(Map.of("openai", Settings.base("https://eu.api.openai.com/v1")));
    assertThat(of(elsewhere, OPENAI)).isNull();
  }

  @Test
  void aGatewayThatHasACredentialMayHoldTheProviders() {
    assertThat(of(via("t"), OPENAI)).isNotEmpty();
    assertThat(of(via(null), OPENAI)).isNull();
  }

  @Test
  void theOrderAndSpellingOfFieldsDoNotMatter() {
    assertThat(of(NOTHING, OPENAI, "Authorization", "Bearer a", "Cookie", "b"))
        .isEqualTo(of(NOTHING, OPENAI, "cookie", "b", "authorization", "Bearer a"))
        .isNotEqualTo(of(NOTHING, OPENAI, "cookie", "Bearer a", "authorization", "b"));
  }

  @Test
  void aKeyInTheUrlCounts() {
    String url = "https://generativelanguage.googleapis.com/v1beta/models/g:generateContent";
    assertThat(of(NOTHING, url)).isNull();
    assertThat(of(NOTHING, url + "?alt=sse&key=a"))
        .isNotEmpty()
        .isEqualTo(of(NOTHING, url + "?key=a"))
        .isNotEqualTo(of(NOTHING, url + "?key=b"));
    for (String name : List.of("api_key", "subscription-key", "access_token", "Token", "tenant")) {
      assertThat(of(OWNED, OWN + "?" + name + "=a"))
          .isNotEmpty()
          .isNotEqualTo(of(OWNED, OWN + "?" + name + "=b"));
    }
    assertThat(of(OWNED, OWN + "?api-version=1&alt=sse")).isEmpty();
    assertThat(of(NOTHING, OPENAI.replace("//", "//user:pass@"))).isNotEmpty();
  }

  @Test
  void aConfiguredKeyStandsForAllWhoUseIt() {
    Config config = Settings.enforce(Map.of("openai", Settings.key("configured")));
    byte[] one = of(config, OPENAI, "Authorization", "Bearer app-1");
    assertThat(one).isNotEmpty().isEqualTo(of(config, OPENAI, "Authorization", "Bearer app-2"));
    assertThat(one)
        .isNotEqualTo(
            of(
                Settings.enforce(Map.of("openai", Settings.key("other"))),
                OPENAI,
                "Authorization",
                "Bearer app-1"));
    // What it does not replace goes along.
    assertThat(one).isNotEqualTo(of(config, OPENAI, "Cookie", "app-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, http://api.openai.com/v1/chat/completions",
    "azure, https://anyone.openai.azure.com/openai/v1/responses",
    "sagemaker, https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/e/invocations"
  })
  void aKeyThatIsNotSentStandsForNobody(String provider, String url) {
    Config config = Settings.enforce(Map.of(provider, Settings.key("configured")));
    assertThat(of(config, url)).isNull();
    assertThat(of(config, url, "Authorization", "Bearer app-1"))
        .isNotEqualTo(of(config, url, "Authorization", "Bearer app-2"));
  }

  @Test
  void aKeyThatGoesToABaseUrlIsSentThere() {
    Config config =
        Settings.enforce(Map.of("openai", Settings.baseAndKey("http://127.0.0.1:8080/v1", "k")));
    for (String url : List.of(OPENAI, OPENAI.replace("https", "http"))) {
      assertThat(of(config, url, "Authorization", "Bearer app-1"))
          .isEqualTo(of(config, url, "Authorization", "Bearer app-2"));
    }
  }

  @Test
  void aPoolOfKeysIsOneOwner() {
    byte[] one = of(pool("a", "b"), OPENAI, "Authorization", "Bearer app-1");
    assertThat(one)
        .isNotEmpty()
        .isEqualTo(of(pool("b", "a"), OPENAI, "Authorization", "Bearer app-2"))
        .isNotEqualTo(of(pool("a", "c"), OPENAI))
        .isNotEqualTo(of(pool("a"), OPENAI));
  }

  @Test
  void configuredFieldsThatMayBeCredentialsCount() {
    assertThat(of(Settings.enforce(Map.of("openai", field("x-route", "a"))), OPENAI)).isNull();
    assertThat(of(Settings.enforce(Map.of("openai", field("x-auth", "a"))), OPENAI))
        .isNotEmpty()
        .isNotEqualTo(of(Settings.enforce(Map.of("openai", field("x-auth", "b"))), OPENAI));
  }

  private static ProviderSettings field(String name, String value) {
    return Settings.headers(Map.of(name, value));
  }

  private static String[] signed(String id, String scope, String signature, String token) {
    return new String[] {
      "Authorization",
      "AWS4-HMAC-SHA256 Credential="
          + id
          + "/"
          + scope
          + "/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature="
          + signature,
      "X-Amz-Date",
      "20260801T000000Z" + signature,
      "X-Amz-Security-Token",
      token,
      "x-amz-content-sha256",
      signature
    };
  }

  @Test
  void aSignatureStandsForItsAccessKey() {
    byte[] one = of(NOTHING, BEDROCK, signed("AKIA1", "20260801/eu-west-1", "aa", "t1"));
    assertThat(one)
        .isNotEmpty()
        .isEqualTo(of(NOTHING, BEDROCK, signed("AKIA1", "20260802/us-east-1", "bb", "t2")))
        .isNotEqualTo(of(NOTHING, BEDROCK, signed("AKIA2", "20260801/eu-west-1", "aa", "t1")));
    assertThat(of(NOTHING, BEDROCK, "Authorization", "AWS4-HMAC-SHA256 x"))
        .isNotEqualTo(of(NOTHING, BEDROCK, "Authorization", "AWS4-HMAC-SHA256 y"));
  }

  @Test
  void atAnotherProviderItIsTheKeyThatIsPlacedThere() {
    String groq = "https://api.groq.com/openai/v1/chat/completions";
    byte[] usual = of(NOTHING, Map.of("GROQ_API_KEY", "k"), "openai", groq);
    assertThat(usual)
        .isNotEmpty()
        .isEqualTo(
            of(NOTHING, Map.of("GROQ_API_KEY", "k"), "openai", groq, "Authorization", "Bearer app"))
        .isNotEqualTo(of(NOTHING, Map.of("GROQ_API_KEY", "l"), "openai", groq))
        .isEqualTo(of(Settings.enforce(Map.of("groq", Settings.key("k"))), groq));
    assertThat(of(NOTHING, Map.of(), "openai", groq)).isNull();
    // The app's own call takes no key from the environment.
    assertThat(of(NOTHING, Map.of("GROQ_API_KEY", "k"), null, groq)).isNull();
  }

  @Test
  void aPlatformsTokenCountsBesideTheAppsCredential() {
    byte[] one = of(via("t"), OPENAI, "Authorization", "Bearer app-1");
    assertThat(one)
        .isEqualTo(of(via("t"), OPENAI, "Authorization", "Bearer app-1"))
        .isNotEqualTo(of(via("t"), OPENAI, "Authorization", "Bearer app-2"))
        .isNotEqualTo(of(via("u"), OPENAI, "Authorization", "Bearer app-1"));
  }

  private static Config via(String token) {
    return Settings.enforce(
        Map.of(
            "openai", Settings.platform(null, "cloudflare", null, null, null),
            "cloudflare", Settings.platform(null, null, "acc", "gw", token)));
  }
}
