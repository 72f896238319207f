// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.util.Random;

/** Writes JSON as no library would: odd white space, needless escapes, repeated names. */
final class RandomJson {

  private static final String[] STRINGS = {
    "",
    "\\\"",
    "\\\\",
    "}{",
    "][,:",
    "é€😀",
    "\\u00e9\\ud83d\\ude00",
    "\\/\\b\\f\\n\\r\\t",
    "a",
    "model"
  };
  private static final String[] NUMBERS = {
    "0", "-0", "1", "0.10", "1e5", "1E+05", "-1.5e-3", "123456789012345678901234567890"
  };
  private static final String[] SPACES = {"", "", "", " ", "\n\t", "\r\n  "};

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String space() {
    return oneOf(SPACES);
  }

  /** A name in quotes, some of its letters escaped. */
  String quoted(String name) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : name.toCharArray()) {
      quoted.append(random.nextInt(4) == 0 ? String.format("\\u%04x", (int) c) : c);
    }
    return quoted.append('"').toString();
  }

  String object(int depth) {
    StringBuilder object = new StringBuilder("{").append(space());
    for (int i = random.nextInt(5); i > 0; i--) {
      object
          .append(quoted(oneOf("a", "b", "c", "d")))
          .append(space())
          .append(':')
          .append(space())
          .append(value(depth - 1))
          .append(space())
          .append(i > 1 ? "," : "")
          .append(space());
    }
    return object.append('}').toString();
  }

  String value(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 9)) {
      case 0 -> "true";
      case 1 -> "false";
      case 2 -> "null";
      case 3 -> oneOf(NUMBERS);
      case 4 -> '"' + oneOf(STRINGS) + oneOf(STRINGS) + '"';
      case 5 -> array(depth);
      default -> object(depth);
    };
  }

  private String array(int depth) {
    StringBuilder array = new StringBuilder("[").append(space());
    for (int i = random.nextInt(4); i > 0; i--) {
      array.append(value(depth - 1)).append(space()).append(i > 1 ? "," : "");
    }
    return array.append(']').toString();
  }
}
