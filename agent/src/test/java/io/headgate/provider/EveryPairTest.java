// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each provider's calls, led to each other provider that speaks their format. */
class EveryPairTest {

  private static final String CANARY = "canary-of-the-app";

  /** All the ways an app may have sent something that is not another provider's business. */
  private static final String[] APP = {
    "Authorization", "Bearer " + CANARY,
    "Proxy-Authorization", "Basic " + CANARY,
    "X-Api-Key", CANARY,
    "Api-Key", CANARY,
    "x-goog-api-key", CANARY,
    "x-goog-user-project", CANARY,
    "X-Amz-Security-Token", CANARY,
    "X-Amz-Date", CANARY,
    "x-portkey-api-key", CANARY,
    "cf-aig-authorization", "Bearer " + CANARY,
    "cf-aig-byok-alias", CANARY,
    "xi-api-key", CANARY,
    "Cookie", "s=" + CANARY,
    "OpenAI-Organization", CANARY,
    "OpenAI-Project", CANARY,
    "Idempotency-Key", CANARY,
    "x-headgate-route", CANARY,
    "x-anything", CANARY,
    "Content-Type", "application/json",
    "Accept", "application/json",
    "User-Agent", "app/1",
    "X-Stainless-Lang", "java"
  };

  private static final List<String> TRAVEL =
      List.of("content-type", "accept", "user-agent", "x-stainless-lang");

  /** One call of each provider in each format that others can speak, too. */
  private static Map<String, URI> calls(ProviderCatalog catalog) throws Exception {
    Map<String, URI> calls = new LinkedHashMap<>();
    try (var lines = EveryPairTest.class.getResourceAsStream("calls.csv")) {
      for (String line : new String(lines.readAllBytes()).split("\n")) {
        String[] words = line.split(" ");
        if (words[0].equals("POST")) {
          URI uri = URI.create(words[1]);
          Endpoint endpoint = catalog.resolve("POST", uri);
          Set<WireFormat> formats = catalog.formats(endpoint.provider());
          FoundPath found = catalog.find("POST", uri);
          if (endpoint.operation() == Operation.CHAT
              && formats.contains(endpoint.format())
              && catalog.isUsual(found.rule())) {
            calls.putIfAbsent(
                endpoint.provider() + " " + endpoint.format() + " " + endpoint.streaming(), uri);
          }
        }
      }
    }
    return calls;
  }

  /** Everyone has a key, and a base URL if the default one is none. */
  private static Config config() {
    Map<String, ProviderSettings> all = new LinkedHashMap<>();
    for (Provider provider : ProviderCatalog.builtIn(new PathRules()).values()) {
      String name = provider.name();
      String base = provider.baseUrl();
      boolean platform = name.equals("cloudflare") || name.equals("workers-ai");
      String filled =
          name.equals("vertex")
              ? "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l"
              : base.replaceAll("\\{[a-z]+}", "some-name");
      all.put(
          name,
          new ProviderSettings(
              null,
              platform || !base.contains("{") ? null : URI.create(filled),
              new Secret(key(name)),
              Map.of(),
              base.contains("{") && !platform ? List.of(URI.create(filled).getHost()) : List.of(),
              false,
              List.of(),
              platform
                  ? new ProviderSettings.Platform(
                      null, "acc", name.equals("cloudflare") ? "gw" : null, null)
                  : ProviderSettings.Platform.NONE));
    }
    return Settings.enforce(all);
  }

  private static String key(String provider) {
    return "key-of-" + provider + ".";
  }

  @Test
  void aCallLedToAnotherProviderArrivesThereWithThatProvidersKeyAndNothingOfTheApps()
      throws Exception {
    Config config = config();
    ProviderCatalog catalog = new ProviderCatalog(config);
    Retargeter retargeter = new Retargeter(catalog);
    Set<String> not = new TreeSet<>();
    int pairs = 0;
    for (Map.Entry<String, URI> call : calls(catalog).entrySet()) {
      URI uri =
          URI.create(
              call.getValue()
                  + (call.getValue().getQuery() == null ? "?" : "&")
                  + "key="
                  + CANARY
                  + "&api-key="
                  + CANARY);
      GatewayRequest request =
          new GatewayRequest(
              "POST", uri, Headers.ofFlat(APP), RequestBody.of(new byte[] {'{', '}'}));
      Endpoint from = catalog.resolve("POST", uri);
      for (String to : ProviderCatalog.names()) {
        if (to.equals(from.provider()) || !catalog.formats(to).contains(from.format())) {
          continue;
        }
        Retargeted retargeted = retargeter.retarget(request, from, to, "model-x");
        if (retargeted == null) {
          not.add(from.format() + (from.streaming() ? " stream to " : " to ") + to);
          continue;
        }
        pairs++;
        check(call.getKey() + " to " + to, config, catalog, from, to, request, retargeted);
      }
    }
    // Azure and Bedrock have other hosts for these; the gateway's path would need a region.
    assertThat(not)
        .containsExactlyInAnyOrder(
            "ANTHROPIC to azure",
            "ANTHROPIC to bedrock",
            "BEDROCK stream to cloudflare",
            "BEDROCK to cloudflare",
            "OPENAI_RESPONSES to bedrock");
    assertThat(pairs).isGreaterThan(4000);
  }

  private static void check(
      String pair,
      Config config,
      ProviderCatalog catalog,
      Endpoint from,
      String to,
      GatewayRequest request,
      Retargeted retargeted) {
    Interceptor runner =
        chain ->
            chain.proceed(
                retargeted.request(),
                new Attempt(retargeted.endpoint(), RequestFacts.NONE, null, null));
    GatewayRequest sent = SentRequest.of(config, catalog, List.of(runner), request);
    Provider provider = catalog.provider(to);
    // The catalogue, read the other way, knows the URL as what it was made to be.
    assertThat(catalog.resolve("POST", sent.uri())).as(pair).isEqualTo(retargeted.endpoint());
    assertThat(retargeted.endpoint().provider()).as(pair).isEqualTo(to);
    assertThat(retargeted.endpoint().format()).as(pair).isEqualTo(from.format());
    assertThat(retargeted.endpoint().operation()).as(pair).isEqualTo(from.operation());
    assertThat(retargeted.endpoint().streaming()).as(pair).isEqualTo(from.streaming());
    assertThat(sent.uri().getRawAuthority())
        .as(pair)
        .isEqualTo(TargetBase.of(provider, catalog).url().getRawAuthority());

    List<String> texts = new ArrayList<>(List.of(sent.uri().toString()));
    List<String> names = new ArrayList<>();
    sent.headers()
        .forEach(
            (name, value) -> {
              texts.add(name + ": " + value);
              names.add(name.toLowerCase(Locale.ROOT));
            });
    assertThat(texts).as(pair).noneMatch(text -> text.contains(CANARY));
    assertThat(texts)
        .as(pair)
        .noneMatch(text -> text.contains("key-of-") && !text.contains(key(to)));
    AuthStyle auth = provider.auth(from.format());
    String field = auth.header();
    if (field == null) {
      assertThat(texts).as(pair).noneMatch(text -> text.contains("key-of-"));
    } else {
      assertThat(sent.headers().all(field)).as(pair).containsExactly(auth.value(key(to)));
      names.remove(field.toLowerCase(Locale.ROOT));
    }
    names.removeAll(TRAVEL);
    assertThat(names)
        .as(pair)
        .isEqualTo(
            from.format() == WireFormat.ANTHROPIC ? List.of("anthropic-version") : List.of());
  }
}
