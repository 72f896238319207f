// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it arrived.
 *
 * @param method in capitals
 * @param target path and query exactly as sent, percent-encoding included
 * @param headers names in lower case, values in the order sent
 * @param body the bytes after the transfer encoding was taken off, a content encoding still on
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; read once.
public record Recorded(
    String method, String target, Map<String, List<String>> headers, byte[] body) {

  /** The raw path, without the query. */
  public String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The raw query; empty if there is none. */
  public String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  /** The first value of a header, its name in lower case; null if it was not sent. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as a tree; a missing node if it is no JSON. */
  public JsonNode json() {
    return Json.read(body);
  }
}
