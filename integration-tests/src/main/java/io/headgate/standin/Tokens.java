// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

/**
 * How the stand-in counts, so that a test can say what it expects: a text of {@code n} UTF-16 units
 * has {@code ceil(n / 4)} tokens; a prompt has 3, and 4 for each text in it, and the texts' own;
 * inputs to embed have just their own.
 */
public final class Tokens {

  private Tokens() {}

  /** Tokens of one text. */
  public static int of(String text) {
    return (text.length() + 3) / 4;
  }

  /** Tokens of a prompt that is made of these texts (system texts, messages, content parts). */
  public static int prompt(Iterable<String> texts) {
    int tokens = 3;
    for (String text : texts) {
      tokens += 4 + of(text);
    }
    return tokens;
  }

  /** Tokens of texts to embed or rank. */
  static int sum(Iterable<String> texts) {
    int tokens = 0;
    for (String text : texts) {
      tokens += of(text);
    }
    return tokens;
  }
}
