// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Headers;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer in the shape the JDK's connection gives it: field 0 is the status line
 * under no name, and of fields with one name the last counts.
 */
final class HeadFields {

  /** Until JDK 22 the fields go into a map from the last to the first (JDK-8133686). */
  private static final boolean REVERSED = Runtime.version().feature() < 22;

  private final List<@Nullable String> names = new ArrayList<>();
  private final List<@Nullable String> values = new ArrayList<>();

  private HeadFields() {}

  static HeadFields of(String statusLine, Headers headers) {
    HeadFields fields = new HeadFields();
    fields.add(null, statusLine);
    headers.forEach(fields::add);
    return fields;
  }

  /**
   * The fields of that connection with what was changed since they were reported. All others keep
   * their place; a field that is new comes last.
   */
  static HeadFields changed(HttpURLConnection connection, Headers reported, Headers now) {
    Set<String> changed = new LinkedHashSet<>();
    for (Headers side : List.of(reported, now)) {
      side.forEach(
          (name, value) -> {
            if (!reported.all(name).equals(now.all(name))) {
              changed.add(name.toLowerCase(Locale.ROOT));
            }
          });
    }
    HeadFields fields = new HeadFields();
    for (int i = 0; ; i++) {
      String name = connection.getHeaderFieldKey(i);
      String value = connection.getHeaderField(i);
      if (name == null && value == null) {
        break;
      }
      if (name == null || !changed.contains(name.toLowerCase(Locale.ROOT))) {
        fields.add(name, value);
      }
    }
    now.forEach(
        (name, value) -> {
          if (changed.contains(name.toLowerCase(Locale.ROOT))) {
            fields.add(name, value);
          }
        });
    return fields;
  }

  private void add(@Nullable String name, @Nullable String value) {
    names.add(name);
    values.add(value);
  }

  @Nullable String name(int index) {
    return index >= 0 && index < names.size() ? names.get(index) : null;
  }

  @Nullable String value(int index) {
    return index >= 0 && index < values.size() ? values.get(index) : null;
  }

  /** The last value of that name; the status line if asked for no name. */
  @Nullable String last(@Nullable String name) {
    for (int i = names.size() - 1; i >= 0; i--) {
      String known = names.get(i);
      if (name == null ? known == null : name.equalsIgnoreCase(known)) {
        return values.get(i);
      }
    }
    return null;
  }

  /** Unmodifiable. */
  Map<String, List<String>> map() {
    Map<String, List<String>> map = new HashMap<>();
    for (int place = 0; place < names.size(); place++) {
      int i = REVERSED ? names.size() - 1 - place : place;
      String value = values.get(i);
      if (value != null) {
        // Not computeIfAbsent, which leaves a map in another order than put, the JDK's way.
        List<String> known = map.get(names.get(i));
        if (known == null) {
          known = new ArrayList<>(1);
          map.put(names.get(i), known);
        }
        known.add(value);
      }
    }
    map.replaceAll((name, all) -> Collections.unmodifiableList(all));
    return Collections.unmodifiableMap(map);
  }
}
