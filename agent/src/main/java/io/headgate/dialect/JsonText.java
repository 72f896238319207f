// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as the bytes it was written in. A value is known by the place where it begins, so
 * that it can be replaced without touching anything around it. Immutable.
 *
 * <p>Why not Jackson's parser and its byte offsets: it refuses what this need not understand (long
 * numbers, long names, odd UTF-8), and has to build every string it passes.
 */
final class JsonText {

  private final byte[] bytes;
  private final int root;

  private JsonText(byte[] bytes, int root) {
    this.bytes = bytes;
    this.root = root;
  }

  /** Null if this is no JSON object, nested too deep, or larger than any captured body. */
  static @Nullable JsonText of(byte[] bytes) {
    if (bytes.length > RequestBody.CAPTURE_LIMIT) {
      return null;
    }
    int root = JsonGrammar.object(bytes);
    return root < 0 ? null : new JsonText(bytes, root);
  }

  /** With these changes, which keep it a JSON object; this one if there are none. */
  JsonText with(Splices splices) {
    return splices.isEmpty() ? this : new JsonText(splices.apply(bytes), root);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the object begins. */
  int root() {
    return root;
  }

  boolean isObject(int value) {
    return bytes[value] == '{';
  }

  boolean isArray(int value) {
    return bytes[value] == '[';
  }

  boolean isString(int value) {
    return bytes[value] == '"';
  }

  boolean isNull(int value) {
    return bytes[value] == 'n';
  }

  boolean isNumber(int value) {
    return bytes[value] == '-' || (bytes[value] >= '0' && bytes[value] <= '9');
  }

  /** The values of all members of that name, in order. */
  List<Integer> values(int object, String name) {
    List<Integer> values = new ArrayList<>(1);
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    JsonCursor members = new JsonCursor(this, object);
    while (members.next()) {
      if (isText(members.name(), name, utf8)) {
        values.add(members.value());
      }
    }
    return values;
  }

  /** Whether an object has a member of that name which says anything: null does not. */
  boolean says(int object, String name) {
    for (int value : values(object, name)) {
      if (!isNull(value)) {
        return true;
      }
    }
    return false;
  }

  /** Adds a member behind the last one. */
  void append(int object, String name, byte[] value, Splices splices) {
    JsonCursor members = new JsonCursor(this, object);
    while (members.next()) {
      // Up to the last one.
    }
    splices.insert(
        members.end(),
        Splices.joined(
            JsonWords.utf8(members.any() ? "," : ""),
            JsonWords.string(name),
            JsonWords.utf8(":"),
            value));
  }

  /** Whether a string, however escaped, has this text. */
  boolean isText(int string, String text, byte[] utf8) {
    int from = string + 1;
    int to = endOfString(string) - 1;
    // An escape never takes fewer bytes than what it stands for.
    if (to - from < utf8.length) {
      return false;
    }
    boolean escaped = hasEscapes(from, to);
    return escaped
        ? text(string).equals(text)
        : Arrays.equals(bytes, from, to, utf8, 0, utf8.length);
  }

  private boolean hasEscapes(int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** What a string says. */
  String text(int string) {
    String raw =
        new String(bytes, string + 1, endOfString(string) - string - 2, StandardCharsets.UTF_8);
    int escape = raw.indexOf('\\');
    if (escape < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int from = 0;
    while (escape >= 0) {
      text.append(raw, from, escape);
      char kind = raw.charAt(escape + 1);
      from = escape + (kind == 'u' ? 6 : 2);
      text.append(
          switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(raw, escape + 2, from, 16);
            default -> kind;
          });
      escape = raw.indexOf('\\', from);
    }
    return text.append(raw, from, raw.length()).toString();
  }

  /** What a number is; infinite if no double holds it. */
  double number(int value) {
    return Double.parseDouble(
        new String(bytes, value, end(value) - value, StandardCharsets.US_ASCII));
  }

  /** Behind a value. */
  int end(int value) {
    return switch (bytes[value]) {
      case '"' -> endOfString(value);
      case '{', '[' -> endOfContainer(value);
      default -> endOfWord(value);
    };
  }

  private int endOfString(int string) {
    int at = string + 1;
    while (bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private int endOfContainer(int container) {
    int depth = 0;
    int at = container;
    do {
      switch (bytes[at]) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> at = endOfString(at) - 1;
        default -> {
          // Between the values, or part of a number or a word.
        }
      }
      at++;
    } while (depth > 0);
    return at;
  }

  private int endOfWord(int word) {
    int at = word;
    while (bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
      if (JsonGrammar.isSpace(bytes[at])) {
        return at;
      }
      at++;
    }
    return at;
  }

  /** The next place that is no white space. */
  int space(int from) {
    int at = from;
    while (JsonGrammar.isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  byte at(int place) {
    return bytes[place];
  }
}
