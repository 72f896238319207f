// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.config.MetadataSource;
import io.headgate.config.MetadataSource.Kind;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Captured;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.FixedChain;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetadataReaderTest {

  private static final Endpoint ENDPOINT =
      new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false);

  private final Map<String, List<MetadataSource>> sources = new LinkedHashMap<>();
  private String body = "{\"user\":\"body-user\",\"n\":3,\"deep\":{\"list\":[true,{\"x\":1.5}]}}";
  private Map<String, Object> given = Map.of();
  private @Nullable Object parent;
  private @Nullable ClassLoader loader = getClass().getClassLoader();

  private static MetadataSource source(Kind kind, String name) {
    return new MetadataSource(kind, name);
  }

  private Map<String, Object> read(String... headers) {
    GatewayRequest request =
        new GatewayRequest(
            "POST",
            URI.create("https://api.openai.com/v1/chat/completions"),
            Headers.ofFlat(headers),
            RequestBody.of(body.getBytes(StandardCharsets.UTF_8)));
    Exchange exchange = exchange(request);
    exchange.options(new CallOptions(false, null, 0, 0, -1, null, given, Map.of(), true));
    return new MetadataReader(sources).read(exchange, request);
  }

  private Exchange exchange(GatewayRequest request) {
    return new Exchange(
        ENDPOINT, request, RequestFacts.NONE, new Exchange.CallSite("test", loader, parent), 0);
  }

  /** What another thread knew. */
  private static Captured known(Map<String, String> metadata) {
    return new Captured(null, metadata);
  }

  @Test
  void eachKindOfSourceYieldsItsValue() {
    sources.put("h", List.of(source(Kind.HEADER, "X-User")));
    sources.put("b", List.of(source(Kind.BODY, "user")));
    sources.put("n", List.of(source(Kind.BODY, "n")));
    sources.put("flag", List.of(source(Kind.BODY, "deep.list.0")));
    sources.put("x", List.of(source(Kind.BODY, "deep.list.1.x")));
    sources.put("v", List.of(source(Kind.VALUE, "free")));
    sources.put("w", List.of(source(Kind.BAGGAGE, "user.id")));
    assertThat(read("x-user", "u1", "baggage", "user.id=u2"))
        .containsExactly(
            entry("h", "u1"),
            entry("b", "body-user"),
            entry("n", 3L),
            entry("flag", true),
            entry("x", 1.5),
            entry("v", "free"),
            entry("w", "u2"));
  }

  @Test
  void theFirstSourceThatYieldsAValueWins() {
    sources.put(
        "user",
        List.of(
            source(Kind.HEADER, "x-user"),
            source(Kind.BODY, "nothing"),
            source(Kind.BODY, "user"),
            source(Kind.VALUE, "nobody")));
    assertThat(read()).containsExactly(entry("user", "body-user"));
    assertThat(read("x-user", "")).containsExactly(entry("user", "body-user"));
    assertThat(read("x-user", "u1")).containsExactly(entry("user", "u1"));
  }

  @Test
  void whatIsNotFlatIsNoValue() {
    sources.put("d", List.of(source(Kind.BODY, "deep"), source(Kind.BODY, "deep.list")));
    assertThat(read()).isEmpty();
  }

  @Test
  void aBodyThatIsNoJsonHasNoValues() {
    sources.put("user", List.of(source(Kind.BODY, "user"), source(Kind.VALUE, "nobody")));
    body = "--boundary";
    assertThat(read()).containsExactly(entry("user", "nobody"));
  }

  @Test
  void whatTheCallItselfSaysWins() {
    sources.put("user", List.of(source(Kind.VALUE, "nobody")));
    sources.put("plan", List.of(source(Kind.VALUE, "free")));
    given = Map.of("user", 7L, "extra", true);
    assertThat(read()).containsOnly(entry("user", 7L), entry("plan", "free"), entry("extra", true));
  }

  @Test
  void withoutSourcesTheCallItselfStillCounts() {
    given = Map.of("user", "u1");
    assertThat(read()).isSameAs(given);
  }

  @Test
  void longTextIsCut() {
    sources.put("user", List.of(source(Kind.HEADER, "x-user")));
    assertThat((String) read("x-user", "a".repeat(2000)).get("user")).hasSize(1024);
  }

  @Test
  void baggageOfTheThreadComesBeforeThatOfTheRequest() {
    sources.put("user", List.of(source(Kind.BAGGAGE, "user.id")));
    try (Scope scope = Baggage.builder().put("user.id", "thread").build().makeCurrent()) {
      assertThat(scope).isNotNull();
      assertThat(read("baggage", "user.id=field")).containsExactly(entry("user", "thread"));
    }
    assertThat(read("baggage", "user.id=field")).containsExactly(entry("user", "field"));
  }

  @Test
  void ofACallThatAnotherThreadMadeCountsWhatThatThreadKnew() {
    sources.put("user", List.of(source(Kind.BAGGAGE, "user.id")));
    sources.put("place", List.of(source(Kind.CALLER, "class")));
    sources.put("trace", List.of(source(Kind.MDC, "t")));
    parent = known(Map.of("baggage:user.id", "maker", "mdc:t", "t1"));
    try (Scope scope = Baggage.builder().put("user.id", "runner").build().makeCurrent()) {
      assertThat(scope).isNotNull();
      assertThat(read()).containsExactly(entry("user", "maker"), entry("trace", "t1"));
    }
  }

  @Test
  void whatIsCapturedIsWhatIsReadLater() {
    sources.put("user", List.of(source(Kind.BAGGAGE, "user.id"), source(Kind.HEADER, "x-user")));
    sources.put("other", List.of(source(Kind.BAGGAGE, "other")));
    MetadataReader reader = new MetadataReader(sources);
    Map<String, String> captured;
    try (Scope scope = Baggage.builder().put("user.id", "maker").build().makeCurrent()) {
      assertThat(scope).isNotNull();
      captured = reader.captured(loader);
    }
    assertThat(captured).containsOnly(entry("baggage:user.id", "maker"));
    parent = known(captured);
    assertThat(read("x-user", "u1")).containsExactly(entry("user", "maker"));
  }

  @Test
  void nothingIsCapturedWhereNoSourceNeedsTheThread() {
    sources.put("user", List.of(source(Kind.HEADER, "x-user"), source(Kind.VALUE, "a")));
    assertThat(new MetadataReader(sources).captured(loader)).isEmpty();
  }

  @Test
  void theInterceptorPutsOptionsAndMetadataOnTheExchange() {
    sources.put("plan", List.of(source(Kind.VALUE, "free")));
    GatewayRequest request =
        new GatewayRequest(
            "POST",
            URI.create("https://api.openai.com/v1/chat/completions"),
            Headers.ofFlat(
                "x-headgate-metadata", "{\"user\":\"u1\"}",
                "x-headgate-max-attempts", "many",
                "x-headgate-log", "false"),
            RequestBody.NONE);
    Exchange exchange = exchange(request);
    List<GatewayRequest> sent = new ArrayList<>();
    GatewayResponse answer =
        new GatewayResponse(200, Headers.EMPTY, "1.1", new LiveBody(fault -> {}));
    FixedChain chain =
        FixedChain.of(
            exchange,
            next -> {
              sent.add(next);
              return CompletableFuture.completedFuture(answer);
            });
    assertThat(
            new MetadataInterceptor(new MetadataReader(sources))
                .intercept(chain)
                .toCompletableFuture()
                .join())
        .isSameAs(answer);
    assertThat(sent).containsExactly(request);
    assertThat(exchange.options().log()).isFalse();
    assertThat(exchange.metadata()).containsOnly(entry("plan", "free"), entry("user", "u1"));
    assertThat(exchange.decisions())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.name()).isEqualTo("ignored");
              assertThat(decision.attributes())
                  .containsEntry("field", "x-headgate-max-attempts")
                  .doesNotContainValue("many");
            });
  }
}
