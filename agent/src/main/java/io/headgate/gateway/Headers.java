// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields: names compare without case, order and repetition are kept. Immutable. A flat
 * array, because a call has a dozen fields and most calls look up two.
 */
public final class Headers {

  public static final Headers EMPTY = new Headers(new String[0]);

  /** Name, value, name, value, … */
  private final String[] fields;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  /** Copies the fields; a null name is left out ({@code HttpURLConnection}'s status line). */
  public static Headers of(Map<String, List<String>> map) {
    List<String> flat = new ArrayList<>(map.size() * 2);
    for (Map.Entry<String, List<String>> entry : map.entrySet()) {
      String name = entry.getKey();
      if (name != null) {
        for (String value : entry.getValue()) {
          flat.add(name);
          flat.add(value);
        }
      }
    }
    return new Headers(flat.toArray(new String[0]));
  }

  /** Takes over an array of name, value, name, value, … */
  public static Headers ofFlat(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must come in pairs");
    }
    return new Headers(namesAndValues);
  }

  /** The first value of a field. */
  public @Nullable String first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values.add(fields[i + 1]);
      }
    }
    return values;
  }

  public boolean contains(String name) {
    return first(name) != null;
  }

  /** Each name and value, in order; repeated fields come once per value. */
  public void forEach(BiConsumer<String, String> consumer) {
    for (int i = 0; i < fields.length; i += 2) {
      consumer.accept(fields[i], fields[i + 1]);
    }
  }

  /** By name, in order; names that differ only in case are joined under the first spelling. */
  public Map<String, List<String>> toMap() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    Map<String, String> spelling = new LinkedHashMap<>();
    forEach(
        (name, value) ->
            map.computeIfAbsent(
                    spelling.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> name),
                    n -> new ArrayList<>(1))
                .add(value));
    return map;
  }

  /** A copy in which a field has this one value, at the place of the first one it had. */
  public Headers with(String name, String value) {
    List<String> flat = new ArrayList<>(fields.length + 2);
    boolean placed = false;
    for (int i = 0; i < fields.length; i += 2) {
      if (!fields[i].equalsIgnoreCase(name)) {
        flat.add(fields[i]);
        flat.add(fields[i + 1]);
      } else if (!placed) {
        flat.add(name);
        flat.add(value);
        placed = true;
      }
    }
    if (!placed) {
      flat.add(name);
      flat.add(value);
    }
    return new Headers(flat.toArray(new String[0]));
  }

  /** A copy without the fields whose lower-case name passes the test; this one if none does. */
  public Headers without(Predicate<String> lowerCaseName) {
    List<String> flat = null;
    for (int i = 0; i < fields.length; i += 2) {
      boolean drop = lowerCaseName.test(fields[i].toLowerCase(Locale.ROOT));
      if (drop && flat == null) {
        flat = new ArrayList<>(List.of(fields).subList(0, i));
      } else if (!drop && flat != null) {
        flat.add(fields[i]);
        flat.add(fields[i + 1]);
      }
    }
    return flat == null ? this : new Headers(flat.toArray(new String[0]));
  }

  public boolean isEmpty() {
    return fields.length == 0;
  }

  /** Names only: values may be credentials. */
  @Override
  public String toString() {
    return toMap().keySet().toString();
  }
}
