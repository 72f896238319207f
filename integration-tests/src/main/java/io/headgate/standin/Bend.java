// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Changes what is in an answer as its script says; how it is written is up to ReplyWriter. */
final class Bend {

  private Bend() {}

  static Reply apply(Reply reply, Script script, Surface surface) {
    Reply bent = headers(reply, script);
    if (script.has("html")) {
      return bent.of(
          "text/html; charset=utf-8",
          "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1>"
              + "</center></body></html>");
    }
    if (script.has("empty")) {
      return bent.of(bent.contentType(), "");
    }
    if (script.has("nested")) {
      int depth = script.number("nested", 1);
      return bent.of(
          "application/json", "{\"usage\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
    }
    if (script.has("error-after")) {
      List<byte[]> parts = first(bent.parts(), script.number("error-after", 1));
      parts.add(surface.streamError());
      bent = bent.with(parts);
    }
    if (script.has("malformed")) {
      bent = bent.with(malformed(bent));
    }
    boolean text = bent.streamed() && !bent.contentType().equals(EventFrames.TYPE);
    return script.has("crlf") && text ? bent.with(crlf(bent.parts())) : bent;
  }

  private static Reply headers(Reply reply, Script script) {
    Reply bent = reply;
    for (String name : List.of("retry-after", "retry-after-ms")) {
      if (script.has(name)) {
        bent = bent.with(name, script.text(name, ""));
      }
    }
    if (script.has("should-retry")) {
      bent = bent.with("x-should-retry", script.text("should-retry", "false"));
    }
    for (String header : script.headers()) {
      int colon = header.indexOf(':');
      bent = bent.with(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return bent;
  }

  /** The second half of a whole answer is missing; of a stream's events, the middle one's. */
  private static List<byte[]> malformed(Reply reply) {
    List<byte[]> parts = new ArrayList<>(reply.parts());
    int middle = parts.size() / 2;
    byte[] part = parts.get(middle);
    byte[] half = Arrays.copyOf(part, part.length / 2);
    boolean frames = reply.contentType().equals(EventFrames.TYPE);
    if (reply.streamed() && !frames) {
      half = Reply.bytes(new String(half, StandardCharsets.UTF_8) + "\n\n");
    }
    parts.set(middle, half);
    return parts;
  }

  private static List<byte[]> crlf(List<byte[]> parts) {
    List<byte[]> bent = new ArrayList<>(parts.size());
    for (byte[] part : parts) {
      String text = new String(part, StandardCharsets.UTF_8);
      bent.add(Reply.bytes(text.replace("\r\n", "\n").replace("\n", "\r\n")));
    }
    return bent;
  }

  static List<byte[]> first(List<byte[]> parts, int count) {
    return new ArrayList<>(parts.subList(0, Math.min(count, parts.size())));
  }
}
