// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.io.IOException;
import java.util.List;

/** What the faulty provider does, by the fault that a {@link FaultCase} names. */
final class Faults implements FaultServer.Script {

  private final Words words;
  private final List<String> pieces;

  /**
   * @param pieces the text of good answers
   */
  Faults(Words words, List<String> pieces) {
    this.words = words;
    this.pieces = pieces;
  }

  @Override
  public void run(String id, int number, Wire wire) throws IOException, InterruptedException {
    FaultCase asked = FaultCase.parse(id);
    boolean stream = asked.stream();
    String fault = asked.fault();
    if (fault.startsWith("status-")) {
      status(Integer.parseInt(fault.substring("status-".length())), "", wire);
    } else if (fault.startsWith("retry-after-")) {
      status(429, RetryAfterField.of(fault.substring("retry-after-".length())), wire);
    } else if (fault.equals("down")) {
      status(503, "Retry-After: 30\r\n", wire);
    } else if (fault.equals("unavailable-twice") && number <= 2) {
      status(503, "", wire);
    } else if (stream && !inStream(fault, wire)) {
      anyKind(fault, wire, true);
    } else if (!stream && !inDocument(fault, wire)) {
      anyKind(fault, wire, false);
    }
  }

  /** What the other provider does: it answers well unless all of them are down. */
  void standIn(String id, int number, Wire wire) throws IOException {
    FaultCase asked = FaultCase.parse(id);
    if (asked.fault().equals("down")) {
      status(500, "", wire);
    } else {
      healthy(wire, asked.stream());
    }
  }

  /** Answers well. */
  private void healthy(Wire wire, boolean stream) throws IOException {
    if (!stream) {
      wire.answer(200, "application/json", "", words.answer(pieces));
      return;
    }
    begin(wire);
    for (String piece : pieces) {
      wire.chunk(words.content(piece));
    }
    for (String event : words.end()) {
      wire.chunk(event);
    }
    wire.lastChunk();
  }

  private void status(int status, String fields, Wire wire) throws IOException {
    String type =
        switch (status) {
          case 400 -> "invalid_request_error";
          case 401 -> "authentication_error";
          case 429 -> "rate_limit_error";
          case 529 -> "overloaded_error";
          default -> "api_error";
        };
    wire.answer(status, "application/json", fields, words.error(type, "No"));
  }

  /** An answer in which all is well but for the text. */
  private void nothingSaid(Wire wire, boolean stream) throws IOException {
    if (!stream) {
      wire.answer(200, "application/json", "", words.answer(List.of()));
      return;
    }
    begin(wire);
    for (String event : words.end()) {
      wire.chunk(event);
    }
    wire.lastChunk();
  }

  private void begin(Wire wire) throws IOException {
    wire.streamHead();
    for (String event : words.beginning()) {
      wire.chunk(event);
    }
  }

  /** Those that are the same whatever was asked for. */
  private void anyKind(String fault, Wire wire, boolean stream) throws IOException {
    switch (fault) {
      case "reset-after-request" -> wire.reset();
      case "reset-in-head" -> {
        wire.raw("HTTP/1.1 200 Status\r\nContent-Ty");
        wire.reset();
      }
      case "closed-in-head" -> wire.raw("HTTP/1.1 200 Status\r\nContent-Ty");
      case "hang-before-head" -> wire.hang();
      case "html" ->
          wire.answer(200, "text/html", "", "<html><body>Welcome to the proxy</body></html>");
      case "html-502" -> wire.answer(502, "text/html", "", "<html><body>Bad gateway</body></html>");
      case "empty" -> wire.answer(200, "application/json", "", "");
      case "null" -> wire.answer(200, "application/json", "", "null");
      case "nothing-said" -> nothingSaid(wire, stream);
      case "error-in-success" ->
          wire.answer(200, "application/json", "", words.error("server_error", "Went wrong"));
      case "too-long" ->
          wire.answer(
              400,
              "application/json",
              "",
              words.error("invalid_request_error", "prompt is too long: 250000 tokens"));
      default -> healthy(wire, stream);
    }
  }

  private boolean inDocument(String fault, Wire wire) throws IOException, InterruptedException {
    String answer = words.answer(pieces);
    String half = answer.substring(0, answer.length() / 2);
    String head = Wire.head(200, "application/json", "Content-Length: " + answer.length() + "\r\n");
    switch (fault) {
      case "reset-in-body" -> {
        wire.raw(head + half);
        wire.reset();
      }
      case "closed-in-body" -> wire.raw(head + half);
      case "malformed" -> wire.answer(200, "application/json", "", half);
      case "hang-in-body" -> {
        wire.raw(head + half);
        wire.hang();
      }
      case "drip" -> {
        wire.raw(Wire.head(200, "application/json", "Content-Length: 1000000\r\n"));
        wire.drip(" ");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean inStream(String fault, Wire wire) throws IOException, InterruptedException {
    switch (fault) {
      case "reset-before-content" -> {
        begin(wire);
        wire.reset();
      }
      case "closed-before-content" -> begin(wire);
      case "ended-before-content" -> {
        begin(wire);
        wire.lastChunk();
      }
      case "error-before-content" -> {
        begin(wire);
        wire.chunk(words.errorEvent("overloaded_error"));
        wire.lastChunk();
      }
      case "malformed" -> {
        wire.streamHead();
        wire.chunk("data: {\"id\":\"chatcmpl-2\",\"cho\n\n");
        wire.lastChunk();
      }
      case "hang-before-content" -> {
        begin(wire);
        wire.hang();
      }
      case "drip-before-content" -> {
        begin(wire);
        wire.drip(chunk(": ping\n\n"));
      }
      case "reset-after-content" -> {
        beginWithContent(wire);
        wire.reset();
      }
      case "closed-after-content" -> beginWithContent(wire);
      case "ended-after-content" -> {
        beginWithContent(wire);
        wire.lastChunk();
      }
      case "error-after-content" -> {
        beginWithContent(wire);
        wire.chunk(words.errorEvent("overloaded_error"));
        wire.lastChunk();
      }
      case "endless" -> {
        begin(wire);
        wire.chunk(words.content(pieces.get(0)));
        wire.drip(chunk(": ping\n\n"));
      }
      case "hang-after-content" -> {
        beginWithContent(wire);
        wire.hang();
      }
      case "drip-after-content" -> {
        beginWithContent(wire);
        wire.drip(chunk(": ping\n\n"));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void beginWithContent(Wire wire) throws IOException, InterruptedException {
    begin(wire);
    wire.chunk(words.content(pieces.get(0)));
    wire.awaitContentSeen();
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
