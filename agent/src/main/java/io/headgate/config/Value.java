// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A setting as it was written, before anything is known of its meaning. Immutable. */
sealed interface Value {

  /** Where it was written: {@code headgate.yaml:3:7}, {@code HEADGATE_MODE}, … */
  String at();

  /**
   * A scalar.
   *
   * @param text as written, placeholders and all; empty if nothing, or null, was written
   * @param inFile whether it stands in the file; an override may hold a secret as it is
   * @param plain whether it stands without quotes, so that {@code 5} may be a number
   */
  record Text(String at, String text, boolean inFile, boolean plain) implements Value {

    /** An override, or a part of one. */
    Text(String at, String text) {
      this(at, text, false, true);
    }
  }

  /** A sequence. */
  record Items(String at, List<Value> items) implements Value {}

  /** A mapping, in the order of writing. */
  record Section(String at, Map<String, Entry> entries) implements Value {

    static Section empty(String at) {
      return new Section(at, Map.of());
    }

    @Nullable Value get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /**
     * A copy with one scalar added or replaced. Where the path leads through something that is not
     * a mapping nothing changes: that is a mistake of its own, and reported as such.
     */
    Section with(List<String> path, Text text) {
      Map<String, Entry> copy = new LinkedHashMap<>(entries);
      String key = path.get(0);
      Entry old = copy.get(key);
      String keyAt = old == null ? text.at() : old.keyAt();
      if (path.size() == 1) {
        copy.put(key, new Entry(text.at(), text));
      } else if (old == null || isBlank(old.value())) {
        Section section = empty(text.at()).with(path.subList(1, path.size()), text);
        copy.put(key, new Entry(keyAt, section));
      } else if (old.value() instanceof Section section) {
        copy.put(key, new Entry(keyAt, section.with(path.subList(1, path.size()), text)));
      }
      return new Section(at, copy);
    }
  }

  /** One line of a mapping and the place of its key. */
  record Entry(String keyAt, Value value) {}

  /** Whether nothing was written: such a key counts as not there. */
  static boolean isBlank(Value value) {
    return value instanceof Text text && text.text().isEmpty();
  }
}
