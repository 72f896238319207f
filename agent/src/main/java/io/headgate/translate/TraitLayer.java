// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Maker;
import io.headgate.translate.Traits.Budgets;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.IdRule;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rows about one side of a target (its format, its provider, its model) say of it
 * together. A later row wins.
 */
final class TraitLayer {

  @Nullable Maker maker;
  @Nullable ReasoningStyle reasoning;
  @Nullable Budgets budgets;
  @Nullable IdRule ids;
  long context = -1;
  long output = -1;
  @Nullable Double temperature;
  @Nullable Integer stops;
  @Nullable Integer toolName;
  Set<String> efforts = Set.of();
  final Set<Feature> taken = EnumSet.noneOf(Feature.class);
  final Set<Feature> refused = EnumSet.noneOf(Feature.class);
  final Map<String, String> names = new HashMap<>();

  /**
   * Adds the settings of a row.
   *
   * @throws IllegalArgumentException if one is not understood
   */
  void set(String settings) {
    for (String setting : words(settings)) {
      int at = setting.indexOf('=');
      if (at <= 0) {
        throw new IllegalArgumentException("NAME=VALUE expected: " + setting);
      }
      set(setting.substring(0, at), setting.substring(at + 1));
    }
  }

  private void set(String name, String value) {
    switch (name) {
      case "maker" -> maker = Maker.valueOf(constant(value));
      case "reasoning" -> reasoning = ReasoningStyle.valueOf(constant(value));
      case "budgets" -> budgets = budgets(value);
      case "ids" -> ids = IdRule.valueOf(constant(value));
      case "context" -> context = Long.parseLong(value);
      case "output" -> output = Long.parseLong(value);
      case "temperature" -> temperature = Double.valueOf(value);
      case "stops" -> stops = Integer.valueOf(value);
      case "tool-name" -> toolName = Integer.valueOf(value);
      case "efforts" -> {
        Set<String> all = new LinkedHashSet<>();
        for (String effort : value.isEmpty() ? new String[0] : value.split(",")) {
          if (!effort.equals("none")) {
            Efforts.named(effort);
          }
          all.add(effort);
        }
        efforts = all;
      }
      default -> names.put(name, value);
    }
  }

  /**
   * Adds the abilities of a row.
   *
   * @throws IllegalArgumentException if one is not known
   */
  void able(String abilities) {
    for (String ability : words(abilities)) {
      Feature feature = Feature.valueOf(constant(ability.substring(1)));
      boolean plus = ability.charAt(0) == '+';
      if (!plus && ability.charAt(0) != '-') {
        throw new IllegalArgumentException("+ or - expected: " + ability);
      }
      (plus ? taken : refused).add(feature);
      (plus ? refused : taken).remove(feature);
    }
  }

  private static Budgets budgets(String value) {
    int dots = value.indexOf("..");
    if (dots < 0) {
      throw new IllegalArgumentException("LEAST..MOST expected: " + value);
    }
    return new Budgets(
        Long.parseLong(value.substring(0, dots)), Long.parseLong(value.substring(dots + 2)));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String[] words(String column) {
    return column.isEmpty() || column.equals("-") ? new String[0] : column.split(" ");
  }
}
