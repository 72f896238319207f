// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

/** Reads one string in quotes, with the escapes of the language. */
final class Strings {

  private static final String ESCAPES = "abfnrtv\\?\"'`";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\?\"'`";

  private final Source source;
  private final String text;
  private final int start;
  private final boolean raw;
  private int at;

  /**
   * @param quote the index of the opening quote
   * @param raw whether a backslash stands for itself
   */
  Strings(Source source, int quote, boolean raw) {
    this.source = source;
    this.text = source.text();
    this.start = quote;
    this.raw = raw;
    this.at = quote + 1;
  }

  String value() throws ExpressionException {
    char quote = text.charAt(start);
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == quote) {
        return value.toString();
      }
      if (c == '\\' && !raw && at < text.length()) {
        value.appendCodePoint(escaped());
      } else {
        value.append(c);
      }
    }
    throw source.problem(start, "the string is not closed");
  }

  /** The index after the closing quote. */
  int end() {
    return at;
  }

  private int escaped() throws ExpressionException {
    int from = at - 1;
    char c = text.charAt(at++);
    int simple = ESCAPES.indexOf(c);
    if (simple >= 0) {
      return ESCAPED.charAt(simple);
    }
    return switch (c) {
      case 'x', 'X' -> code(from, at, 2, 16);
      case 'u' -> code(from, at, 4, 16);
      case 'U' -> code(from, at, 8, 16);
      case '0', '1', '2', '3' -> code(from, at - 1, 3, 8);
      default -> throw unknown(from, at);
    };
  }

  private int code(int from, int digits, int count, int radix) throws ExpressionException {
    int end = Math.min(digits + count, text.length());
    String code = text.substring(digits, end);
    if (code.length() == count && code.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
      long value = Long.parseLong(code, radix);
      if (value <= Character.MAX_CODE_POINT) {
        at = end;
        return (int) value;
      }
    }
    throw unknown(from, end);
  }

  private ExpressionException unknown(int from, int end) {
    return source.problem(
        from,
        "`" + text.substring(from, end) + "` is no escape; r\"…\" takes backslashes as they are");
  }
}
