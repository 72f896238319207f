// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/**
 * Checks that bytes are one JSON object (RFC 8259), so that whoever looks for places in them later
 * need not check anything. One pass, in constant memory. What is no ASCII is not checked: it can
 * only stand in strings, and is not touched there.
 */
final class JsonGrammar {

  /** More levels of nesting are no request to any model. */
  static final int DEPTH_LIMIT = 512;

  private final byte[] bytes;
  private final boolean[] objects = new boolean[DEPTH_LIMIT];
  private int at;

  private JsonGrammar(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The place of the object's opening brace; -1 if this is no JSON, or no object. */
  static int object(byte[] bytes) {
    JsonGrammar grammar = new JsonGrammar(bytes);
    grammar.byteOrderMark();
    grammar.space();
    int root = grammar.at;
    if (grammar.peek() != '{' || !grammar.value()) {
      return -1;
    }
    grammar.space();
    return grammar.at == bytes.length ? root : -1;
  }

  private void byteOrderMark() {
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF) {
      at = 3;
    }
  }

  /** The next byte; 0, which is no part of JSON outside of strings, at the end. */
  private int peek() {
    return at < bytes.length ? bytes[at] : 0;
  }

  private void space() {
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private boolean value() {
    int depth = 0;
    while (true) {
      space();
      int first = peek();
      if (first == '{' || first == '[') {
        if (depth == DEPTH_LIMIT) {
          return false;
        }
        boolean object = first == '{';
        objects[depth++] = object;
        at++;
        space();
        if (peek() != (object ? '}' : ']')) {
          if (object && !name()) {
            return false;
          }
          continue;
        }
        // Empty: what follows closes it.
      } else if (!scalar()) {
        return false;
      }
      depth = behindValue(depth);
      if (depth <= 0) {
        return depth == 0;
      }
    }
  }

  /** Reads up to where the next value begins; the depth there, 0 at the end, -1 if malformed. */
  private int behindValue(int from) {
    int depth = from;
    while (depth > 0) {
      space();
      boolean object = objects[depth - 1];
      int next = peek();
      at++;
      if (next == ',') {
        space();
        return !object || name() ? depth : -1;
      }
      if (next != (object ? '}' : ']')) {
        return -1;
      }
      depth--;
    }
    return 0;
  }

  private boolean name() {
    if (!string()) {
      return false;
    }
    space();
    boolean colon = peek() == ':';
    at++;
    return colon;
  }

  private boolean scalar() {
    return switch (peek()) {
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    };
  }

  private boolean literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean string() {
    if (peek() != '"') {
      return false;
    }
    at++;
    while (at < bytes.length) {
      byte b = bytes[at++];
      if (b == '"') {
        return true;
      }
      if (b == '\\' ? !escape() : b >= 0 && b < ' ') {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    int kind = peek();
    at++;
    if (kind != 'u') {
      return kind != 0 && "\"\\/bfnrt".indexOf(kind) >= 0;
    }
    for (int i = 0; i < 4; i++, at++) {
      if (Character.digit(peek(), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else if (!digits()) {
      return false;
    }
    if (peek() == '.') {
      at++;
      if (!digits()) {
        return false;
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int from = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > from;
  }
}
