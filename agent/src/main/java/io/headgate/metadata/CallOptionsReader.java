// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import io.headgate.metadata.CallFields.Field;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads what the app asks for with the {@link CallFields} of a request. */
final class CallOptionsReader {

  private static final int MOST_METADATA = 16;
  private static final int MOST_ATTEMPTS = 10;
  private static final int MOST_TEXT = 1024;
  private static final long MOST_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final List<String> BACKOFFS = List.of("constant", "linear", "exponential");

  private final CallFields fields;

  private CallOptionsReader(CallFields fields) {
    this.fields = fields;
  }

  /**
   * What a call's fields ask for; {@link CallOptions#NONE} itself if they ask for nothing.
   *
   * @param ignored told the name of each field whose value is left out, and why
   */
  static CallOptions read(Headers headers, BiConsumer<String, String> ignored) {
    CallFields fields = new CallFields(headers, ignored);
    return fields.any() ? new CallOptionsReader(fields).options() : CallOptions.NONE;
  }

  private CallOptions options() {
    Field firstToken = fields.find("timeout-first-token", "request-timeout");
    Field attempts = fields.find("max-attempts", "max-attempts");
    Field delay = fields.find("retry-delay", "retry-delay");
    return new CallOptions(
        fields.flag(fields.find("bypass", null), false),
        CallFields.text(fields.find("route", null)),
        TimeUnit.MILLISECONDS.toNanos(fields.number(firstToken, 1, MOST_MILLIS, 0)),
        (int) fields.number(attempts, 1, MOST_ATTEMPTS, 0),
        delayNanos(fields.number(delay, 0, MOST_MILLIS, -1)),
        backoff(fields.find("backoff", "backoff")),
        metadata(fields.find("metadata", "metadata")),
        price(),
        CacheOptionsReader.read(fields),
        fields.flag(fields.find("log", "collect-log"), true));
  }

  private static long delayNanos(long millis) {
    return millis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private @Nullable String backoff(@Nullable Field field) {
    if (field == null) {
      return null;
    }
    String word = field.value().toLowerCase(Locale.ROOT);
    if (BACKOFFS.contains(word)) {
      return word;
    }
    fields.ignore(field, "expected constant, linear or exponential");
    return null;
  }

  private Map<String, Object> metadata(@Nullable Field field) {
    if (field == null) {
      return Map.of();
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (!(json(field) instanceof Map<?, ?> map)) {
      fields.ignore(field, "expected a JSON object");
      return Map.of();
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      boolean flat = value instanceof String || value instanceof Number || value instanceof Boolean;
      if (!flat) {
        fields.ignore(field, "expected strings, numbers and booleans only");
      } else if (metadata.size() == MOST_METADATA) {
        fields.ignore(field, "has more than " + MOST_METADATA + " keys");
        break;
      } else {
        Object kept = value instanceof String text ? Values.cut(text, MOST_TEXT) : value;
        metadata.put((String) entry.getKey(), kept);
      }
    }
    return metadata;
  }

  /** In USD for a million tokens; Cloudflare has it for one. */
  private Map<String, Double> price() {
    Field field = fields.find("price", "custom-cost");
    if (field == null) {
      return Map.of();
    }
    boolean own = field.own();
    Map<String, Double> price = new LinkedHashMap<>();
    if (json(field) instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            String kind = own ? (String) key : cloudflareKind((String) key);
            if (kind != null && value instanceof Number number) {
              double usd = number.doubleValue() * (own ? 1 : 1e6);
              if (usd >= 0 && Double.isFinite(usd)) {
                price.put(kind, usd);
              }
            }
          });
    }
    if (price.isEmpty()) {
      fields.ignore(field, "expected a JSON object of prices");
    }
    return price;
  }

  private static @Nullable String cloudflareKind(String key) {
    return switch (key) {
      case "per_token_in" -> "input";
      case "per_token_out" -> "output";
      default -> null;
    };
  }

  private static @Nullable Object json(Field field) {
    return JsonTree.read(field.value().getBytes(StandardCharsets.UTF_8));
  }
}
