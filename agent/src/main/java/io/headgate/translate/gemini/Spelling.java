// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members in camelCase, whichever of the two spellings that Gemini takes an app has chosen. */
final class Spelling {

  private Spelling() {}

  /** The members of an object by their names in camelCase; an empty one if it is none. */
  static Map<String, @Nullable Object> camel(@Nullable Object value) {
    Map<String, @Nullable Object> map = Nodes.map(value);
    if (map == null) {
      return new LinkedHashMap<>();
    }
    boolean all = true;
    for (String name : map.keySet()) {
      all &= name.indexOf('_') < 0;
    }
    if (all) {
      return map;
    }
    Map<String, @Nullable Object> camel = new LinkedHashMap<>();
    map.forEach(
        (name, member) -> {
          String ours = camelName(name);
          if (ours.equals(name) || !map.containsKey(ours)) {
            camel.put(ours, member);
          }
        });
    return camel;
  }

  /** {@code stop_sequences} as {@code stopSequences}. */
  static String camelName(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        upper = camel.length() > 0;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }

  /** An array, or one value that stands for an array of one, as Google's own parser has it. */
  static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof Map<?, ?> || value instanceof CharSequence
        ? Nodes.array(value)
        : Nodes.list(value);
  }

  /** A word of an enum, in upper case; empty if there is none. */
  static String word(@Nullable Object value) {
    return Nodes.text(value).toUpperCase(Locale.ROOT);
  }

  /** Whether something is said that is not what is meant if nothing is said. */
  static boolean said(@Nullable Object value) {
    return !Nodes.empty(value) && !Boolean.FALSE.equals(value);
  }
}
