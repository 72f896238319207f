// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The header fields that change what is answered: those by which providers take versions, betas,
 * accounts and guardrails. A list of what counts, since whatever else a client, a tracer or a proxy
 * adds would make every call another one.
 */
final class KeyFields {

  private KeyFields() {}

  static void add(KeyHash hash, Headers headers) {
    TreeMap<String, List<String>> fields = new TreeMap<>();
    headers.forEach(
        (anyName, value) -> {
          String name = anyName.toLowerCase(Locale.ROOT);
          if (counts(name)) {
            fields.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value.strip());
          } else if (name.equals("accept")) {
            String wanted = wanted(value);
            if (!wanted.isEmpty()) {
              fields.computeIfAbsent(name, n -> new ArrayList<>(1)).add(wanted);
            }
          }
        });
    hash.number(fields.size());
    fields.forEach(
        (name, values) -> {
          hash.text(name).number(values.size());
          values.forEach(hash::text);
        });
  }

  static boolean counts(String name) {
    switch (name) {
      case "x-goog-api-key", "x-goog-api-client", "x-goog-request-id" -> {
        return false;
      }
      // A gateway's choice of who answers, a deployment behind an endpoint, and what Azure does
      // with members that it does not know.
      case "x-portkey-provider",
          "x-portkey-config",
          "x-portkey-virtual-key",
          "x-portkey-custom-host",
          "azureml-model-deployment",
          "extra-parameters" -> {
        return true;
      }
      default -> {
        boolean providers =
            name.startsWith("anthropic-")
                || name.startsWith("openai-")
                || name.startsWith("cohere-")
                || name.startsWith("x-goog-")
                || name.startsWith("x-amzn-bedrock-");
        return providers && !name.endsWith("api-key") && !name.endsWith("request-id");
      }
    }
  }

  /** The media types that say more than how the answer is framed: of images, of speech. */
  private static String wanted(String accept) {
    TreeSet<String> types = new TreeSet<>();
    for (int from = 0; from <= accept.length(); ) {
      int comma = accept.indexOf(',', from);
      int end = comma < 0 ? accept.length() : comma;
      String range = accept.substring(from, end);
      int semicolon = range.indexOf(';');
      String type = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
      if (!isFraming(type.toLowerCase(Locale.ROOT))) {
        types.add(type.toLowerCase(Locale.ROOT));
      }
      from = end + 1;
    }
    return String.join(",", types);
  }

  private static boolean isFraming(String type) {
    return switch (type) {
      case "",
          "*",
          "*/*",
          "application/json",
          "text/event-stream",
          "application/x-ndjson",
          "application/vnd.amazon.eventstream" ->
          true;
      default -> false;
    };
  }
}
