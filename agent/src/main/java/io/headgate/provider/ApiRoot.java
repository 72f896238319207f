// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path prefix of a provider and what holds below it.
 *
 * @param prefix the prefix; it may name the model (an Azure deployment)
 * @param sets the names of the sets, as the row has them
 * @param rules their rules, in order
 * @param telemetryName {@code gen_ai.provider.name} below this prefix; null for the provider's own
 */
record ApiRoot(
    PathPattern prefix, List<String> sets, List<PathRule> rules, @Nullable String telemetryName) {

  ApiRoot {
    sets = List.copyOf(sets);
    rules = List.copyOf(rules);
  }

  /** Reads {@code prefix=set+set~telemetryName}. */
  static ApiRoot parse(String text, PathRules rules) {
    int equals = text.lastIndexOf('=');
    int tilde = text.indexOf('~', equals);
    int end = tilde < 0 ? text.length() : tilde;
    List<String> sets = Words.split(text.substring(equals + 1, end), '+');
    return new ApiRoot(
        PathPattern.parse(text.substring(0, equals)),
        sets,
        rules(sets, rules),
        tilde < 0 ? null : text.substring(tilde + 1));
  }

  /** The rules of several sets, one after another. */
  static List<PathRule> rules(List<String> sets, PathRules rules) {
    List<PathRule> all = new ArrayList<>();
    for (String set : sets) {
      all.addAll(rules.set(set));
    }
    return all;
  }
}
