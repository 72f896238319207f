// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import io.headgate.gateway.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's baggage: what the app's own copy of the API has on this thread, or what a {@code
 * baggage} field of the request says (W3C Baggage, section 3). Never throws.
 */
final class Baggage {

  private static final AppClasses API = new AppClasses("io.opentelemetry.api.baggage.Baggage");

  private Baggage() {}

  static @Nullable String current(String key, @Nullable ClassLoader loader) {
    try {
      Class<?> type = API.find(loader);
      if (type == null) {
        return null;
      }
      Object baggage = type.getMethod("current").invoke(null);
      return (String) type.getMethod("getEntryValue", String.class).invoke(baggage, key);
    } catch (Throwable t) {
      return null; // Whatever is wrong with the app's copy: there is no value then.
    }
  }

  static @Nullable String of(Headers headers, String key) {
    for (String field : headers.all("baggage")) {
      for (String member : field.split(",", -1)) {
        int equals = member.indexOf('=');
        if (equals > 0 && member.substring(0, equals).strip().equals(key)) {
          int semicolon = member.indexOf(';', equals);
          return decoded(
              member.substring(equals + 1, semicolon < 0 ? member.length() : semicolon).strip());
        }
      }
    }
    return null;
  }

  private static String decoded(String value) {
    try {
      // Not a form: a plus is a plus.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
