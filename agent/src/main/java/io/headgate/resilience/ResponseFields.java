// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.Attempt;
import io.headgate.gateway.CacheResult;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The {@code x-headgate-*} fields that tell the app how its answer came about. */
final class ResponseFields {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private ResponseFields() {}

  /**
   * An answer's fields and ours.
   *
   * @param attempt whose answer it is; null if it is one of our own
   */
  static Headers of(Headers headers, Exchange exchange, @Nullable Attempt attempt) {
    Routing routing = exchange.routing();
    List<String> fields = new ArrayList<>(20);
    headers.forEach(
        (name, value) -> {
          fields.add(name);
          fields.add(value);
        });
    add(fields, "id", id());
    if (attempt != null) {
      add(fields, "provider", attempt.endpoint().provider());
      add(fields, "model", attempt.model());
    }
    add(fields, "route", routing.route());
    add(fields, "arm", routing.arm());
    if (attempt != null) {
      add(fields, "step", Integer.toString(routing.step()));
    }
    CacheResult cache = exchange.cache();
    if (cache != null) {
      add(fields, "cache", cache.status().name());
      add(fields, "cache-key", cache.key());
      if (cache.ageSeconds() >= 0) {
        add(fields, "cache-age", Long.toString(cache.ageSeconds()));
      }
      if (cache.similarity() >= 0) {
        add(fields, "similarity", String.format(Locale.ROOT, "%.3f", cache.similarity()));
      }
    }
    add(fields, "attempts", Integer.toString(exchange.attempts()));
    add(fields, "reason", routing.reason());
    return Headers.ofFlat(fields.toArray(new String[0]));
  }

  private static void add(List<String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.add("x-headgate-" + name);
      fields.add(printable(value));
    }
  }

  /** No name of a model, which a caller may have chosen, may end a line of the head. */
  static String printable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        StringBuilder safe = new StringBuilder(value);
        for (int j = i; j < safe.length(); j++) {
          char d = safe.charAt(j);
          if (d < ' ' || d > '~') {
            safe.setCharAt(j, '?');
          }
        }
        return safe.toString();
      }
    }
    return value;
  }

  private static String id() {
    long random = ThreadLocalRandom.current().nextLong();
    char[] id = new char[16];
    for (int i = 0; i < id.length; i++) {
      id[i] = HEX[(int) (random >>> (4 * i)) & 15];
    }
    return new String(id);
  }
}
