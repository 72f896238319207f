// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Headers;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the app asks of us for a call, in the header fields of Cloudflare AI Gateway, within the
 * limits that it documents; and what it says of itself in its answers. A field that the app itself
 * wrote stays as it is, but for those that ask for retries: these are made here, and a gateway that
 * made them as well would square the attempts.
 */
final class GatewayFields {

  private static final int MOST_METADATA = 5;

  /** What an answer says that is worth keeping, and what none of its values exceeds. */
  private static final String[] SAID = {"cache-status", "step", "log-id", "model", "provider"};

  private static final int LONGEST_VALUE = 128;

  private GatewayFields() {}

  static Headers with(Headers headers, CallOptions options, @Nullable String token) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (options.firstTokenNanos() > 0) {
      fields.put("request-timeout", Long.toString(millis(options.firstTokenNanos())));
    }
    if (!options.metadata().isEmpty()) {
      fields.put("metadata", metadata(options.metadata()));
    }
    if (!options.log()) {
      fields.put("collect-log", "false");
    }
    Headers all = headers.without(GatewayFields::asksForRetries);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String name = "cf-aig-" + field.getKey();
      if (!all.contains(name)) {
        all = all.with(name, field.getValue());
      }
    }
    return token == null ? all : all.with("cf-aig-authorization", "Bearer " + token);
  }

  /** What the gateway says of an answer; empty if it says nothing. */
  static Map<String, String> said(Headers answer) {
    Map<String, String> said = new LinkedHashMap<>();
    for (String name : SAID) {
      String value = answer.first("cf-aig-" + name);
      if (value != null) {
        said.put(name, value.substring(0, Math.min(value.length(), LONGEST_VALUE)));
      }
    }
    return said;
  }

  private static boolean asksForRetries(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "cf-aig-max-attempts", "cf-aig-retry-delay", "cf-aig-backoff" -> true;
      default -> false;
    };
  }

  private static long millis(long nanos) {
    return Math.max(1, nanos / 1_000_000);
  }

  /** As a flat object; sorted, since the order is not known and only the first ones count. */
  private static String metadata(Map<String, Object> values) {
    StringBuilder json = new StringBuilder("{");
    int count = 0;
    for (Map.Entry<String, Object> entry : new TreeMap<>(values).entrySet()) {
      Object value = entry.getValue();
      boolean text = value instanceof String;
      if ((text || value instanceof Number || value instanceof Boolean)
          && count++ < MOST_METADATA) {
        json.append(count > 1 ? "," : "");
        quote(json, entry.getKey());
        json.append(':');
        if (text) {
          quote(json, (String) value);
        } else {
          json.append(value);
        }
      }
    }
    return json.append('}').toString();
  }

  /** In ASCII only, as a header field has to be. */
  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
