// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.JsonNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON in UTF-8, whatever is in them. */
final class JsonWords {

  /** Whole numbers up to here are exact as a double. */
  private static final double EXACT = 1L << 53;

  private JsonWords() {}

  /**
   * A value of strings, numbers, booleans, lists, maps and null; anything else as the string that
   * it is as text. Numbers that JSON does not have (NaN, infinity) become null.
   */
  static byte[] value(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value);
    return utf8(json);
  }

  /** A string with its quotes. */
  static byte[] string(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    quoted(json, text);
    return utf8(json);
  }

  /** What stands between the quotes of a string. */
  static byte[] inner(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    escaped(json, text);
    return utf8(json);
  }

  /** A number in its shortest form, {@code 2048} rather than {@code 2048.0}. */
  static byte[] number(double value) {
    return utf8(
        value == Math.rint(value) && Math.abs(value) < EXACT
            ? Long.toString((long) value)
            : Double.toString(value));
  }

  static byte[] utf8(CharSequence json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder json, @Nullable Object value) {
    if (value == null) {
      json.append("null");
    } else if (value instanceof Map<?, ?> map) {
      json.append('{');
      String comma = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.append(comma);
        quoted(json, String.valueOf(entry.getKey()));
        json.append(':');
        append(json, entry.getValue());
        comma = ",";
      }
      json.append('}');
    } else if (value instanceof Iterable<?> list) {
      json.append('[');
      String comma = "";
      for (Object element : list) {
        json.append(comma);
        append(json, element);
        comma = ",";
      }
      json.append(']');
    } else if (value instanceof Boolean || value instanceof JsonNumber || isNumber(value)) {
      json.append(value);
    } else if (value instanceof Number) {
      json.append("null");
    } else {
      quoted(json, value.toString());
    }
  }

  private static boolean isNumber(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal
        || (value instanceof Double number && Double.isFinite(number))
        || (value instanceof Float single && Float.isFinite(single));
  }

  private static void quoted(StringBuilder json, String text) {
    json.append('"');
    escaped(json, text);
    json.append('"');
  }

  private static void escaped(StringBuilder json, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7F) {
            json.append("\\u00").append(hex(c >> 4)).append(hex(c & 15));
          } else if (!Character.isSurrogate(c)) {
            json.append(c);
          } else if (isPair(text, i)) {
            json.append(c).append(text.charAt(++i));
          } else {
            // Half a character has no UTF-8; Java would send a question mark.
            json.append('\uFFFD');
          }
        }
      }
    }
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  private static char hex(int digit) {
    return Character.forDigit(digit, 16);
  }
}
