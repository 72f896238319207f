// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Switches that bend one answer, {@code name} or {@code name=value} joined by semicolons; what each
 * does stands at {@link StandIn}. An unknown name is an error, lest a test pass for a typing slip.
 */
final class Script {

  static final Script NONE = new Script(Map.of(), List.of());

  private static final int LARGEST_SEARCHED = 1 << 20;
  private static final String IN_BODY = "[[standin:";

  private static final Set<String> NAMES =
      Set.of(
          "status",
          "retry-after",
          "retry-after-ms",
          "should-retry",
          "header",
          "delay-ms",
          "chunk-delay-ms",
          "hang",
          "hang-after",
          "gzip",
          "crlf",
          "split",
          "cut-after",
          "error-after",
          "html",
          "empty",
          "malformed",
          "nested",
          "size",
          "answer",
          "no-usage",
          "cached",
          "cache-write",
          "reasoning",
          "tool",
          "thinks",
          "ends",
          "model");

  private final Map<String, String> switches;
  private final List<String> headers;

  private Script(Map<String, String> switches, List<String> headers) {
    this.switches = switches;
    this.headers = headers;
  }

  /** The script inside a body, if that is not huge. */
  static @Nullable String inBody(Recorded request) {
    if (request.body().length > LARGEST_SEARCHED) {
      return null;
    }
    String body = request.text();
    int start = body.indexOf(IN_BODY);
    int end = start < 0 ? -1 : body.indexOf("]]", start);
    return end < 0 ? null : body.substring(start + IN_BODY.length(), end);
  }

  /** Reads scripts, the later ones beating the earlier ones switch by switch. */
  static Script parse(@Nullable String... scripts) {
    Map<String, String> switches = new LinkedHashMap<>();
    List<String> headers = new ArrayList<>();
    for (String script : scripts) {
      if (script != null) {
        for (String entry : script.split(";")) {
          add(entry.strip(), switches, headers);
        }
      }
    }
    return switches.isEmpty() && headers.isEmpty() ? NONE : new Script(switches, headers);
  }

  private static void add(String entry, Map<String, String> switches, List<String> headers) {
    if (entry.isEmpty()) {
      return;
    }
    int equals = entry.indexOf('=');
    String name = equals < 0 ? entry : entry.substring(0, equals).strip();
    String value = equals < 0 ? "" : entry.substring(equals + 1).strip();
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("x-standin: no switch is called \"" + name + "\"");
    }
    if (name.equals("header")) {
      headers.add(value);
    } else {
      switches.put(name, value);
    }
  }

  boolean has(String name) {
    return switches.containsKey(name);
  }

  String text(String name, String otherwise) {
    return switches.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    String value = switches.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  /** Bytes, from {@code 512}, {@code 64KB} or {@code 50MB}. */
  long size(String name) {
    String value = text(name, "0").toUpperCase(Locale.ROOT);
    int digits = 0;
    while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
      digits++;
    }
    long amount = Long.parseLong(value.substring(0, digits));
    return switch (value.substring(digits)) {
      case "", "B" -> amount;
      case "KB" -> amount << 10;
      case "MB" -> amount << 20;
      default -> throw new IllegalArgumentException("x-standin: no size: " + value);
    };
  }

  /** Headers to add to the answer, each {@code name:value}. */
  List<String> headers() {
    return headers;
  }
}
