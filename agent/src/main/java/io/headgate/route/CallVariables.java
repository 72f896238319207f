// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.expression.Variables;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.json.JsonTree;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What expressions can ask about a call. Its body is parsed when one asks for it, once; what cannot
 * be seen or is no JSON is null. Thread-safe.
 */
public final class CallVariables implements Variables {

  private final Exchange exchange;
  private final GatewayRequest request;
  private final String environment;
  private final Supplier<@Nullable Object> body;
  private final @Nullable Map<String, @Nullable Object> response;

  /**
   * Of a call without an answer so far.
   *
   * @param exchange asked for the metadata each time, since they may become known later
   * @param request whose headers and body are seen
   * @param environment of the configuration; empty if not set
   */
  public CallVariables(Exchange exchange, GatewayRequest request, String environment) {
    this(exchange, request, environment, once(() -> read(request)), null);
  }

  private CallVariables(
      Exchange exchange,
      GatewayRequest request,
      String environment,
      Supplier<@Nullable Object> body,
      @Nullable Map<String, @Nullable Object> response) {
    this.exchange = exchange;
    this.request = request;
    this.environment = environment;
    this.body = body;
    this.response = response;
  }

  /**
   * The same call with an answer, as {@link Variables#response} says it.
   *
   * @param text what it says; null if that is not known
   */
  public CallVariables withResponse(int status, ResponseFacts facts, @Nullable String text) {
    Map<String, @Nullable Object> tokens = new HashMap<>();
    tokens.put("input", count(facts.usage().input()));
    tokens.put("output", count(facts.usage().output()));
    Map<String, @Nullable Object> answer = new HashMap<>();
    answer.put("status", (long) status);
    answer.put("finish", facts.finishReasons().isEmpty() ? null : facts.finishReasons().get(0));
    answer.put("text", text);
    answer.put("tokens", tokens);
    return new CallVariables(exchange, request, environment, body, answer);
  }

  private static @Nullable Long count(long tokens) {
    return tokens == Usage.UNKNOWN ? null : (Long) tokens;
  }

  @Override
  public Map<String, @Nullable Object> request() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("operation", exchange.endpoint().operation().text());
    facts.put("model", exchange.model());
    facts.put("provider", exchange.endpoint().provider());
    facts.put("stream", exchange.requestFacts().stream() || exchange.endpoint().streaming());
    return Collections.unmodifiableMap(facts);
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().first(name);
  }

  @Override
  public @Nullable Object body() {
    return body.get();
  }

  @Override
  public Map<String, Object> metadata() {
    return exchange.metadata();
  }

  @Override
  public String environment() {
    return environment;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> response() {
    return response;
  }

  private static @Nullable Object read(GatewayRequest request) {
    byte[] bytes = request.body().bytes();
    return bytes.length == 0 ? null : JsonTree.read(bytes);
  }

  private static <T extends @Nullable Object> Supplier<T> once(Supplier<T> source) {
    return new Supplier<>() {
      private boolean known;
      private @Nullable T value;

      @Override
      @SuppressWarnings("NullAway") // Once known, the value is what the source gave, null included.
      public synchronized T get() {
        if (!known) {
          value = source.get();
          known = true;
        }
        return value;
      }
    };
  }
}
