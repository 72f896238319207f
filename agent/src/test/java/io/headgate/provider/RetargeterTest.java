// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetargeterTest {

  private static final String GEMINI = "https://generativelanguage.googleapis.com/v1beta/models/";
  private static final String OPENAI = "https://api.openai.com/v1/";

  private static Retargeted retarget(
      Config config, String url, String provider, String model, String... headers) {
    return retarget(new ProviderCatalog(config), url, provider, model, headers);
  }

  private static Retargeted retarget(
      ProviderCatalog catalog, String url, String provider, String model, String... headers) {
    GatewayRequest request = SentRequest.request(url, headers);
    Endpoint from = catalog.resolve("POST", request.uri());
    Retargeter retargeter = new Retargeter(catalog);
    Retargeted retargeted = retargeter.retarget(request, from, provider, model);
    assertThat(retargeter.whyNot(request, from, provider, model) == null)
        .isEqualTo(retargeted != null);
    return retargeted;
  }

  private static String why(Config config, String url, String provider) {
    ProviderCatalog catalog = new ProviderCatalog(config);
    GatewayRequest request = SentRequest.request(url);
    Endpoint from = catalog.resolve("POST", request.uri());
    return new Retargeter(catalog).whyNot(request, from, provider, "m");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini, new-model,"
        + GEMINI
        + "old:streamGenerateContent?alt=sse&key=k,"
        + GEMINI
        + "new-model:streamGenerateContent?alt=sse&key=k",
    "gemini, a:b/c,"
        + GEMINI
        + "old%3AgenerateContent?x=%7e,"
        + GEMINI
        + "a%3Ab%2Fc%3AgenerateContent?x=%7e",
    "gemini, new," + GEMINI + "old:embedContent," + GEMINI + "new:embedContent",
    "bedrock, us.amazon.nova-pro-v1:0,"
        + " https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.c-v1%3A0/converse,"
        + " https://bedrock-runtime.eu-west-1.amazonaws.com/model/us.amazon.nova-pro-v1%3A0/converse",
    "bedrock, arn:aws:bedrock:eu:1:inference-profile/p,"
        + " https://bedrock-runtime.eu.amazonaws.com/model/arn:a/b/converse-stream?q,"
        + " https://bedrock-runtime.eu.amazonaws.com/model/"
        + "arn%3Aaws%3Abedrock%3Aeu%3A1%3Ainference-profile%2Fp/converse-stream?q",
    "azure, gpt 4o,"
        + " https://r.openai.azure.com//openai/deployments/d%C3%A9/chat/completions?api-version=1&b,"
        + " https://r.openai.azure.com//openai/deployments/gpt%204o/chat/completions?api-version=1&b",
    "vertex, claude-x@2025,"
        + " https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/c@1:rawPredict,"
        + " https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/claude-x@2025:rawPredict",
    "workers-ai, @cf/meta/llama,"
        + " https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/x/y,"
        + " https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/meta/llama"
  })
  void atTheSameProviderOnlyTheModelsPlaceInThePathChanges(
      String provider, String model, String url, String expected) {
    Retargeted retargeted =
        retarget(Config.OBSERVE_ONLY, url, provider, model, "Cookie", "c", "x-goog-api-key", "k");
    assertThat(retargeted.request().uri()).hasToString(expected);
    assertThat(retargeted.endpoint().model()).isEqualTo(model);
    assertThat(retargeted.request().headers().toMap()).containsOnlyKeys("Cookie", "x-goog-api-key");
  }

  @Test
  void whereTheBodyNamesTheModelTheRequestStaysAsItIs() {
    ProviderCatalog catalog = new ProviderCatalog(Config.OBSERVE_ONLY);
    GatewayRequest request = SentRequest.request(OPENAI + "chat/completions?a=%7e", "Cookie", "c");
    Endpoint from = catalog.resolve("POST", request.uri());
    Retargeted retargeted = new Retargeter(catalog).retarget(request, from, "openai", "other");
    assertThat(retargeted.request()).isSameAs(request);
    assertThat(retargeted.endpoint()).isSameAs(from);
  }

  @Test
  void aCallThatTheAppSignedKeepsItsModelUnlessThereIsAKey() {
    String url = "https://bedrock-runtime.eu.amazonaws.com/model/old/converse";
    String[] signed = {"Authorization", "AWS4-HMAC-SHA256 Credential=x"};
    assertThat(retarget(Config.OBSERVE_ONLY, url, "bedrock", "new", signed)).isNull();
    assertThat(retarget(Config.OBSERVE_ONLY, url, "bedrock", "old", signed)).isNotNull();
    Config keyed = Settings.enforce(Map.of("bedrock", Settings.key("k")));
    assertThat(retarget(keyed, url, "bedrock", "new", signed)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "groq, chat/completions?x=1, https://api.groq.com/openai/v1/chat/completions",
    "groq, responses, https://api.groq.com/openai/v1/responses",
    "mistral, embeddings, https://api.mistral.ai/v1/embeddings",
    "deepseek, chat/completions, https://api.deepseek.com/chat/completions",
    "cohere, chat/completions, https://api.cohere.com/compatibility/v1/chat/completions",
    "gemini, chat/completions,"
        + " https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
    "anthropic, chat/completions, https://api.anthropic.com/v1/chat/completions",
    "openrouter, chat/completions, https://openrouter.ai/api/v1/chat/completions",
    "zai, chat/completions, https://api.z.ai/api/paas/v4/chat/completions",
    "ollama, chat/completions, http://localhost:11434/v1/chat/completions",
    "azure, chat/completions, https://r.openai.azure.com/openai/deployments/a%2Fb/"
        + "chat/completions?api-version=2024-10-21",
    "azure, responses, https://r.openai.azure.com/openai/v1/responses",
    "vertex, chat/completions, https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/"
        + "endpoints/openapi/chat/completions",
    "bedrock, chat/completions,"
        + " https://bedrock-runtime.eu.amazonaws.com/openai/v1/chat/completions",
    "workers-ai, chat/completions,"
        + " https://api.cloudflare.com/client/v4/accounts/acc/ai/v1/chat/completions",
    "workers-ai, embeddings,"
        + " https://api.cloudflare.com/client/v4/accounts/acc/ai/v1/embeddings",
    "cloudflare, chat/completions,"
        + " https://gateway.ai.cloudflare.com/v1/acc/gw/compat/chat/completions",
    "vllm, chat/completions, http://llm.internal:8000/gw/chat/completions",
    "xai, chat/completions, http://proxy:1/x/chat/completions",
    "moonshot, chat/completions, http://proxy:2/llm/v1/chat/completions"
  })
  void atAnotherProviderTheUrlIsItsBaseUrlAndItsPath(String provider, String path, String url) {
    Retargeted retargeted = retarget(targets(), OPENAI + path, provider, "a/b");
    assertThat(retargeted.request().uri()).hasToString(url);
    assertThat(retargeted.endpoint().provider()).isEqualTo(provider);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.anthropic.com/v1/messages?beta=true, deepseek,"
        + " https://api.deepseek.com/anthropic/v1/messages",
    "https://api.anthropic.com/v1/messages, openrouter, https://openrouter.ai/api/v1/messages",
    "https://api.anthropic.com/v1/messages, moonshot, http://proxy:2/llm/anthropic/v1/messages",
    "https://api.anthropic.com/v1/messages/count_tokens, minimax,"
        + " https://api.minimax.io/anthropic/v1/messages/count_tokens",
    GEMINI
        + "g:streamGenerateContent?alt=sse&key=k, vertex,"
        + " https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/"
        + "m:streamGenerateContent?alt=sse",
    "https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/"
        + "g:generateContent, gemini,"
        + GEMINI
        + "m:generateContent",
    "https://api.cohere.com/v1/chat, cohere-own, http://co.internal/x/v1/chat",
    "https://api.cohere.com/v2/chat, cohere-own, http://co.internal/x/v2/chat",
    "http://localhost:11434/api/chat, ollama-own, http://llama.internal/api/chat",
    "https://bedrock-runtime.eu.amazonaws.com/model/x/converse-stream, rock,"
        + " http://rock.internal/model/m/converse-stream"
  })
  void theOtherFormatsHaveTheirWaysToo(String url, String provider, String expected) {
    assertThat(retarget(targets(), url, provider, "m").request().uri()).hasToString(expected);
  }

  private static Config targets() {
    return Settings.enforce(
        Map.ofEntries(
            Map.entry("azure", Settings.base("https://r.openai.azure.com")),
            Map.entry("bedrock", Settings.base("https://bedrock-runtime.eu.amazonaws.com")),
            Map.entry(
                "vertex",
                Settings.base("https://l-aiplatform.googleapis.com/v1/projects/p/locations/l")),
            Map.entry("workers-ai", Settings.platform(null, null, "acc", null, null)),
            Map.entry("cloudflare", Settings.platform(null, null, "acc", "gw", null)),
            Map.entry("xai", Settings.base("http://proxy:1/x")),
            Map.entry("moonshot", Settings.base("http://proxy:2/llm/v1")),
            Map.entry("vllm", Settings.server(WireFormat.OPENAI, "http://llm.internal:8000/gw")),
            Map.entry("cohere-own", Settings.server(WireFormat.COHERE, "http://co.internal/x")),
            Map.entry("ollama-own", Settings.server(WireFormat.OLLAMA, "http://llama.internal")),
            Map.entry("rock", Settings.server(WireFormat.BEDROCK, "http://rock.internal")),
            Map.entry("hosts-only", Settings.server(WireFormat.OPENAI, null, "h.internal"))));
  }

  @ParameterizedTest
  @CsvSource({
    OPENAI + "chat/completions, azure, providers.azure needs base-url",
    OPENAI + "chat/completions, workers-ai, 'providers.workers-ai needs account, or base-url'",
    OPENAI + "chat/completions, cloudflare, providers.cloudflare needs account and gateway",
    OPENAI + "chat/completions, hosts-only, providers.hosts-only needs base-url",
    OPENAI + "chat/completions, vertex, providers.vertex needs a base-url that ends with",
    OPENAI + "chat/completions, cohere-own, cohere-own does not do this",
    OPENAI + "chat/completions, nobody, there is no provider nobody",
    OPENAI + "files, groq, only the provider that was asked can do this: files",
    "https://api.anthropic.com/v1/messages, groq, groq does not do this",
    "https://api.anthropic.com/v1/messages, az2, az2 does not do this"
  })
  void whatCannotBeLedThereSaysWhy(String url, String provider, String why) {
    Config config =
        Settings.enforce(
            Map.of(
                "hosts-only", Settings.server(WireFormat.OPENAI, null, "h.internal"),
                "az2", Settings.server(WireFormat.OPENAI, "https://r.openai.azure.com/openai/v1"),
                "cohere-own", Settings.server(WireFormat.COHERE, "http://co.internal"),
                "vertex", Settings.base("https://l-aiplatform.googleapis.com")));
    assertThat(why(config, url, provider)).startsWith(why);
  }

  @Test
  void onlyHeaderFieldsThatCannotBeCredentialsGoToAnotherProvider() {
    Headers kept =
        retarget(
                Config.OBSERVE_ONLY,
                "https://api.anthropic.com/v1/messages",
                "openrouter",
                "m",
                "X-Api-Key",
                "s",
                "Anthropic-Beta",
                "b",
                "anthropic-version",
                "2024-01-01",
                "Accept-Encoding",
                "gzip",
                "traceparent",
                "t",
                "X-Request-Id",
                "r",
                "anthropic-dangerous-direct-browser-access",
                "true")
            .request()
            .headers();
    assertThat(kept.toMap())
        .containsOnlyKeys("Anthropic-Beta", "anthropic-version", "traceparent", "X-Request-Id");
    assertThat(kept.first("anthropic-version")).isEqualTo("2024-01-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/../b", "..\\x", "a/.", "/..", "../../admin"})
  void aNameThatWouldBeAStepUpThePathIsRefused(String model) {
    assertThat(retarget(targets(), GEMINI + "g:generateContent", "gemini", model)).isNull();
    assertThat(retarget(targets(), OPENAI + "chat/completions", "azure", model)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@evil.example",
        "a#b",
        "a?key=b",
        "\\\\evil.example\\x",
        "//evil.example/x",
        "a\r\nHost: evil.example",
        "a%2f..%2fb",
        "%2e%2e",
        "http://evil.example",
        "\u00e9v\u00efl.\u4f8b\u3048",
        "\ud800"
      })
  void noNameBreaksOutOfItsSegment(String model) {
    check(model);
  }

  @Test
  void norDoesAnyOtherName() {
    String letters = "ab@#\\/?%.:;&=+ \r\n\t\u0000\"<>{}|^`\u00e9\u4f8b\ud83d\ude00";
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      StringBuilder model = new StringBuilder("m");
      for (int n = random.nextInt(12); n >= 0; n--) {
        model.append(letters.charAt(random.nextInt(letters.length())));
      }
      check(model.toString());
    }
  }

  /** Wherever a path names it: the host and everything around the name is as for a plain name. */
  private static void check(String model) {
    for (String[] call :
        new String[][] {
          {GEMINI + "g:generateContent?alt=sse", "gemini"},
          {GEMINI + "g:generateContent?alt=sse", "vertex"},
          {OPENAI + "chat/completions", "azure"},
          {"https://bedrock-runtime.eu.amazonaws.com/model/x/converse", "rock"}
        }) {
      Retargeted plain = retarget(TARGETS, call[0], call[1], "plain");
      Retargeted odd = retarget(TARGETS, call[0], call[1], model);
      if (odd == null) {
        // Refused, since a part of it is a dot or two.
        assertThat(model).contains(".");
        continue;
      }
      URI expected = plain.request().uri();
      URI uri = odd.request().uri();
      assertThat(uri.getScheme()).isEqualTo(expected.getScheme());
      assertThat(uri.getRawAuthority()).as(model).isEqualTo(expected.getRawAuthority());
      assertThat(uri.getRawQuery()).as(model).isEqualTo(expected.getRawQuery());
      assertThat(uri.getRawFragment()).isNull();
      int at = expected.getRawPath().indexOf("plain");
      String tail = expected.getRawPath().substring(at + "plain".length());
      assertThat(uri.getRawPath()).as(model).startsWith(expected.getRawPath().substring(0, at));
      assertThat(uri.getRawPath()).as(model).endsWith(tail);
      String name = uri.getRawPath().substring(at, uri.getRawPath().length() - tail.length());
      assertThat(name).as(model).matches("([A-Za-z0-9._~@-]|%[0-9A-F]{2})+");
    }
  }

  private static final ProviderCatalog TARGETS = new ProviderCatalog(targets());

  @Test
  void aProviderSpeaksTheFormatsInWhichOthersCanReachIt() {
    ProviderCatalog catalog = new ProviderCatalog(targets());
    assertThat(catalog.formats("openai"))
        .containsExactlyInAnyOrder(WireFormat.OPENAI, WireFormat.OPENAI_RESPONSES);
    assertThat(catalog.formats("anthropic"))
        .containsExactlyInAnyOrder(WireFormat.OPENAI, WireFormat.ANTHROPIC);
    assertThat(catalog.formats("vertex"))
        .containsExactlyInAnyOrder(WireFormat.OPENAI, WireFormat.GEMINI);
    assertThat(catalog.formats("cohere-own")).containsExactly(WireFormat.COHERE);
    assertThat(catalog.formats("vllm"))
        .containsExactlyInAnyOrder(WireFormat.OPENAI, WireFormat.OPENAI_RESPONSES);
    assertThat(catalog.formats("sagemaker")).isEmpty();
    assertThat(catalog.formats("replicate")).isEmpty();
    assertThat(catalog.formats("nobody")).isEmpty();
  }

  @Test
  void theConfigurationCanBeToldWhatAProviderLacks() {
    Retargeter bare = new Retargeter(new ProviderCatalog(Config.OBSERVE_ONLY));
    assertThat(bare.unreachable("openai")).isNull();
    assertThat(bare.unreachable("azure"))
        .isEqualTo(
            "providers.azure needs base-url, since its default is"
                + " https://{resource}.openai.azure.com");
    assertThat(bare.unreachable("vertex")).startsWith("providers.vertex needs base-url");
    Retargeter all = new Retargeter(new ProviderCatalog(targets()));
    for (String name : List.of("azure", "vertex", "cloudflare", "workers-ai", "vllm")) {
      assertThat(all.unreachable(name)).as(name).isNull();
    }
  }

  @Test
  void aBaseUrlThatNamesAProjectOfVertexReplacesTheApps() {
    ProviderSettings vertex = Settings.base("http://proxy/v1/projects/p/locations/l");
    GatewayRequest sent =
        SentRequest.of(
            Settings.enforce(Map.of("vertex", vertex)),
            "https://x-aiplatform.googleapis.com/v1beta1/projects/q/locations/x/publishers/google/"
                + "models/g:generateContent");
    assertThat(sent.uri())
        .hasToString(
            "http://proxy/v1/projects/p/locations/l/publishers/google/models/g:generateContent");
  }
}
