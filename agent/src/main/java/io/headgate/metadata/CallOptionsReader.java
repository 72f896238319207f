// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the app asks for with {@code x-headgate-*} fields, and with the {@code cf-aig-*}
 * fields of the same meaning ({@code developers.cloudflare.com/ai-gateway}, "Header glossary"). Of
 * two fields ours counts. A value that cannot be used is left out and told.
 */
final class CallOptionsReader {

  private static final String OWN = "x-headgate-";
  private static final String CLOUDFLARE = "cf-aig-";
  private static final int MOST_METADATA = 16;
  private static final int MOST_ATTEMPTS = 10;
  private static final int MOST_TEXT = 1024;
  private static final long MOST_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final List<String> BACKOFFS = List.of("constant", "linear", "exponential");

  private final Headers headers;
  private final BiConsumer<String, String> ignored;

  /**
   * @param ignored told the field's name, and why its value is left out
   */
  private CallOptionsReader(Headers headers, BiConsumer<String, String> ignored) {
    this.headers = headers;
    this.ignored = ignored;
  }

  /** What a call's fields ask for; {@link CallOptions#NONE} itself if they ask for nothing. */
  static CallOptions read(Headers headers, BiConsumer<String, String> ignored) {
    return any(headers) ? new CallOptionsReader(headers, ignored).options() : CallOptions.NONE;
  }

  private static boolean any(Headers headers) {
    boolean[] any = new boolean[1];
    headers.forEach(
        (name, value) ->
            any[0] |=
                name.regionMatches(true, 0, OWN, 0, OWN.length())
                    || name.regionMatches(true, 0, CLOUDFLARE, 0, CLOUDFLARE.length()));
    return any[0];
  }

  private CallOptions options() {
    Field firstToken = field("timeout-first-token", "request-timeout");
    Field attempts = field("max-attempts", "max-attempts");
    Field delay = field("retry-delay", "retry-delay");
    return new CallOptions(
        flag(field("bypass", null), false),
        text(field("route", null)),
        TimeUnit.MILLISECONDS.toNanos(number(firstToken, 1, MOST_MILLIS, 0)),
        (int) number(attempts, 1, MOST_ATTEMPTS, 0),
        delayNanos(number(delay, 0, MOST_MILLIS, -1)),
        backoff(field("backoff", "backoff")),
        metadata(field("metadata", "metadata")),
        price(),
        flag(field("log", "collect-log"), true));
  }

  private static long delayNanos(long millis) {
    return millis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** A field of the request. */
  private record Field(String name, String value) {}

  private @Nullable Field field(String own, @Nullable String cloudflare) {
    String value = headers.first(OWN + own);
    if (value != null) {
      return new Field(OWN + own, value.strip());
    }
    value = cloudflare == null ? null : headers.first(CLOUDFLARE + cloudflare);
    return value == null ? null : new Field(CLOUDFLARE + cloudflare, value.strip());
  }

  private boolean flag(@Nullable Field field, boolean otherwise) {
    if (field == null) {
      return otherwise;
    }
    if (field.value().equalsIgnoreCase("true") || field.value().equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(field.value());
    }
    ignored.accept(field.name(), "expected true or false");
    return otherwise;
  }

  private static @Nullable String text(@Nullable Field field) {
    return field == null || field.value().isEmpty() ? null : field.value();
  }

  private long number(@Nullable Field field, long least, long most, long otherwise) {
    if (field == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(field.value());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    ignored.accept(field.name(), "expected a whole number from " + least + " to " + most);
    return otherwise;
  }

  private @Nullable String backoff(@Nullable Field field) {
    if (field == null) {
      return null;
    }
    String word = field.value().toLowerCase(Locale.ROOT);
    if (BACKOFFS.contains(word)) {
      return word;
    }
    ignored.accept(field.name(), "expected constant, linear or exponential");
    return null;
  }

  private Map<String, Object> metadata(@Nullable Field field) {
    if (field == null) {
      return Map.of();
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (!(json(field) instanceof Map<?, ?> map)) {
      ignored.accept(field.name(), "expected a JSON object");
      return Map.of();
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      boolean flat = value instanceof String || value instanceof Number || value instanceof Boolean;
      if (!flat) {
        ignored.accept(field.name(), "expected strings, numbers and booleans only");
      } else if (metadata.size() == MOST_METADATA) {
        ignored.accept(field.name(), "has more than " + MOST_METADATA + " keys");
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
    Field field = field("price", "custom-cost");
    if (field == null) {
      return Map.of();
    }
    boolean own = field.name().startsWith(OWN);
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
      ignored.accept(field.name(), "expected a JSON object of prices");
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
