// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the app saw of a call, as a line that a test can read. */
final class Saw {

  private static final List<String> FIELDS =
      List.of(
          "x-headgate-provider",
          "x-headgate-model",
          "x-headgate-step",
          "x-headgate-attempts",
          "x-headgate-reason",
          "x-should-retry",
          "retry-after");

  private final Map<String, String> facts = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private final Runnable firstContent;

  /**
   * @param firstContent run when the app has the first piece of the text
   */
  Saw(Runnable firstContent) {
    this.firstContent = firstContent;
  }

  /** A piece of the answer's text. */
  void text(String piece) {
    boolean first = text.isEmpty();
    text.append(piece);
    if (first && !piece.isEmpty()) {
      firstContent.run();
    }
  }

  String textSoFar() {
    return text.toString();
  }

  void status(int status) {
    facts.put("status", Integer.toString(status));
  }

  /**
   * The fields of the answer that matter.
   *
   * @param value the value of a field by its name in lower case; null if there is none
   */
  void fields(UnaryOperator<String> value) {
    for (String name : FIELDS) {
      String found = value.apply(name);
      if (found != null) {
        facts.put(name, found);
      }
    }
  }

  /** How much there was, for what may be added to the end. */
  void size(int characters) {
    facts.put("size", Integer.toString(characters));
  }

  /** How it ended: {@code complete}, {@code error TYPE}, {@code threw CLASS} or otherwise. */
  void ended(String how) {
    facts.put("end", how);
  }

  void threw(Throwable thrown) {
    ended("threw " + thrown.getClass().getName());
    facts.put("message", String.valueOf(thrown.getMessage()));
    if (thrown.getCause() != null) {
      facts.put("cause", thrown.getCause().toString());
    }
  }

  String line() {
    facts.put("text", text.toString());
    StringBuilder line = new StringBuilder();
    facts.forEach(
        (name, value) ->
            line.append('\t').append(name).append('=').append(value.replaceAll("\\s+", " ")));
    return line.toString();
  }

  static Map<String, String> parse(String line) {
    Map<String, String> facts = new TreeMap<>();
    for (String fact : line.split("\t")) {
      int equals = fact.indexOf('=');
      if (equals > 0) {
        facts.put(fact.substring(0, equals), fact.substring(equals + 1));
      }
    }
    return facts;
  }
}
