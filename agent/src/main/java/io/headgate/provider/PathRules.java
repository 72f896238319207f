// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sets of {@link PathRows}, by name. */
final class PathRules {

  private final Map<String, List<PathRule>> sets = new HashMap<>();

  PathRules() {
    for (String line : Words.split(PathRows.text(), '\n')) {
      List<String> words = Words.split(line, ' ');
      sets.computeIfAbsent(words.get(0), name -> new ArrayList<>()).add(PathRule.parse(words));
    }
  }

  /** The rules of one set, in order. */
  List<PathRule> set(String name) {
    List<PathRule> rules = sets.get(name);
    if (rules == null) {
      throw new IllegalArgumentException("no set of path rules is called " + name);
    }
    return List.copyOf(rules);
  }
}
