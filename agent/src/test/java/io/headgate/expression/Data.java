// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import io.headgate.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an expression is evaluated with, and how often it asks. */
final class Data implements Variables {

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Object> metadata = new TreeMap<>();
  private @Nullable Object body;
  private @Nullable Map<String, @Nullable Object> response;
  int asked;
  int bodies;

  static Data of(String body) {
    return of(JsonTree.read(body.getBytes(StandardCharsets.UTF_8)));
  }

  static Data of(@Nullable Object body) {
    Data data = new Data();
    data.body = body;
    return data;
  }

  Data header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Data metadata(String name, Object value) {
    metadata.put(name, value);
    return this;
  }

  Data response(Map<String, @Nullable Object> response) {
    this.response = response;
    return this;
  }

  @Override
  public Map<String, @Nullable Object> request() {
    asked++;
    return Map.of("operation", "chat", "model", "gpt-4o", "provider", "openai", "stream", true);
  }

  @Override
  public @Nullable String header(String name) {
    asked++;
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public @Nullable Object body() {
    asked++;
    bodies++;
    return body;
  }

  @Override
  public Map<String, Object> metadata() {
    asked++;
    return metadata;
  }

  @Override
  public String environment() {
    asked++;
    return "production";
  }

  @Override
  public @Nullable Map<String, @Nullable Object> response() {
    asked++;
    return response;
  }
}
