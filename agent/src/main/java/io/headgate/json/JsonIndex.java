// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a JSON document (RFC 8259) are, in the order of the document, three numbers
 * for each: cheaper than a tree, and enough to visit members in another order than they came in. A
 * member's name is an entry before its value's. Read-only once made.
 */
final class JsonIndex {

  /** More levels of nesting are no request to any model, and would be deep recursion. */
  static final int DEPTH_LIMIT = 128;

  static final int NULL = 0;
  static final int FALSE = 1;
  static final int TRUE = 2;
  static final int NUMBER = 3;
  static final int STRING = 4;
  static final int ARRAY = 5;
  static final int OBJECT = 6;

  /** Beside {@link #STRING}: its text is not in the document but among those that had escapes. */
  private static final int DECODED = 8;

  private final byte[] json;
  private final JsonEscapes escapes = new JsonEscapes();

  /** Of each entry: its kind; where its text begins or how many children; where it ends. */
  private int[] entries;

  private int count;
  private int at;

  private JsonIndex(byte[] json) {
    this.json = json;
    this.entries = new int[3 * Math.max(16, Math.min(json.length / 16, 1 << 16))];
  }

  /** The index; null if this is no JSON, not well-formed UTF-8, or nested too deep. */
  static @Nullable JsonIndex of(byte[] json) {
    JsonIndex index = new JsonIndex(json);
    return index.document() ? index : null;
  }

  // What it says. The root is entry 0.

  int kind(int entry) {
    return entries[3 * entry] & ~DECODED;
  }

  /** The bytes in which the text of a string, a name or a number is, from where to where. */
  byte[] bytes(int entry) {
    return (entries[3 * entry] & DECODED) == 0 ? json : escapes.bytes();
  }

  int from(int entry) {
    return entries[3 * entry + 1];
  }

  int to(int entry) {
    return entries[3 * entry + 2];
  }

  /** How many elements or members an array or object has. */
  int size(int entry) {
    return entries[3 * entry + 1];
  }

  /** The entry behind a value and all that is in it. */
  int next(int entry) {
    return entries[3 * entry] >= ARRAY && entries[3 * entry] <= OBJECT
        ? entries[3 * entry + 2]
        : entry + 1;
  }

  // How it is made.

  private boolean document() {
    if (json.length >= 3 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB) {
      at = json[2] == (byte) 0xBF ? 3 : 0;
    }
    int[] open = new int[16];
    int depth = 0;
    while (true) {
      int first = look();
      if (first == '{' || first == '[') {
        if (depth == DEPTH_LIMIT) {
          return false;
        }
        if (depth == open.length) {
          open = Arrays.copyOf(open, 2 * depth);
        }
        boolean object = first == '{';
        open[depth++] = add(object ? OBJECT : ARRAY, 0, 0);
        at++;
        if (look() != (object ? '}' : ']')) {
          if (object && !name()) {
            return false;
          }
          continue;
        }
        // Empty: what follows closes it.
      } else {
        if (!scalar(first)) {
          return false;
        }
        if (depth > 0) {
          entries[3 * open[depth - 1] + 1]++;
        }
      }
      depth = behindValue(open, depth);
      if (depth <= 0) {
        return depth == 0 && look() == 0 && at == json.length;
      }
    }
  }

  /** Reads up to where the next value begins; the depth there, 0 at the end, -1 if malformed. */
  private int behindValue(int[] open, int from) {
    int depth = from;
    while (depth > 0) {
      int container = open[depth - 1];
      boolean object = entries[3 * container] == OBJECT;
      int next = look();
      at++;
      if (next == ',') {
        if (!object) {
          return depth;
        }
        look();
        return name() ? depth : -1;
      }
      if (next != (object ? '}' : ']')) {
        return -1;
      }
      entries[3 * container + 2] = count;
      depth--;
      if (depth > 0) {
        entries[3 * open[depth - 1] + 1]++;
      }
    }
    return 0;
  }

  /** The next byte that is not white space; 0, which is no part of JSON here, at the end. */
  private int look() {
    while (at < json.length) {
      byte b = json[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  private boolean name() {
    if (at == json.length || json[at] != '"' || !string() || look() != ':') {
      return false;
    }
    at++;
    return true;
  }

  private boolean scalar(int first) {
    return switch (first) {
      case '"' -> string();
      case 't' -> literal("true", TRUE);
      case 'f' -> literal("false", FALSE);
      case 'n' -> literal("null", NULL);
      default -> number();
    };
  }

  private boolean literal(String word, int kind) {
    if (json.length - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (json[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    add(kind, 0, 0);
    return true;
  }

  private boolean string() {
    int from = at + 1;
    int i = PlainText.end(json, from);
    while (i < json.length) {
      byte b = json[i];
      if (b == '"') {
        add(STRING, from, i);
        at = i + 1;
        return true;
      }
      if (b == '\\') {
        return escaped(from, i);
      }
      i = b < 0 ? Utf8.next(json, i) : -1;
      if (i < 0) {
        return false;
      }
      i = PlainText.end(json, i);
    }
    return false;
  }

  private boolean escaped(int from, int firstEscape) {
    int start = escapes.length();
    int end = escapes.read(json, from, firstEscape);
    if (end < 0) {
      return false;
    }
    add(STRING | DECODED, start, escapes.length());
    at = end;
    return true;
  }

  private boolean number() {
    int from = at;
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
      if (!digits()) {
        return false;
      }
    }
    add(NUMBER, from, at);
    return true;
  }

  private int peek() {
    return at < json.length ? json[at] : 0;
  }

  private boolean digits() {
    int from = at;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    return at > from;
  }

  private int add(int kind, int from, int to) {
    int place = 3 * count;
    if (place == entries.length) {
      entries = Arrays.copyOf(entries, 2 * place);
    }
    entries[place] = kind;
    entries[place + 1] = from;
    entries[place + 2] = to;
    return count++;
  }
}
