// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Documents, others that are nearly the same, and many spellings of each. */
final class RandomJson {

  private static final String[] NAMES = {
    "model",
    "messages",
    "role",
    "content",
    "temperature",
    "top_p",
    "tools",
    "a",
    "b",
    "ab",
    "",
    "é",
    "n",
    "0",
    "a.b",
    "\u0001",
    "parallel_tool_calls"
  };

  private static final String[] TEXTS = {
    "",
    "a",
    "ab",
    "1",
    "1.0",
    "true",
    "null",
    "[]",
    "{}",
    "é",
    "e\u0301",
    "\"",
    "\\",
    "\n",
    "😀",
    "user",
    "How many roads?",
    "s",
    "\u0000"
  };

  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "10",
    "100",
    "0.1",
    "0.7",
    "0.3",
    "1E+3",
    "12345678901234567890",
    "1E-7",
    "9007199254740993",
    "9007199254740992",
    "0.12345678901234567890123",
    "-0.5",
    "1E+30",
    "42"
  };

  private final Random random;

  RandomJson(long seed) {
    this.random = new Random(seed);
  }

  /** An object like a request's. */
  Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    int members = 1 + random.nextInt(6);
    for (int i = 0; i < members; i++) {
      document.put(pick(NAMES), value(3));
    }
    return document;
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private @Nullable Object value(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 10);
    if (kind < 3) {
      return pick(TEXTS);
    }
    if (kind < 5) {
      return new BigDecimal(pick(NUMBERS)).stripTrailingZeros();
    }
    if (kind == 5) {
      return random.nextBoolean() ? random.nextBoolean() : null;
    }
    int size = random.nextInt(4);
    if (kind < 8) {
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(value(depth - 1));
      }
      return list;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(pick(NAMES), value(depth - 1));
    }
    return map;
  }

  /** A copy in which one thing is changed, somewhere. It may come out the same. */
  @Nullable Object changed(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, member) -> copy.put((String) name, member));
      List<String> names = new ArrayList<>(copy.keySet());
      int kind = random.nextInt(6);
      if (names.isEmpty() || kind == 0) {
        copy.put(pick(NAMES), value(1));
      } else if (kind == 1) {
        copy.remove(names.get(random.nextInt(names.size())));
      } else if (kind == 2) {
        copy.put(pick(NAMES), copy.remove(names.get(random.nextInt(names.size()))));
      } else {
        String name = names.get(random.nextInt(names.size()));
        copy.put(name, changed(copy.get(name)));
      }
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int kind = random.nextInt(6);
      if (copy.isEmpty() || kind == 0) {
        copy.add(random.nextInt(copy.size() + 1), value(1));
      } else if (kind == 1) {
        copy.remove(random.nextInt(copy.size()));
      } else if (kind == 2) {
        Collections.swap(copy, random.nextInt(copy.size()), random.nextInt(copy.size()));
      } else {
        int at = random.nextInt(copy.size());
        copy.set(at, changed(copy.get(at)));
      }
      return copy;
    }
    // The same as a text, or the text of it wrapped, is the nearest there is.
    return switch (random.nextInt(4)) {
      case 0 -> String.valueOf(value);
      case 1 -> Collections.singletonList(value);
      default -> value(1);
    };
  }

  /** One of the ways to write it. */
  byte[] spelled(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    write(json, value);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(StringBuilder json, @Nullable Object value) {
    space(json);
    if (value instanceof Map<?, ?> map) {
      List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
      Collections.shuffle(entries, random);
      json.append('{');
      String comma = "";
      for (Map.Entry<?, ?> entry : entries) {
        json.append(comma);
        space(json);
        text(json, (String) entry.getKey());
        space(json);
        json.append(':');
        write(json, entry.getValue());
        comma = ",";
      }
      json.append('}');
    } else if (value instanceof List<?> list) {
      json.append('[');
      String comma = "";
      for (Object item : list) {
        json.append(comma);
        write(json, item);
        comma = ",";
      }
      json.append(']');
    } else if (value instanceof String text) {
      text(json, text);
    } else if (value instanceof BigDecimal number) {
      number(json, number);
    } else {
      json.append(value);
    }
    space(json);
  }

  private void space(StringBuilder json) {
    if (random.nextInt(8) == 0) {
      json.append(" \t\r\n".charAt(random.nextInt(4)));
    }
  }

  private void number(StringBuilder json, BigDecimal number) {
    switch (random.nextInt(4)) {
      case 0 -> json.append(number.toPlainString());
      case 1 -> json.append(number.unscaledValue()).append('e').append(-number.scale());
      case 2 -> json.append(number.setScale(Math.max(number.scale(), 0) + 2).toPlainString());
      default -> {
        int shift = random.nextInt(9) - 4;
        json.append(number.movePointLeft(shift).toPlainString()).append('E').append(shift);
      }
    }
  }

  private void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = Character.isSurrogate(c);
      if (c == '\n' && random.nextBoolean()) {
        json.append("\\n");
      } else if ((c == '"' || c == '\\') && random.nextBoolean()) {
        json.append('\\').append(c);
      } else if (c < ' ' || c == '"' || c == '\\' || (!pair && random.nextInt(10) == 0)) {
        json.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
