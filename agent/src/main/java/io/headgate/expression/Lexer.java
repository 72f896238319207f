// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Divides an expression into names, strings, numbers and symbols. */
final class Lexer {

  /** Longer ones are no conditions; bounds what compiling and evaluating one takes. */
  private static final int TOKEN_LIMIT = 1000;

  private static final List<String> PAIRS = List.of("&&", "||", "==", "!=", "<=", ">=");
  private static final String SINGLES = "()[]{}.,?:+-*/%!<>=&|";

  private final Source source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /** The last one is always an {@link Token.Type#END}. */
  static List<Token> tokens(Source source) throws ExpressionException {
    Lexer lexer = new Lexer(source);
    lexer.skipBlanks();
    while (lexer.at < lexer.text.length()) {
      if (lexer.tokens.size() == TOKEN_LIMIT) {
        throw source.problem(lexer.at, "the expression is too long");
      }
      lexer.next();
      lexer.skipBlanks();
    }
    int end = lexer.text.length();
    lexer.add(Token.Type.END, null, end);
    return lexer.tokens;
  }

  static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipBlanks() {
    for (; at < text.length(); at++) {
      if (text.startsWith("//", at)) {
        int line = text.indexOf('\n', at);
        at = line < 0 ? text.length() - 1 : line;
      } else if (" \t\r\n\f".indexOf(text.charAt(at)) < 0) {
        return;
      }
    }
  }

  private void next() throws ExpressionException {
    char c = text.charAt(at);
    char after = peek(1);
    if (c == '"' || c == '\'') {
      string(at, false);
    } else if ((c == 'r' || c == 'R') && (after == '"' || after == '\'')) {
      string(at + 1, true);
    } else if (isNameStart(c)) {
      add(Token.Type.NAME, null, nameEnd(at));
    } else if (isDigit(c) || (c == '.' && isDigit(after))) {
      number();
    } else {
      symbol();
    }
  }

  private void string(int quote, boolean raw) throws ExpressionException {
    Strings strings = new Strings(source, quote, raw);
    String value = strings.value();
    add(Token.Type.STRING, value, strings.end());
  }

  private void number() throws ExpressionException {
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    int end = nameEnd(at);
    boolean real = false;
    if (!hex) {
      if (end < text.length() - 1 && text.charAt(end) == '.' && isDigit(text.charAt(end + 1))) {
        real = true;
        end = nameEnd(end + 1);
      }
      char last = text.charAt(end - 1);
      if ((last == 'e' || last == 'E')
          && end < text.length()
          && "+-".indexOf(text.charAt(end)) >= 0) {
        end = nameEnd(end + 1);
      }
    }
    String digits = text.substring(at, end);
    if (!digits.matches(hex ? "0[xX][0-9a-fA-F]+" : "[0-9]*(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw source.problem(at, "`" + digits + "` is no number");
    }
    real |= !hex && (digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0);
    try {
      Object value =
          real
              ? (Object) Double.valueOf(digits)
              : hex
                  ? (Object) Long.valueOf(digits.substring(2), 16)
                  : (Object) Long.valueOf(digits);
      add(Token.Type.NUMBER, value, end);
    } catch (NumberFormatException e) {
      throw source.problem(at, "`" + digits + "` is too large for a number");
    }
  }

  private void symbol() throws ExpressionException {
    for (String pair : PAIRS) {
      if (text.startsWith(pair, at)) {
        add(Token.Type.SYMBOL, null, at + 2);
        return;
      }
    }
    if (SINGLES.indexOf(text.charAt(at)) < 0) {
      String character = Character.toString(text.codePointAt(at));
      throw source.problem(at, "`" + character + "` has no meaning here");
    }
    add(Token.Type.SYMBOL, null, at + 1);
  }

  private int nameEnd(int from) {
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private char peek(int offset) {
    return at + offset < text.length() ? text.charAt(at + offset) : 0;
  }

  private void add(Token.Type type, @Nullable Object value, int end) {
    tokens.add(new Token(type, text.substring(at, end), value, at, end));
    at = end;
  }
}
