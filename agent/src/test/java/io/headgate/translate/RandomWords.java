// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.JsonNumber;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Texts, numbers and JSON of all kinds, the same ones for the same seed. */
final class RandomWords {

  private static final String[] PIECES = {
    "Hi",
    "Grüße",
    " ",
    "\n",
    "\n\n\n",
    "\r\n",
    "\t",
    "\"",
    "\\",
    "\\n",
    "/",
    "\u0000",
    "\u001f",
    "\u007f",
    "\u00a0",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\uffff",
    "日本語",
    "😀",
    "👩‍👩‍👧",
    "e\u0301",
    "\ud83d",
    "\ude00",
    "<b>&amp;</b>",
    "data: [DONE]\n\n",
    "{\"a\":1}",
    "]}",
    "${x}",
    "null",
    "0"
  };

  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-0.0",
    "1.0",
    "1.50",
    "1e2",
    "1E+2",
    "1e-7",
    "1e400",
    "-1E-400",
    "0.1",
    "100",
    "9007199254740993",
    "-9223372036854775808",
    "18446744073709551616",
    "123456789012345678901234567890.123456789012345678901234567890"
  };

  private static final String[] KEYS = {
    "z", "a", "ü", "a b", "$x", "x-1", "😀", "10", "9", "q\"\\"
  };

  private final Random random;

  RandomWords(Random random) {
    this.random = random;
  }

  boolean flip() {
    return random.nextBoolean();
  }

  /** Whether one of so many times. */
  boolean once(int times) {
    return random.nextInt(times) == 0;
  }

  /** A number from the first to the last. */
  int between(int first, int last) {
    return first + random.nextInt(last - first + 1);
  }

  @SafeVarargs
  final <T> T any(T... things) {
    return things[random.nextInt(things.length)];
  }

  <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  <T> @Nullable T maybe(T thing) {
    return flip() ? thing : null;
  }

  /** A text that is not empty, and of white space only if that may be. */
  String text(boolean blank) {
    StringBuilder text = new StringBuilder();
    for (int i = between(1, 6); i > 0; i--) {
      text.append(any(PIECES));
    }
    return blank || !text.toString().isBlank() ? text.toString() : text.append('.').toString();
  }

  /**
   * Pieces of a text, cut anywhere, even within a character of two.
   *
   * @param blank whether the first may be white space
   */
  List<String> cut(String text, boolean blank) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = between(from + 1, text.length());
      while (from == 0 && !blank && text.substring(0, to).isBlank()) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /** A word of letters and digits. */
  String word(String start) {
    return start + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
  }

  String base64() {
    byte[] bytes = new byte[between(1, 40)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  JsonNumber number() {
    return new JsonNumber(any(NUMBERS));
  }

  /** A number from 0 to below 1, with or without zeros at its end. */
  BigDecimal fraction() {
    return new BigDecimal(any("0", "0.0", "0.70", "0.123456789012345678", "1E-7", "0.5"));
  }

  String key() {
    return any(KEYS);
  }

  /** Arguments of a call, an object, as this agent spells JSON. */
  String object() {
    return new String(JsonWriter.write(map(3)), StandardCharsets.UTF_8);
  }

  /** The same in a spelling that is nobody's own. */
  String spelt() {
    return any(
        object(),
        "{ \"a\" : 1.0 }",
        "{\"a\":\"\\u00fc\\/\\ud83d\\ude00\"}",
        "{\n  \"b\": [ ],\n  \"a\": 1e2\n}",
        "{\"a\":\"{\\\"b\\\":\\\"\\\\n\\\"}\"}",
        "{\"a\":1,\"a\":2}");
  }

  /** An object with members of all kinds. */
  Map<String, @Nullable Object> map(int depth) {
    Map<String, @Nullable Object> map = Nodes.object();
    for (int i = between(0, 3); i > 0; i--) {
      map.put(key(), value(depth - 1));
    }
    return map;
  }

  private @Nullable Object value(int depth) {
    return switch (between(0, depth > 0 ? 6 : 4)) {
      case 0 -> null;
      case 1 -> flip();
      case 2 -> number();
      case 3 -> "";
      case 4 -> text(true);
      case 5 -> map(depth);
      default -> Nodes.array(value(depth - 1), value(depth - 1));
    };
  }
}
