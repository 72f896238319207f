// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.gateway.GatewayRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

  @ParameterizedTest
  @CsvSource({
    // Below the default base URL.
    "openai, https://api.openai.com/v1/chat/completions, http://127.0.0.1:8080/v1,"
        + " http://127.0.0.1:8080/v1/chat/completions",
    "openai, https://api.openai.com/v1/chat/completions?a=b%20c&d, http://proxy/llm/openai/,"
        + " http://proxy/llm/openai/chat/completions?a=b%20c&d",
    "openai, https://eu.api.openai.com/v1/files/a%2Fb%3A1, https://proxy,"
        + " https://proxy/files/a%2Fb%3A1",
    "openai, https://api.openai.com/v1, http://proxy/v1, http://proxy/v1",
    "openai, https://api.openai.com/v1?x, http://proxy/v1, http://proxy/v1?x",
    "anthropic, https://api.anthropic.com/v1/messages, http://proxy:1, http://proxy:1/v1/messages",
    "anthropic, https://api.anthropic.com/v1/messages?beta=true, http://proxy:1/a/,"
        + " http://proxy:1/a/v1/messages?beta=true",
    "gemini, https://generativelanguage.googleapis.com/v1beta/models/g:generateContent?key=k,"
        + " http://proxy, http://proxy/v1beta/models/g:generateContent?key=k",
    "groq, https://api.groq.com/openai/v1/chat/completions, http://proxy/v9,"
        + " http://proxy/v9/chat/completions",
    "cohere, https://api.cohere.com/v2/chat, http://proxy/c, http://proxy/c/v2/chat",
    "ollama, http://localhost:11434/api/chat, http://localhost:9999, http://localhost:9999/api/chat",
    "deepseek, https://api.deepseek.com/v1/chat/completions, http://proxy,"
        + " http://proxy/v1/chat/completions",
    // Providers with one host per customer or region: all that follows the host.
    "azure, https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1,"
        + " http://proxy/az, http://proxy/az/openai/deployments/d/chat/completions?api-version=1",
    "bedrock, https://bedrock-runtime.us-east-1.amazonaws.com/model/a.b-v1%3A0/converse,"
        + " http://proxy, http://proxy/model/a.b-v1%3A0/converse",
    "vertex, https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/x,"
        + " http://proxy, http://proxy/v1/projects/p/locations/l/x",
    // A placeholder in the default's path stands for one segment.
    "workers-ai, https://api.cloudflare.com/client/v4/accounts/abc/ai/v1/chat/completions,"
        + " http://proxy/v1, http://proxy/v1/chat/completions",
    // Not below the default's path: kept whole.
    "openai, https://api.openai.com/v2/x?y, http://proxy/v1, http://proxy/v2/x?y",
    "openai, https://api.openai.com/v10/x, http://proxy/v1, http://proxy/v10/x",
    "openai, https://api.openai.com/v2/x, http://proxy/llm/v1, http://proxy/llm/v2/x",
    "openai, https://api.openai.com/v2/x, http://proxy/elsewhere, http://proxy/v2/x",
    "openai, https://api.openai.com, http://proxy/v1, http://proxy"
  })
  void whatFollowsTheDefaultBaseUrlIsKept(String name, String url, String base, String expected) {
    Config config = Settings.enforce(Map.of(name, Settings.base(base)));
    assertThat(SentRequest.of(config, url).uri()).hasToString(expected);
  }

  @Test
  void theCredentialOfTheAppGoesAlong() {
    Config config = Settings.enforce(Map.of("openai", Settings.base("http://proxy/v1")));
    GatewayRequest sent =
        SentRequest.of(
            config, "https://api.openai.com/v1/responses", "Authorization", "Bearer app", "x", "y");
    assertThat(sent.headers().first("Authorization")).isEqualTo("Bearer app");
    assertThat(sent.headers().first("x")).isEqualTo("y");
    assertThat(sent.body().text()).isEqualTo("{}");
  }

  @Test
  void observingChangesNothing() {
    Config config = Settings.observe(Map.of("openai", Settings.baseAndKey("http://proxy/v1", "k")));
    GatewayRequest request =
        SentRequest.request("https://api.openai.com/v1/responses", "Authorization", "Bearer app");
    assertThat(SentRequest.of(config, List.of(), request)).isSameAs(request);
  }

  @Test
  void anotherProvidersCallsStayWhereTheyAre() {
    Config config = Settings.enforce(Map.of("openai", Settings.base("http://proxy/v1")));
    GatewayRequest request = SentRequest.request("https://api.groq.com/openai/v1/chat/completions");
    assertThat(SentRequest.of(config, List.of(), request)).isSameAs(request);
  }

  @Test
  void theDefaultBaseUrlItselfChangesNothing() {
    Config config = Settings.enforce(Map.of("openai", Settings.base("https://api.openai.com/v1")));
    GatewayRequest request =
        SentRequest.request("https://api.openai.com/v1/chat/completions?a=%7e");
    assertThat(SentRequest.of(config, List.of(), request)).isSameAs(request);
  }

  @Test
  void aServerOfOnesOwnIsCalledAtItsBaseUrl() {
    Config config =
        Settings.enforce(
            Map.of(
                "vllm",
                Settings.server(WireFormat.OPENAI, "http://new.internal:8000/v1", "old.internal")));
    assertThat(SentRequest.of(config, "http://old.internal/v1/chat/completions?q").uri())
        .hasToString("http://new.internal:8000/v1/chat/completions?q");
  }

  @Test
  void aServerThatTheAppAlreadyCallsIsLeftAlone() {
    Config config =
        Settings.enforce(
            Map.of(
                "vllm",
                Settings.server(WireFormat.OPENAI, "http://localhost:8000/v1", "localhost")));
    GatewayRequest request = SentRequest.request("http://localhost:9000/v1/chat/completions");
    assertThat(SentRequest.of(config, List.of(), request)).isSameAs(request);
  }
}
