// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingRequestsTest {

  private static final String OPENAI = "https://api.openai.com/v1/chat/completions";
  private static final Config NOTHING = Settings.enforce(Map.of());

  private static @Nullable GatewayRequest of(
      Config config, @Nullable String provider, String url, String... headers) {
    ProviderCatalog catalog = new ProviderCatalog(config, Map.of("GROQ_API_KEY", "groq-key"));
    Endpoint endpoint = catalog.resolve("POST", URI.create(url));
    assertThat(endpoint).isNotNull();
    return new EmbeddingRequests(config, catalog)
        .of(
            provider == null ? endpoint.provider() : provider,
            "embed",
            new byte[] {'{', '}'},
            SentRequest.request(url, headers),
            endpoint.provider());
  }

  private static @Nullable String uri(Config config, String url, String... headers) {
    GatewayRequest request = of(config, null, url, headers);
    return request == null ? null : request.uri().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1/chat/completions, https://api.openai.com/v1/embeddings",
    "https://eu.api.openai.com/v1/responses, https://eu.api.openai.com/v1/embeddings",
    "https://api.openai.com:443/v1/chat/completions, https://api.openai.com:443/v1/embeddings",
    "https://me.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=1,"
        + " https://me.openai.azure.com/openai/deployments/embed/embeddings?api-version=1",
    "https://me.openai.azure.com/openai/v1/responses,"
        + " https://me.openai.azure.com/openai/v1/embeddings",
    "https://gw.azure-api.net/team/openai/deployments/gpt/chat/completions?api-version=1,"
        + " https://gw.azure-api.net/team/openai/deployments/embed/embeddings?api-version=1",
    "https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions,"
        + " https://gateway.ai.cloudflare.com/v1/a/g/openai/embeddings",
    "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse&key=k,"
        + " https://generativelanguage.googleapis.com/v1beta/openai/embeddings?key=k",
    "http://localhost:11434/api/chat, http://localhost:11434/v1/embeddings",
    "https://api.mistral.ai/v1/chat/completions, https://api.mistral.ai/v1/embeddings"
  })
  void theAppsProviderIsAskedWhereTheAppAsksIt(String app, String expected) {
    assertThat(uri(NOTHING, app)).isEqualTo(expected);
  }

  @Test
  void aServerOfTheAppsOwnIsAskedBelowItsPrefix() {
    Config own =
        Settings.enforce(
            Map.of("own", Settings.server(WireFormat.OPENAI, "https://x/llm/v1", "llm.corp")));
    assertThat(uri(own, "https://llm.corp:8443/a/v1/chat/completions"))
        .isEqualTo("https://llm.corp:8443/a/v1/embeddings");
    Config proxied = Settings.enforce(Map.of("openai", hosts("proxy.corp")));
    assertThat(uri(proxied, "https://proxy.corp/x/v1/responses"))
        .isEqualTo("https://proxy.corp/x/v1/embeddings");
    // Whether it has any there cannot be known.
    assertThat(uri(proxied, "https://proxy.corp/x/y/chat/completions")).isNull();
    Config other =
        Settings.enforce(Map.of("own", Settings.server(WireFormat.ANTHROPIC, null, "llm.corp")));
    assertThat(uri(other, "https://llm.corp/v1/messages")).isNull();
  }

  private static ProviderSettings hosts(String host) {
    return Settings.server(null, null, host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v2/unknown",
        "https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse",
      })
  void whereNoneCanBeFoundThereIsNone(String app) {
    assertThat(of(NOTHING, null, app, "Authorization", "AWS4-HMAC-SHA256 Credential=x")).isNull();
  }

  @Test
  void onlyTheAppsCredentialGoesAlong() {
    GatewayRequest request =
        of(
            NOTHING,
            null,
            OPENAI,
            "Authorization",
            "Bearer app",
            "OpenAI-Organization",
            "org",
            "openai-project",
            "p",
            "Idempotency-Key",
            "i",
            "x-headgate-cache-key",
            "k",
            "x-headgate-auth",
            "h",
            "x-auth-user",
            "u",
            "Cookie",
            "c",
            "content-type",
            "text/plain");
    assertThat(request).isNotNull();
    Map<String, Object> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach((name, value) -> assertThat(fields.put(name, value)).isNull());
    assertThat(fields)
        .containsOnly(
            Map.entry("Authorization", "Bearer app"),
            Map.entry("OpenAI-Organization", "org"),
            Map.entry("openai-project", "p"),
            Map.entry("accept", "application/json"),
            Map.entry("content-type", "application/json"));
  }

  @Test
  void aGatewaysOwnKeyIsACredentialToo() {
    GatewayRequest request =
        of(
            NOTHING,
            null,
            "https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions",
            "cf-aig-authorization",
            "Bearer gw",
            "Authorization",
            "Bearer app");
    assertThat(request).isNotNull();
    assertThat(request.headers().first("cf-aig-authorization")).isEqualTo("Bearer gw");
    assertThat(request.headers().first("Authorization")).isEqualTo("Bearer app");
  }

  @Test
  void anotherProviderIsAskedAtItsOwnHostWithItsOwnKey() {
    GatewayRequest request = of(NOTHING, "groq", OPENAI, "Authorization", "Bearer app");
    assertThat(request).isNotNull();
    assertThat(request.uri()).hasToString("https://api.groq.com/openai/v1/embeddings");
    assertThat(request.headers().first("Authorization")).isEqualTo("Bearer groq-key");
    assertThat(of(NOTHING, "mistral", OPENAI, "Authorization", "Bearer app")).isNull();
    assertThat(of(NOTHING, "anything", OPENAI, "Authorization", "Bearer app")).isNull();
  }
}
