// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema and the reader say the same. */
class JsonSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Fixture fixture = new Fixture();

  private static String resource(String name) throws IOException {
    try (InputStream in = JsonSchemaTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static boolean schemaAccepts(String yaml) throws IOException {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new ValidatorFactory()
        .withJsonNodeFactory(new JacksonNode.Factory())
        .validate(resource("headgate.schema.json"), JSON.writeValueAsString(tree))
        .isValid();
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.get("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void theSchemaHasTheKeysOfTheReader() throws IOException {
    JsonNode schema = JSON.readTree(resource("headgate.schema.json"));
    assertThat(keys(schema)).containsExactlyElementsOf(Vocabulary.TOP.now());
    assertThat(keys(schema.at("/properties/privacy")))
        .containsExactlyElementsOf(Vocabulary.PRIVACY.now());
    assertThat(keys(schema.at("/$defs/provider")))
        .containsExactlyElementsOf(Vocabulary.PROVIDER.now());
    assertThat(keys(schema.at("/$defs/price"))).containsExactlyElementsOf(Vocabulary.PRICE.now());
  }

  @Test
  void theSchemaHasTheKeysOfRoutesAndPolicies() throws IOException {
    JsonNode schema = JSON.readTree(resource("headgate.schema.json"));
    Map<String, Vocabulary> places =
        Map.ofEntries(
            Map.entry("key", Vocabulary.KEY),
            Map.entry("timeout", Vocabulary.TIMEOUT),
            Map.entry("retry", Vocabulary.RETRY),
            Map.entry("breaker", Vocabulary.BREAKER),
            Map.entry("route", Vocabulary.ROUTE),
            Map.entry("match", Vocabulary.MATCH),
            Map.entry("cache", Vocabulary.CACHE),
            Map.entry("cache/properties/key", Vocabulary.CACHE_KEY),
            Map.entry("cache/properties/semantic", Vocabulary.SEMANTIC),
            Map.entry("state", Vocabulary.STATE),
            Map.entry("step/anyOf/1", Vocabulary.STEP),
            Map.entry("arm/anyOf/1", Vocabulary.ARM),
            Map.entry("member/anyOf/1", Vocabulary.MEMBER),
            Map.entry("stage/anyOf/1", Vocabulary.STAGE),
            Map.entry("rewrite", Vocabulary.REWRITE),
            Map.entry("rewrite/properties/system", Vocabulary.REWRITE_SYSTEM),
            Map.entry("rewrite/properties/headers", Vocabulary.REWRITE_HEADERS));
    places.forEach(
        (place, vocabulary) ->
            assertThat(keys(schema.at("/$defs/" + place)))
                .as(place)
                .containsExactlyElementsOf(vocabulary.now()));
  }

  @Test
  void theSchemaHasTheWordsOfTheReader() throws IOException {
    JsonNode schema = JSON.readTree(resource("headgate.schema.json"));
    assertThat(words(schema, "/properties/mode")).isEqualTo(Choice.MODE.now());
    assertThat(words(schema, "/properties/fail")).isEqualTo(Choice.FAIL.now());
    assertThat(words(schema, "/properties/privacy/properties/content"))
        .isEqualTo(Choice.CONTENT.now());
    assertThat(words(schema, "/$defs/provider/properties/dialect")).isEqualTo(Choice.DIALECT.now());
    assertThat(words(schema, "/$defs/provider/properties/price")).isEqualTo(Choice.PRICE.now());
    assertThat(words(schema, "/$defs/provider/properties/via")).isEqualTo(Choice.VIA.now());
    assertThat(words(schema, "/properties/response-model")).isEqualTo(Choice.RESPONSE_MODEL.now());
    assertThat(words(schema, "/$defs/retry/properties/backoff")).isEqualTo(Choice.BACKOFF.now());
    assertThat(words(schema, "/$defs/step/anyOf/1/properties/policy"))
        .isEqualTo(Choice.POLICY.now());
    assertThat(words(schema, "/$defs/cache/properties/semantic/properties/mode"))
        .isEqualTo(Choice.SEMANTIC_MODE.now());
    assertThat(words(schema, "/$defs/state/properties/type")).isEqualTo(Choice.STATE_TYPE.now());
    assertThat(words(schema, "/$defs/state/properties/on-failure"))
        .isEqualTo(Choice.ON_FAILURE.now());
    assertThat(words(schema, "/$defs/failure")).isEqualTo(FailureWords.WORDS);
  }

  private static List<String> words(JsonNode schema, String path) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : schema.at(path + "/anyOf/0/enum")) {
      if (word.isTextual()) {
        words.add(word.textValue());
      }
    }
    return words;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "every-key.yaml",
        "routing.yaml",
        "caching.yaml",
        "empty-sections.yaml",
        "placeholders.yaml"
      })
  void bothAcceptGoodFiles(String name) throws IOException {
    String yaml = resource("valid/" + name);
    assertThat(schemaAccepts(yaml)).isTrue();
    assertThatCode(() -> fixture.file(yaml)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mod: observe",
        "mode: [observe]",
        "fail: maybe",
        "limits: []",
        "routes: []",
        "routes: [fast]",
        "routes: [{}]",
        "routes: [{use: [a]}]",
        "routes: [{use: openai/x, within: [a]}]",
        "routes: [{use: openai/x, name: 'a b'}]",
        "routes: [{use: openai/x, policy: fastest}]",
        "routes: [{deny: no, status: 200}]",
        "routes: [{split: [{use: openai/x, weight: -1}]}]",
        "routes: [{first: []}]",
        "routes: [{use: openai/x, match: {models: a}}]",
        "models: {route/x: openai/x}",
        "models: [openai/x]",
        "metadata: {User: 'mdc:user'}",
        "metadata: {user: 'cookie:user'}",
        "timeout: {idle: 20}",
        "timeout: {read: 20s}",
        "retry: {max-attempts: 11}",
        "retry: {on: [tmeout]}",
        "retry: {on: 200}",
        "retry: {jitter: 20s}",
        "breaker: {min-calls: 0}",
        "response-model: mine",
        "rewrite: {a: {clamp: {b: [1]}}}",
        "rewrite: {a: {system: text}}",
        "rewrite: {a: {headers: {set: {'a b': c}}}}",
        "providers: {openai: {keys: [{value: sk-live}]}}",
        "providers: {openai: {keys: [{alias: a}]}}",
        "providers: {cloudflare: {token: abc}}",
        "providers: {cloudflare: {account: a/b}}",
        "providers: {openai: {via: portkey}}",
        "cache: []",
        "cache: {ttl: 1h}",
        "cache: [1h]",
        "cache: [{}]",
        "cache: [{ttl: 60}]",
        "cache: [{ttl: 1h, tll: 1h}]",
        "cache: [{ttl: 1h, match: {models: a}}]",
        "cache: [{ttl: 1h, isolate: {a: b}}]",
        "cache: [{ttl: 1h, isolate: [null]}]",
        "cache: [{ttl: 1h, key: user}]",
        "cache: [{ttl: 1h, key: {ignored: user}}]",
        "cache: [{ttl: 1h, key: {ignore: []}}]",
        "cache: [{ttl: 1h, key: {ignore: ['messages[0]']}}]",
        "cache: [{ttl: 1h, max-entry: 1048576}]",
        "cache: [{ttl: 1h, max-entry: 1MiB}]",
        "cache: [{ttl: 1h, replay: 50}]",
        "cache: [{ttl: 1h, replay: slow}]",
        "cache: [{ttl: 1h, semantic: true}]",
        "cache: [{ttl: 1h, semantic: {threshold: 0}}]",
        "cache: [{ttl: 1h, semantic: {threshold: 1.5}}]",
        "cache: [{ttl: 1h, semantic: {mode: observe}}]",
        "state: disk",
        "state: {type: file}",
        "state: {memory: 64}",
        "state: {type: redis, url: 'http://127.0.0.1:6379'}",
        "state: {type: redis, url: 'redis://:literal@127.0.0.1'}",
        "state: {timeout: 50}",
        "state: {on-failure: deny}",
        "state: {size: 1GB}",
        "privacy: {content: full}",
        "environment: {a: b}",
        "providers: [openai]",
        "providers: {openai: {keys: []}}",
        "providers: {openai: {base-url: api.openai.com}}",
        "providers: {openai: {base-url: 'https://a@b/v1'}}",
        "providers: {openai: {api-key: sk-live}}",
        "providers: {openai: {headers: [x]}}",
        "providers: {openai: {headers: {'a b': c}}}",
        "providers: {openai: {dialect: opena}}",
        "providers: {openai: {hosts: llm.internal}}",
        "providers: {openai: {hosts: ['http://llm.internal']}}",
        "providers: {openai: {price: cheap}}",
        "pricing: {gpt-4o: {input: 1, output: 1}}",
        "pricing: {'openai/x': {input: 1}}",
        "pricing: {'openai/x': {input: -1, output: 1}}",
        "pricing: {'openai/x': {input: a, output: 1}}",
      })
  void bothRefuseBadFiles(String yaml) throws IOException {
    assertThat(schemaAccepts(yaml)).isFalse();
    assertThat(fixture.failure(yaml)).isNotNull();
  }
}
