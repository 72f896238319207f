// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import org.jspecify.annotations.Nullable;

/** The text of an expression, and what is wrong with it. */
record Source(String text) {

  /**
   * @param at where, as an index of the text
   * @param what is wrong there
   */
  ExpressionException problem(int at, String what) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < at; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    String column = "column " + (at - lineStart + 1) + ": " + what;
    return new ExpressionException(
        text.indexOf('\n') < 0 ? column : "line " + line + ", " + column);
  }

  /**
   * @param meant what would be right instead; null if there is no telling
   */
  ExpressionException problem(int at, String what, @Nullable String meant) {
    return problem(at, meant == null ? what : what + "; did you mean `" + meant + "`?");
  }

  /** What was written for a term, in quotes. */
  String quote(Term term) {
    return "`" + text.substring(term.start(), term.end()) + "`";
  }

  /** The names that follow one with dots: {@code .plan.name}; without that of a function. */
  String namesAfter(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == '.') {
      int next = end + 1;
      while (next < text.length() && Lexer.isNamePart(text.charAt(next))) {
        next++;
      }
      if (next == end + 1 || (next < text.length() && text.charAt(next) == '(')) {
        break;
      }
      end = next;
    }
    return text.substring(from, end);
  }
}
