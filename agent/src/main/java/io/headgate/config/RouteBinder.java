// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.RouteSettings.Match;
import io.headgate.config.Value.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code routes}. */
final class RouteBinder {
  private final ConfigBinder binder;
  private final MatchBinder matches;
  private final StepBinder steps;
  private final Problems problems;
  private final Map<String, String> places = new HashMap<>();

  RouteBinder(ConfigBinder binder, MatchBinder matches, StepBinder steps, Problems problems) {
    this.binder = binder;
    this.matches = matches;
    this.steps = steps;
    this.problems = problems;
  }

  /** Those without mistakes. */
  List<RouteSettings> bind(@Nullable Value routes, StepBinder.Scope scope) {
    List<RouteSettings> settings = new ArrayList<>();
    List<Value> items = binder.items(routes, "routes", "routes, such as - {use: fast}");
    for (int i = 0; i < items.size(); i++) {
      String path = "routes[" + i + "]";
      Value item = items.get(i);
      if (!(item instanceof Section section)) {
        problems.add(
            item.at(),
            path + ": expected a mapping such as {use: fast}, found " + ConfigBinder.kind(item));
        continue;
      }
      binder.checkKeys(section, Vocabulary.ROUTE, path);
      String name = name(section.get("name"), path);
      Match match = matches.read(section.get("match"), path + ".match");
      StepSettings step = steps.step(section, path, scope);
      if (step != null) {
        settings.add(new RouteSettings(section.at(), i, name, match, step));
      }
    }
    return settings;
  }

  private @Nullable String name(@Nullable Value value, String path) {
    String expected = "letters, digits, - _ and .";
    Scalar scalar = binder.scalar(value, path + ".name", expected);
    if (scalar == null) {
      return null;
    }
    if (!PlatformBinder.isWord(scalar.value().replace('.', '-'))) {
      problems.add(scalar.at(), path + ".name: expected " + expected + ", found " + scalar.shown());
      return null;
    }
    String first = places.putIfAbsent(scalar.value(), path);
    if (first != null) {
      problems.add(
          scalar.at(), path + ".name: " + scalar.shown() + " is the name of " + first + " too");
    }
    return scalar.value();
  }
}
