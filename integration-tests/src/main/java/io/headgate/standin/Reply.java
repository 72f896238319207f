// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer before it is bent.
 *
 * @param parts what is written, each part flushed on its own; one part if it is not streamed
 * @param streamed sent chunked, else with a content length
 */
record Reply(
    int status,
    String contentType,
    Map<String, String> headers,
    List<byte[]> parts,
    boolean streamed) {

  static Reply json(int status, Object body) {
    return new Reply(status, "application/json", Map.of(), List.of(bytes(Json.write(body))), false);
  }

  static Reply sse(List<String> events) {
    return new Reply(200, "text/event-stream; charset=utf-8", Map.of(), bytes(events), true);
  }

  static Reply lines(String contentType, List<String> lines) {
    return new Reply(200, contentType, Map.of(), bytes(lines), true);
  }

  Reply with(String... namesAndValues) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Reply(status, contentType, all, parts, streamed);
  }

  Reply with(List<byte[]> otherParts) {
    return new Reply(status, contentType, headers, otherParts, streamed);
  }

  Reply of(String otherType, String body) {
    return new Reply(status, otherType, headers, List.of(bytes(body)), false);
  }

  /** A server-sent event without a name. */
  static String data(Object data) {
    return "data: " + Json.write(data) + "\n\n";
  }

  /** A server-sent event with a name. */
  static String event(String name, Object data) {
    return "event: " + name + "\ndata: " + Json.write(data) + "\n\n";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<byte[]> bytes(List<String> texts) {
    List<byte[]> bytes = new ArrayList<>(texts.size());
    for (String text : texts) {
      bytes.add(bytes(text));
    }
    return bytes;
  }
}
