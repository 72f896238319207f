// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first line of an answer, which the JDK's connection gives as its header field 0. */
final class StatusLine {

  /** RFC 9110, section 15, and RFC 6585: those an LLM gateway's answers come with. */
  private static final Map<Integer, String> PHRASES =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "No Content"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(402, "Payment Required"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  private StatusLine() {}

  /** The line of an answer of our own; without a phrase where no standard one is known. */
  static String of(int status) {
    String phrase = PHRASES.get(status);
    return "HTTP/1.1 " + status + (phrase == null ? "" : " " + phrase);
  }

  /** What follows the status; null if nothing does, as in the JDK. */
  static @Nullable String phrase(@Nullable String line) {
    int status = line == null ? -1 : line.indexOf(' ');
    int phrase = line == null || status <= 0 ? -1 : line.indexOf(' ', status + 1);
    return line == null || phrase <= 0 ? null : line.substring(phrase + 1);
  }
}
