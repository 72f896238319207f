// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.RequestFacts;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import io.headgate.gateway.ApiKey;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViaTest {

  private static final String GATEWAY = "https://gateway.ai.cloudflare.com/v1/acc/prod/";
  private static final String OPENAI = "https://api.openai.com/v1/chat/completions";

  private static Config via(String provider) {
    return Settings.enforce(
        Map.of(
            "cloudflare",
            Settings.platform(null, null, "acc", "prod", "tok"),
            provider,
            Settings.platform(null, "cloudflare", null, null, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com/v1/chat/completions?a=%7e, openai/chat/completions?a=%7e",
    "anthropic, https://api.anthropic.com/v1/messages?beta=true, anthropic/v1/messages?beta=true",
    "gemini, https://generativelanguage.googleapis.com/v1beta/models/g:generateContent?key=k,"
        + " google-ai-studio/v1beta/models/g:generateContent?key=k",
    "vertex, https://eu-aiplatform.googleapis.com/v1/projects/p/locations/eu/publishers/google/"
        + "models/g:generateContent,"
        + " google-vertex-ai/v1/projects/p/locations/eu/publishers/google/models/g:generateContent",
    "vertex, https://aiplatform.googleapis.com/v1/x, google-vertex-ai/v1/x",
    "xai, https://api.x.ai/v1/chat/completions, grok/v1/chat/completions",
    "groq, https://api.groq.com/openai/v1/chat/completions, groq/chat/completions",
    "deepseek, https://api.deepseek.com/chat/completions, deepseek/chat/completions",
    "mistral, https://api.mistral.ai/v1/chat/completions, mistral/v1/chat/completions",
    "perplexity, https://api.perplexity.ai/chat/completions, perplexity-ai/chat/completions",
    "cerebras, https://api.cerebras.ai/v1/chat/completions, cerebras/v1/chat/completions",
    "openrouter, https://openrouter.ai/api/v1/chat/completions, openrouter/v1/chat/completions",
    "fireworks, https://api.fireworks.ai/inference/v1/chat/completions, fireworks/chat/completions",
    "cohere, https://api.cohere.com/v2/chat, cohere/v2/chat",
    "cohere, https://api.cohere.ai/v1/chat, cohere/v1/chat",
    "azure, https://res.openai.azure.com/openai/deployments/dep/chat/completions?api-version=1,"
        + " azure-openai/res/dep/chat/completions?api-version=1",
    "bedrock, https://bedrock-runtime.us-east-1.amazonaws.com/model/a%3A0/converse,"
        + " aws-bedrock/bedrock-runtime/us-east-1/model/a%3A0/converse",
    "huggingface, https://api-inference.huggingface.co/models/o/m, huggingface/o/m",
    "replicate, https://api.replicate.com/v1/predictions/x, replicate/v1/predictions/x"
  })
  void aProvidersCallsGoToItsPlaceAtTheGateway(String provider, String url, String expected) {
    GatewayRequest sent =
        SentRequest.of(via(provider), url, "Authorization", "Bearer app", "x-api-key", "app");
    assertThat(sent.uri()).hasToString(GATEWAY + expected);
    assertThat(sent.headers().first("cf-aig-authorization")).isEqualTo("Bearer tok");
    assertThat(sent.headers().first("Authorization")).isEqualTo("Bearer app");
    assertThat(sent.headers().first("x-api-key")).isEqualTo("app");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, https://eu.api.openai.com/v1/chat/completions",
    "openai, https://api.openai.com/v2/x",
    "xai, https://eu.api.x.ai/v1/chat/completions",
    "azure, https://r.services.ai.azure.com/anthropic/v1/messages",
    "azure, https://r.openai.azure.com/openai/v1/responses",
    "bedrock, https://bedrock-mantle.eu.api.aws/v1/responses",
    "vertex, https://aiplatform.eu.rep.googleapis.com/v1/x",
    "huggingface, https://router.huggingface.co/v1/chat/completions",
    "together, https://api.together.xyz/v1/chat/completions"
  })
  void whatTheGatewayHasNoPlaceForGoesToTheProvider(String provider, String url) {
    GatewayRequest sent = SentRequest.of(via(provider), url, "cf-aig-metadata", "{}", "a", "b");
    assertThat(sent.uri()).hasToString(url);
    assertThat(sent.headers().toMap()).containsOnlyKeys("a");
  }

  @Test
  void anAttemptThatIsDirectGoesToTheProviderAndTellsItNothingOfTheGateway() {
    Config config =
        Settings.enforce(
            Map.of(
                "cloudflare", Settings.platform(null, null, "acc", "prod", "tok"),
                "openai", Settings.platform("http://proxy/v1", "cloudflare", null, null, null)));
    assertThat(SentRequest.of(config, OPENAI).uri())
        .hasToString(GATEWAY + "openai/chat/completions");
    Interceptor direct =
        chain -> {
          chain.attempt().direct(true);
          return chain.proceed(chain.request());
        };
    GatewayRequest sent =
        SentRequest.of(
            config, List.of(direct), SentRequest.request(OPENAI, "cf-aig-metadata", "{}"));
    assertThat(sent.uri()).hasToString("http://proxy/v1/chat/completions");
    assertThat(sent.headers().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1/v1, http://localhost:1/v1/acc/prod/openai/chat/completions",
    "http://localhost:1, http://localhost:1/acc/prod/openai/chat/completions",
    "http://localhost:1/v1/acc/prod, http://localhost:1/v1/acc/prod/openai/chat/completions"
  })
  void theGatewayMayHaveAnotherBaseUrlAndTheProvidersKeyFollowsItThere(String base, String url) {
    Config config =
        Settings.enforce(
            Map.of(
                "cloudflare",
                Settings.platform(base, null, "acc", "prod", null),
                "openai",
                new ProviderSettings(
                    null,
                    null,
                    new Secret("k"),
                    Map.of(),
                    List.of(),
                    false,
                    List.of(),
                    new ProviderSettings.Platform("cloudflare", null, null, null))));
    GatewayRequest sent = SentRequest.of(config, OPENAI, "Authorization", "Bearer app");
    assertThat(sent.uri()).hasToString(url);
    assertThat(sent.headers().toMap()).containsOnlyKeys("Authorization");
    assertThat(sent.headers().first("Authorization")).isEqualTo("Bearer k");
    // An app that already calls the gateway ends up at the same place.
    assertThat(
            SentRequest.of(
                    config, "https://gateway.ai.cloudflare.com/v1/x/y/openai/chat/completions")
                .uri())
        .hasToString(url);
  }

  @Test
  void anAttemptAtAnotherProviderGoesThroughTheGatewayWithItsOwnKey() {
    Config config = via("anthropic");
    String url = "https://openrouter.ai/api/v1/messages";
    Interceptor runner =
        chain -> {
          ProviderCatalog catalog = new ProviderCatalog(config);
          Retargeted to =
              new Retargeter(catalog)
                  .retarget(chain.request(), chain.exchange().endpoint(), "anthropic", "claude");
          return chain.proceed(
              to.request(),
              new Attempt(to.endpoint(), RequestFacts.NONE, new ApiKey("a", "pooled"), null));
        };
    GatewayRequest sent =
        SentRequest.of(
            config, List.of(runner), SentRequest.request(url, "Authorization", "Bearer app"));
    assertThat(sent.uri()).hasToString(GATEWAY + "anthropic/v1/messages");
    assertThat(sent.headers().toMap())
        .containsOnlyKeys("anthropic-version", "cf-aig-authorization", "x-api-key");
    assertThat(sent.headers().first("x-api-key")).isEqualTo("pooled");
  }

  @Test
  void whatTheAppAsksOfUsIsAskedOfTheGateway() {
    CallOptions options =
        new CallOptions(
            false,
            null,
            1_500_000_000L,
            9,
            60_000_000_000L,
            "linear",
            Map.of("f", 6, "e", 1.5, "d", true, "c", "q\"\\\u00e9", "b", "2", "a", "1"),
            Map.of(),
            false);
    Headers sent = sentWith(options, "cf-aig-collect-log", "true").headers();
    assertThat(sent.first("cf-aig-request-timeout")).isEqualTo("1500");
    assertThat(sent.all("cf-aig-collect-log")).containsExactly("true");
    assertThat(sent.first("cf-aig-metadata"))
        .isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"q\\\"\\\\\\u00e9\",\"d\":true,\"e\":1.5}");
  }

  @Test
  void retriesAreNotAskedOfTheGatewayToo() {
    CallOptions options =
        new CallOptions(false, null, 0, 3, 1_000_000_000L, "linear", Map.of(), Map.of(), false);
    for (String[] ofTheApp :
        new String[][] {
          {}, {"cf-aig-max-attempts", "3", "CF-AIG-Retry-Delay", "9", "cf-aig-backoff", "linear"}
        }) {
      assertThat(sentWith(options, ofTheApp).headers().toMap())
          .containsOnlyKeys("cf-aig-authorization", "cf-aig-collect-log");
    }
  }

  @Test
  void aCallThatAsksForNothingAsksNothingOfTheGateway() {
    assertThat(sentWith(CallOptions.NONE).headers().toMap())
        .containsOnlyKeys("cf-aig-authorization");
  }

  private static GatewayRequest sentWith(CallOptions options, String... headers) {
    Interceptor ask =
        chain -> {
          chain.exchange().options(options);
          return chain.proceed(chain.request());
        };
    return SentRequest.of(via("openai"), List.of(ask), SentRequest.request(OPENAI, headers));
  }

  @Test
  void whatTheGatewaySaysOfAnAnswerIsTakenDown() {
    AtomicReference<Exchange> seen = new AtomicReference<>();
    Interceptor watch =
        chain -> {
          seen.set(chain.exchange());
          return chain.proceed(chain.request());
        };
    SentRequest.answered(
        via("openai"),
        List.of(watch),
        SentRequest.request(OPENAI),
        Headers.ofFlat("cf-aig-step", "1", "cf-aig-cache-status", "HIT", "cf-aig-dlp", "{}"));
    assertThat(seen.get().decisions()).hasSize(1);
    assertThat(seen.get().decisions().get(0).name()).isEqualTo("cloudflare");
    assertThat(seen.get().decisions().get(0).attributes())
        .containsExactly(Map.entry("cache-status", "HIT"), Map.entry("step", "1"));
  }

  @Test
  void onlyProvidersThatAreConfiguredToGoThatWay() {
    Config config = via("openai");
    Via via = new Via(config, new ProviderCatalog(config));
    assertThat(via.goesVia("openai")).isTrue();
    assertThat(via.goesVia("anthropic")).isFalse();
    Config without =
        Settings.enforce(Map.of("openai", Settings.platform(null, "cloudflare", null, null, null)));
    assertThat(new Via(without, new ProviderCatalog(without)).goesVia("openai")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "503, cf-ray, x, true",
    "522, server, cloudflare, true",
    "530, Server, Cloudflare, true",
    "500, cf-ray, x, false",
    "529, x, y, false",
    "503, server, nginx, false",
    "429, cf-ray, x, false"
  })
  void theGatewayFailedIfCloudflareSaysSoAndNobodyBehindItAnswered(
      int status, String name, String value, boolean failed) {
    assertThat(Via.gatewayFailed(status, Headers.ofFlat(name, value))).isEqualTo(failed);
    for (String answered : List.of("cf-aig-step", "openai-version", "x-request-id")) {
      assertThat(Via.gatewayFailed(status, Headers.ofFlat(name, value, answered, "1"))).isFalse();
    }
  }

  @Test
  void theGatewayRefusesWithItsOwnCodes() {
    String unauthorized =
        "{\"success\": false, \"result\": [], \"error\": [{\"code\": 2009, \"message\": \"no\"}]}";
    assertThat(Via.gatewayRefused(401, unauthorized)).isTrue();
    assertThat(Via.gatewayRefused(400, unauthorized.replace("2009", "2001"))).isTrue();
    assertThat(Via.gatewayRefused(403, unauthorized)).isFalse();
    assertThat(Via.gatewayRefused(401, unauthorized.replace("2009", "20091"))).isFalse();
    assertThat(Via.gatewayRefused(401, "{\"error\":{\"message\":\"Incorrect API key\"}}"))
        .isFalse();
  }

  @Test
  void workersAiIsCalledWithItsOwnToken() {
    Config config =
        Settings.enforce(
            Map.of(
                "workers-ai",
                new ProviderSettings(
                    null,
                    null,
                    new Secret("cf"),
                    Map.of(),
                    List.of(),
                    false,
                    List.of(),
                    new ProviderSettings.Platform(null, "acc", "gw", null))));
    ProviderCatalog catalog = new ProviderCatalog(config);
    Interceptor runner =
        chain -> {
          Endpoint from = chain.exchange().endpoint();
          Retargeted to =
              new Retargeter(catalog)
                  .retarget(chain.request(), from, "workers-ai", "@cf/moonshotai/kimi-k2.6");
          return chain.proceed(
              to.request(), new Attempt(to.endpoint(), RequestFacts.NONE, null, null));
        };
    GatewayRequest sent =
        SentRequest.of(
            config, List.of(runner), SentRequest.request(OPENAI, "Authorization", "Bearer app"));
    assertThat(sent.uri())
        .isEqualTo(
            URI.create("https://api.cloudflare.com/client/v4/accounts/acc/ai/v1/chat/completions"));
    assertThat(sent.headers().first("Authorization")).isEqualTo("Bearer cf");
    assertThat(sent.headers().first("cf-aig-gateway-id")).isEqualTo("gw");
  }
}
