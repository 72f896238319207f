// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.gateway.Endpoint;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ProviderCatalogTest {

  private final ProviderCatalog catalog = new ProviderCatalog(Config.OBSERVE_ONLY);

  /** One call per line: method, URL, provider, telemetry name, format, operation, model, stream. */
  @ParameterizedTest
  @CsvFileSource(resources = "calls.csv", delimiter = ' ', nullValues = "-")
  void knowsWhereACallLeads(
      String method,
      String url,
      String provider,
      String telemetryName,
      String format,
      String operation,
      String model,
      boolean stream) {
    assertThat(catalog.resolve(method, URI.create(url)))
        .isEqualTo(
            new Endpoint(
                provider,
                telemetryName,
                WireFormat.valueOf(format),
                Operation.valueOf(operation),
                model,
                stream));
  }

  @Test
  void everyProviderHasACallInTheTable() throws Exception {
    Set<String> tested = new HashSet<>();
    try (var lines = getClass().getResourceAsStream("calls.csv")) {
      for (String line : new String(lines.readAllBytes()).split("\n")) {
        String[] words = line.split(" ");
        if (!words[5].equals("UNKNOWN")) {
          tested.add(words[2]);
        }
      }
    }
    assertThat(tested).isEqualTo(ProviderCatalog.names());
    assertThat(tested).hasSizeGreaterThanOrEqualTo(70);
  }

  @Test
  void everyRowIsWholeAndItsDefaultBaseUrlIsOneOfItsHosts() {
    HostTable hosts = new HostTable(Map.of());
    Map<String, Provider> rows = ProviderCatalog.builtIn(new PathRules());
    assertThat(new TreeSet<>(rows.keySet())).hasSize(rows.size());
    for (Provider provider : rows.values()) {
      URI base = URI.create(provider.baseUrl().replaceAll("\\{[a-z]+}", "some-name"));
      HostPattern pattern = hosts.find(base.getHost(), base.getPort());
      assertThat(pattern).as(provider.name()).isNotNull();
      assertThat(pattern.provider()).isEqualTo(provider.name());
      assertThat(provider.telemetryName()).matches("[a-z0-9_.]+");
      assertThat(provider.roots()).as(provider.name()).isNotEmpty();
    }
  }

  @Test
  void theNamesOfTheContractAreThere() {
    assertThat(ProviderCatalog.names())
        .contains(
            "openai",
            "azure",
            "anthropic",
            "gemini",
            "vertex",
            "bedrock",
            "mistral",
            "groq",
            "cohere",
            "deepseek",
            "xai",
            "openrouter",
            "together",
            "fireworks",
            "perplexity",
            "cerebras",
            "ollama",
            "workers-ai",
            "cloudflare",
            "huggingface",
            "replicate");
  }

  @Test
  void anotherHostIsNoneOfOurs() {
    assertThat(resolve(catalog, "POST", "https://example.org/v1/chat/completions")).isNull();
    assertThat(resolve(catalog, "POST", "https://api.openai.com.evil.example/v1/responses"))
        .isNull();
    assertThat(resolve(catalog, "POST", "https://api.openai.com:8443/v1/responses")).isNull();
    assertThat(resolve(catalog, "POST", "mailto:someone@example.org")).isNull();
  }

  @Test
  void onASharedHostOnlyKnownPathsAreOurs() {
    assertThat(resolve(catalog, "GET", "https://api.cloudflare.com/client/v4/zones")).isNull();
    assertThat(resolve(catalog, "GET", "https://x.snowflakecomputing.com/api/v2/statements"))
        .isNull();
    assertThat(resolve(catalog, "POST", "https://x.azure-api.net/orders")).isNull();
    assertThat(resolve(catalog, "POST", "https://x.azure-api.net/v1/messages")).isNull();
    assertThat(resolve(catalog, "POST", "https://x.azure-api.net/files")).isNull();
    assertThat(resolve(catalog, "POST", "https://x.cloud.databricks.com/api/2.1/jobs")).isNull();
  }

  @Test
  void aServerOfOnesOwnSpeaksItsDialectAtTheSamePaths() {
    ProviderCatalog own =
        with(
            Map.of(
                "vllm", server(WireFormat.OPENAI, "http://llm.internal:8000/gw", "llm.internal"),
                "claude", server(WireFormat.ANTHROPIC, null, "claude.internal:81"),
                "gem", server(WireFormat.GEMINI, null, "gem.internal"),
                "rock", server(WireFormat.BEDROCK, null, "rock.internal"),
                "co", server(WireFormat.COHERE, null, "co.internal"),
                "llama", server(WireFormat.OLLAMA, null, "llama.internal"),
                "resp", server(WireFormat.OPENAI_RESPONSES, null, "resp.internal"),
                "plain", server(null, null, "plain.internal")));
    assertEndpoint(own, "http://llm.internal:8000/v1/chat/completions", "vllm", "CHAT", "OPENAI");
    assertEndpoint(own, "http://llm.internal/a/b/v1/embeddings", "vllm", "EMBEDDINGS", "OPENAI");
    assertEndpoint(own, "http://llm.internal/gw/embeddings", "vllm", "EMBEDDINGS", "OPENAI");
    assertEndpoint(own, "http://llm.internal/chat/completions", "vllm", "CHAT", "OPENAI");
    assertEndpoint(own, "http://llm.internal/v1/responses", "vllm", "CHAT", "OPENAI_RESPONSES");
    assertEndpoint(own, "http://llm.internal/v1/threads/t/messages", "vllm", "UNKNOWN", "OTHER");
    assertEndpoint(own, "http://llm.internal/orders", "vllm", "UNKNOWN", "OTHER");
    assertEndpoint(own, "http://claude.internal:81/v1/messages", "claude", "CHAT", "ANTHROPIC");
    assertEndpoint(own, "http://claude.internal:81/p/v1/messages", "claude", "CHAT", "ANTHROPIC");
    assertEndpoint(own, "http://gem.internal/models/g:generateContent", "gem", "CHAT", "GEMINI");
    assertEndpoint(own, "http://rock.internal/x/model/m/converse", "rock", "CHAT", "BEDROCK");
    assertEndpoint(own, "http://co.internal/v2/chat", "co", "CHAT", "COHERE");
    assertEndpoint(own, "http://llama.internal/api/chat", "llama", "CHAT", "OLLAMA");
    assertEndpoint(own, "http://resp.internal/v1/responses", "resp", "CHAT", "OPENAI_RESPONSES");
    assertEndpoint(own, "http://plain.internal/v1/chat/completions", "plain", "CHAT", "OPENAI");
    assertThat(resolve(own, "POST", "http://claude.internal/v1/messages")).isNull();
  }

  @Test
  void aFurtherHostOfABuiltInProviderIsThatProvider() {
    ProviderCatalog own = with(Map.of("openai", server(null, null, "proxy.internal")));
    assertEndpoint(own, "http://proxy.internal:1/v1/chat/completions", "openai", "CHAT", "OPENAI");
    assertEndpoint(own, "http://proxy.internal/llm/v1/messages", "openai", "CHAT", "ANTHROPIC");
  }

  private static void assertEndpoint(
      ProviderCatalog catalog, String url, String provider, String operation, String format) {
    Endpoint endpoint = resolve(catalog, "POST", url);
    assertThat(endpoint).as(url).isNotNull();
    assertThat(endpoint.provider() + " " + endpoint.operation() + " " + endpoint.format())
        .as(url)
        .isEqualTo(provider + " " + operation + " " + format);
  }

  @Test
  void knowsInWhichFormatsModelsCanBeCalled() {
    assertThat(catalog.formats("openai"))
        .containsExactly(WireFormat.OPENAI, WireFormat.OPENAI_RESPONSES);
    assertThat(catalog.formats("anthropic-aws")).containsExactly(WireFormat.ANTHROPIC);
    assertThat(catalog.formats("sagemaker")).as("paths of its own").isEmpty();
    assertThat(catalog.formats("nobody")).isEmpty();
    assertThat(
            with(Map.of("mine", server(WireFormat.OLLAMA, null, "llm.internal"))).formats("mine"))
        .contains(WireFormat.OLLAMA);
  }

  private static Endpoint resolve(ProviderCatalog catalog, String method, String url) {
    return catalog.resolve(method, URI.create(url));
  }

  private static ProviderSettings server(WireFormat dialect, String base, String host) {
    return new ProviderSettings(
        dialect, base == null ? null : URI.create(base), null, Map.of(), List.of(host), false);
  }

  private static ProviderCatalog with(Map<String, ProviderSettings> providers) {
    return new ProviderCatalog(
        new Config("f", Config.Mode.ENFORCE, Config.Fail.OPEN, "", providers, List.of()));
  }
}
