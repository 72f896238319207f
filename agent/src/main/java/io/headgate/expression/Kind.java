// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

/** What is known of a value when an expression is compiled. All of them may be null, too. */
enum Kind {
  ANY("a value"),
  NULL("null"),
  BOOLEAN("a boolean"),
  NUMBER("a number"),
  STRING("a string"),
  LIST("a list"),
  MAP("a map"),
  /** No value at all, just the beginning of a path: {@code request}. */
  SECTION("a section");

  private final String phrase;

  Kind(String phrase) {
    this.phrase = phrase;
  }

  String phrase() {
    return phrase;
  }

  /** Whether a value of this kind may turn out to be one of the other. */
  boolean maybe(Kind other) {
    return this == ANY || other == ANY || this == other;
  }
}
