// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call whose arguments may come in pieces, as Vertex AI sends them if asked: each says by a path
 * of JSON where it goes ({@code partialArgs}).
 */
final class PartialCall {

  /** A name after a dot, a name in brackets, or a place in brackets. */
  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[\\]]+)|\\['([^']*)'\\]|\\[(\\d{1,4})\\]");

  private static final int DEEPEST = 50;

  private final String id;
  private final String name;
  private final @Nullable String signature;
  private Map<String, @Nullable Object> args = new LinkedHashMap<>();

  PartialCall(String id, String name, @Nullable String signature) {
    this.id = id;
    this.name = name;
    this.signature = signature;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  @Nullable String signature() {
    return signature;
  }

  /** All arguments, as JSON; never empty. */
  String arguments() {
    return Arguments.json(args);
  }

  /** Adds what a piece tells. */
  void add(Map<String, @Nullable Object> piece) {
    Map<String, @Nullable Object> whole = Nodes.map(piece.get("args"));
    if (whole != null && !whole.isEmpty()) {
      args = whole;
    }
    for (Object item : Nodes.list(piece.get("partialArgs"))) {
      Map<String, @Nullable Object> part = Spelling.camel(item);
      String path = Nodes.text(part.get("jsonPath"));
      for (String kind : new String[] {"stringValue", "numberValue", "boolValue"}) {
        if (part.get(kind) != null) {
          put(path, part.get(kind));
        }
      }
      if (part.containsKey("nullValue")) {
        put(path, null);
      }
    }
  }

  private void put(String path, @Nullable Object value) {
    Matcher step = STEP.matcher(path);
    Object at = args;
    Object key = null;
    for (int depth = 0; step.find() && depth < DEEPEST; depth++) {
      if (key != null) {
        at = below(at, key, step.group(3) != null);
      }
      key = step.group(3) != null ? (Object) Integer.valueOf(step.group(3)) : stepName(step);
    }
    if (key != null) {
      Object before = get(at, key);
      boolean more = before instanceof CharSequence && value instanceof String;
      set(at, key, more ? Nodes.text(before) + value : value);
    }
  }

  private static String stepName(Matcher step) {
    return String.valueOf(step.group(1) != null ? step.group(1) : step.group(2));
  }

  private static Object below(Object at, Object key, boolean list) {
    Object child = get(at, key);
    if (child != null && (list ? child instanceof List<?> : child instanceof Map<?, ?>)) {
      return child;
    }
    Object made = list ? Nodes.array() : Nodes.object();
    set(at, key, made);
    return made;
  }

  private static @Nullable Object get(Object at, Object key) {
    if (key instanceof Integer index) {
      List<@Nullable Object> list = Nodes.list(at);
      return index < list.size() ? list.get(index) : null;
    }
    Map<String, @Nullable Object> map = Nodes.map(at);
    return map == null ? null : map.get(key.toString());
  }

  private static void set(Object at, Object key, @Nullable Object value) {
    Map<String, @Nullable Object> map = Nodes.map(at);
    if (map != null) {
      map.put(key.toString(), value);
    } else if (key instanceof Integer index) {
      List<@Nullable Object> list = Nodes.list(at);
      while (list.size() <= index) {
        list.add(null);
      }
      list.set(index, value);
    }
  }
}
