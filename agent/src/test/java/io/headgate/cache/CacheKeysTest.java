// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.state.EntryKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeysTest {

  private static final String CHAT = "https://api.openai.com/v1/chat/completions";
  private static final String BODY = "{\"model\":\"m\",\"messages\":[]}";
  private static final CacheKeys KEYS = new CacheKeys("", Set.of());

  private static Endpoint endpoint(String provider, WireFormat format, boolean streaming) {
    return new Endpoint(provider, provider, format, Operation.CHAT, null, streaming);
  }

  private static KeyParts parts(
      Endpoint endpoint, String model, String url, String body, String... headers) {
    GatewayRequest request =
        new GatewayRequest(
            "POST",
            URI.create(url),
            Headers.ofFlat(headers),
            RequestBody.of(body.getBytes(StandardCharsets.ISO_8859_1)));
    return new KeyParts(endpoint, model, request, new byte[32], "", null);
  }

  private static KeyParts openai(String body, String... headers) {
    return parts(endpoint("openai", WireFormat.OPENAI, false), "m", CHAT, body, headers);
  }

  private static @Nullable EntryKey key(KeyParts parts) {
    return KEYS.key(parts);
  }

  @Test
  void anyOneDifferenceIsAnotherKey() {
    KeyParts base = openai(BODY);
    GatewayRequest request = base.request();
    Endpoint other = new Endpoint("openai", "", WireFormat.OPENAI, Operation.IMAGE, null, false);
    byte[] partition = new byte[32];
    partition[31] = 1;
    Map<String, @Nullable EntryKey> keys = new LinkedHashMap<>();
    keys.put("as it is", key(base));
    keys.put("version", new CacheKeys("2", Set.of()).key(base));
    keys.put("operation", key(new KeyParts(other, "m", request, new byte[32], "", null)));
    keys.put(
        "format",
        key(parts(endpoint("openai", WireFormat.OPENAI_RESPONSES, false), "m", CHAT, BODY)));
    keys.put("provider", key(parts(endpoint("groq", WireFormat.OPENAI, false), "m", CHAT, BODY)));
    keys.put("model", key(parts(base.endpoint(), "n", CHAT, BODY)));
    keys.put("partition", key(new KeyParts(base.endpoint(), "m", request, partition, "", null)));
    keys.put("accept", key(new KeyParts(base.endpoint(), "m", request, new byte[32], "x", null)));
    keys.put("custom", key(new KeyParts(base.endpoint(), "m", request, new byte[32], "", "x")));
    for (String url :
        new String[] {
          CHAT.replace("https", "http"),
          CHAT.replace("api", "eu.api"),
          CHAT.replace(".com", ".com:8443"),
          CHAT.replace("v1", "v2"),
          CHAT + "?api-version=1",
          CHAT + "?api-version=2",
          CHAT + "?key=1",
          CHAT + "?alt=sse"
        }) {
      keys.put(url, key(parts(base.endpoint(), "m", url, BODY)));
    }
    for (String body :
        new String[] {
          "", "{", "{}", "no JSON", BODY.replace("[]", "{}"), BODY.replace("\"m\"", "\"M\"")
        }) {
      keys.put("body " + body, key(openai(body)));
    }
    for (String field :
        new String[] {
          "anthropic-version",
          "anthropic-beta",
          "OpenAI-Beta",
          "openai-organization",
          "cohere-version",
          "x-goog-user-project",
          "X-Amzn-Bedrock-GuardrailIdentifier",
          "x-portkey-provider"
        }) {
      keys.put(field, key(openai(BODY, field, "x")));
      keys.put(field + " y", key(openai(BODY, field, "y")));
      keys.put(field + " twice", key(openai(BODY, field, "x", field, "y")));
    }
    keys.put("GET", key(withMethod(base, "GET")));
    keys.put("Accept", key(openai(BODY, "Accept", "image/png")));
    Map<@Nullable EntryKey, String> seen = new HashMap<>();
    keys.forEach(
        (what, key) -> {
          assertThat(key).as(what).isNotNull();
          assertThat(seen.put(key, what)).as(what).isNull();
        });
  }

  private static KeyParts withMethod(KeyParts parts, String method) {
    GatewayRequest was = parts.request();
    GatewayRequest request = new GatewayRequest(method, was.uri(), was.headers(), was.body());
    return new KeyParts(parts.endpoint(), parts.model(), request, parts.partition(), "", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "traceparent",
        "tracestate",
        "baggage",
        "b3",
        "X-B3-TraceId",
        "x-datadog-trace-id",
        "X-Stainless-Retry-Count",
        "User-Agent",
        "Idempotency-Key",
        "x-request-id",
        "X-Client-Request-Id",
        "anthropic-request-id",
        "x-headgate-metadata",
        "cf-aig-cache-ttl",
        "Authorization",
        "x-api-key",
        "anthropic-api-key",
        "x-goog-api-key",
        "x-goog-api-client",
        "Content-Length",
        "Cookie"
      })
  void aFieldThatChangesNoAnswerChangesNoKey(String name) {
    assertThat(key(openai(BODY, name, "x"))).isEqualTo(key(openai(BODY)));
  }

  @Test
  void fieldsCountByNameAndNotByPlace() {
    assertThat(key(openai(BODY, "openai-beta", "a", "OpenAI-Project", "p")))
        .isEqualTo(key(openai(BODY, "openai-project", " p", "OpenAI-Beta", "a")));
  }

  @Test
  void theWayAnAnswerIsFramedIsNoPartOfTheKey() {
    EntryKey whole = key(openai(BODY));
    assertThat(
            key(
                openai(
                    "{\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + BODY.substring(1),
                    "Accept",
                    "text/event-stream, application/json;q=0.5, */*")))
        .isEqualTo(whole);
    assertThat(key(openai("{\"x\":{\"stream\":true},\"model\":\"m\",\"messages\":[]}")))
        .isNotEqualTo(key(openai("{\"x\":{},\"model\":\"m\",\"messages\":[]}")));
    Endpoint other = endpoint("huggingface", WireFormat.OTHER, false);
    assertThat(key(parts(other, "m", CHAT, "{\"stream\":true}")))
        .isNotEqualTo(key(parts(other, "m", CHAT, "{\"stream\":false}")));
  }

  @ParameterizedTest
  @CsvSource({
    "GEMINI, https://h/v1/models/g:generateContent,"
        + " https://h/v1/models/g:streamGenerateContent?alt=sse",
    "GEMINI, https://h/v1/models/g:generateContent?key=a,"
        + " https://h/v1/models/g:streamGenerateContent?alt=json&key=b",
    "GEMINI, https://h/v1/models/g:generateContent?x=1,"
        + " https://H:443/v1/models/g:streamGenerateContent?x=1&alt=sse",
    "ANTHROPIC, https://h/v1/models/c:rawPredict, https://h/v1/models/c:streamRawPredict",
    "BEDROCK, https://h/model/a/converse, https://h/model/a/converse-stream",
    "BEDROCK, https://h/model/a/invoke, https://h/model/a/invoke-with-response-stream"
  })
  void aPathThatAsksForAStreamAsksForTheSame(WireFormat format, String whole, String stream) {
    assertThat(key(parts(endpoint("p", format, true), "m", stream, BODY)))
        .isEqualTo(key(parts(endpoint("p", format, false), "m", whole, BODY)));
  }

  @Test
  void whatIsIgnoredMakesNoDifference() {
    CacheKeys keys = new CacheKeys("", Set.of("user", "metadata.session"));
    EntryKey key = keys.key(openai("{\"a\":1,\"metadata\":{}}"));
    assertThat(keys.key(openai("{\"a\":1,\"user\":\"x\",\"metadata\":{\"session\":7}}")))
        .isEqualTo(key);
    assertThat(keys.key(openai("{\"a\":2,\"metadata\":{}}"))).isNotEqualTo(key);
    assertThat(key(openai("{\"a\":1,\"user\":\"x\",\"metadata\":{\"session\":7}}")))
        .isNotEqualTo(key);
  }

  @Test
  void theAppsOwnKeyTakesThePlaceOfPathFieldsAndBody() {
    Endpoint endpoint = endpoint("openai", WireFormat.OPENAI, false);
    KeyParts one = openai(BODY);
    Endpoint streaming = endpoint("openai", WireFormat.OPENAI, true);
    KeyParts other = parts(streaming, "m", CHAT + "/2?x", "{}", "openai-beta", "b");
    assertThat(key(custom(one, new byte[32], "k")))
        .isEqualTo(key(custom(other, new byte[32], "k")));
    assertThat(key(custom(one, new byte[32], "k")))
        .isNotEqualTo(key(custom(one, new byte[32], "l")))
        .isNotEqualTo(key(custom(one, new byte[31], "k")))
        .isNotEqualTo(new CacheKeys("1", Set.of()).key(custom(one, new byte[32], "k")))
        .isNotEqualTo(key(one));
    Endpoint embeddings =
        new Endpoint("openai", "", WireFormat.OPENAI, Operation.EMBEDDINGS, null, false);
    assertThat(key(new KeyParts(embeddings, "m", one.request(), new byte[32], "", "k")))
        .isNotEqualTo(key(new KeyParts(endpoint, "m", one.request(), new byte[32], "", "k")));
  }

  @Test
  void anOwnKeyIsOneForEachTarget() {
    Endpoint endpoint = endpoint("openai", WireFormat.OPENAI, false);
    KeyParts one = openai(BODY);
    Endpoint format = endpoint("openai", WireFormat.OPENAI_RESPONSES, false);
    Map<String, KeyParts> others = new LinkedHashMap<>();
    others.put("model", parts(endpoint, "n", CHAT, BODY));
    others.put("host", parts(endpoint, "m", CHAT.replace("api", "eu.api"), BODY));
    others.put("port", parts(endpoint, "m", CHAT.replace(".com", ".com:8443"), BODY));
    others.put("provider", parts(endpoint("groq", WireFormat.OPENAI, false), "m", CHAT, BODY));
    others.put("format", parts(format, "m", CHAT, BODY));
    others.forEach(
        (what, other) ->
            assertThat(key(custom(other, new byte[32], "k")))
                .as(what)
                .isNotEqualTo(key(custom(one, new byte[32], "k"))));
    assertThat(key(new KeyParts(endpoint, "m", one.request(), new byte[32], "x", "k")))
        .as("accept")
        .isNotEqualTo(key(custom(one, new byte[32], "k")));
  }

  private static KeyParts custom(KeyParts parts, byte[] partition, String key) {
    return new KeyParts(parts.endpoint(), parts.model(), parts.request(), partition, "", key);
  }

  @Test
  void aBodyThatCannotBeSeenHasNoKey() {
    KeyParts parts = openai(BODY);
    GatewayRequest opaque = parts.request().withBody(RequestBody.OPAQUE);
    assertThat(key(new KeyParts(parts.endpoint(), "m", opaque, new byte[32], "", null))).isNull();
    assertThat(key(new KeyParts(parts.endpoint(), "m", opaque, new byte[32], "", "k"))).isNull();
  }

  private static String form(String boundary, String... parts) {
    StringBuilder form = new StringBuilder();
    for (String part : parts) {
      form.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
    }
    return form + "--" + boundary + "--\r\n";
  }

  private static String field(String name, String value) {
    return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
  }

  private static @Nullable EntryKey formKey(CacheKeys keys, String boundary, String body) {
    return keys.key(openai(body, "Content-Type", "Multipart/form-data; boundary=" + boundary));
  }

  @Test
  void theBoundaryOfAFormIsNoPartOfTheKey() {
    String file =
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n\0\1\r\n--x\r\n";
    EntryKey key = formKey(KEYS, "b1", form("b1", field("model", "w"), file));
    assertThat(formKey(KEYS, "other", form("other", field("model", "w"), file))).isEqualTo(key);
    String whole = form("other", field("model", "w"), file);
    assertThat(formKey(KEYS, "other", whole.substring(0, whole.length() - 2))).isEqualTo(key);
    Set<@Nullable EntryKey> others = new HashSet<>();
    others.add(key);
    for (String body :
        new String[] {
          form("b1", field("model", "v"), file),
          form("b1", file, field("model", "w")),
          form("b1", field("model", "w"), file, field("n", "1")),
          form("b1", field("model", "w")),
          form("b1", field("model", "w"), file + "\0"),
          form("b1", field("model", "w") + file),
          form("b1", field("model", "w"), file).replace("b1--", "b1"),
        }) {
      assertThat(others.add(formKey(KEYS, "b1", body))).as(body).isTrue();
    }
  }

  @Test
  void fieldsOfAFormCanBeIgnoredToo() {
    CacheKeys keys = new CacheKeys("", Set.of("user"));
    EntryKey key = formKey(keys, "b", form("b", field("model", "w")));
    assertThat(formKey(keys, "b", form("b", field("user", "x"), field("model", "w"))))
        .isEqualTo(key);
    assertThat(formKey(keys, "b", form("b", field("users", "x"), field("model", "w"))))
        .isNotEqualTo(key);
  }

  @Test
  void onlyJsonIsReadAsJson() {
    assertThat(key(openai("[1]", "Content-Type", "text/plain")))
        .isNotEqualTo(key(openai("[1.0]", "Content-Type", "text/plain")))
        .isNotEqualTo(key(openai("[1]", "Content-Type", "audio/wav")));
    assertThat(key(openai("[1]", "Content-Type", "application/json; charset=utf-8")))
        .isEqualTo(key(openai("[1.0]")));
  }

  @Test
  void oneChangedLeafIsAnotherKeyAndAnotherSpellingIsNot() {
    long seed = new Random().nextLong();
    RandomJson json = new RandomJson(seed);
    int different = 0;
    while (different < 100_000) {
      Map<String, @Nullable Object> document = json.document();
      EntryKey key = key(json.spelled(document));
      assertThat(key(json.spelled(document))).as("seed %d: %s", seed, document).isEqualTo(key);
      for (int i = 0; i < 8; i++) {
        Object changed = json.changed(document);
        if (document.equals(changed)) {
          continue;
        }
        different++;
        if (key.equals(key(json.spelled(changed)))) {
          throw new AssertionError("seed " + seed + ": " + document + " and " + changed);
        }
      }
    }
  }

  private static EntryKey key(byte[] body) {
    KeyParts parts = openai("");
    GatewayRequest request = parts.request().withBody(RequestBody.of(body));
    EntryKey key = key(new KeyParts(parts.endpoint(), "m", request, new byte[32], "", null));
    return Stream.ofNullable(key).findFirst().orElseThrow();
  }
}
