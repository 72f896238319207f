// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.chat.Operation;
import io.headgate.config.RouteSettings.Match;
import io.headgate.config.Value.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code match}. */
final class MatchBinder {
  private final ConfigBinder binder;
  private final Collection<String> providers;
  private final Problems problems;
  private final List<String> operations = new ArrayList<>();

  MatchBinder(ConfigBinder binder, Collection<String> providers, Problems problems) {
    this.binder = binder;
    this.providers = providers;
    this.problems = problems;
    for (Operation operation : Operation.values()) {
      operations.add(operation.text());
    }
  }

  Match read(@Nullable Value value, String path) {
    Section section = binder.section(value, path, "conditions, such as model: \"gpt-4o*\"");
    binder.checkKeys(section, Vocabulary.MATCH, path);
    Scalar when = binder.scalar(section.get("when"), path + ".when", ModifierBinder.EXPRESSION);
    return new Match(
        operations(section.get("operation"), path + ".operation"),
        models(section.get("model"), path + ".model"),
        providers(section.get("provider"), path + ".provider"),
        when == null ? null : new ExpressionText(when.at(), when.path(), when.value()));
  }

  private Set<Operation> operations(@Nullable Value value, String path) {
    Set<Operation> found = EnumSet.noneOf(Operation.class);
    for (Scalar scalar : binder.scalars(value, path, Choice.oneOf(operations))) {
      Operation operation = operation(scalar.value());
      if (operation != null) {
        found.add(operation);
        continue;
      }
      String nearest = Names.nearest(scalar.written(), operations);
      problems.add(
          scalar.at(),
          path
              + ": expected "
              + Choice.oneOf(operations)
              + ", found "
              + scalar.shown()
              + (nearest == null ? "" : "; did you mean " + Problems.quote(nearest) + "?"));
    }
    return found;
  }

  /** By its name in telemetry or in the code, with dashes or underscores; null if there is none. */
  private static @Nullable Operation operation(String text) {
    String wanted = Names.squash(text);
    for (Operation operation : Operation.values()) {
      if (Names.squash(operation.text()).equals(wanted)
          || Names.squash(operation.name().toLowerCase(Locale.ROOT)).equals(wanted)) {
        return operation;
      }
    }
    return null;
  }

  private List<String> models(@Nullable Value value, String path) {
    List<String> models = new ArrayList<>();
    binder
        .scalars(value, path, "a model or a pattern, such as gpt-4o*")
        .forEach(scalar -> models.add(scalar.value()));
    return models;
  }

  private List<String> providers(@Nullable Value value, String path) {
    List<String> found = new ArrayList<>();
    for (Scalar scalar : binder.scalars(value, path, "the name of a provider")) {
      if (providers.contains(scalar.value())) {
        found.add(scalar.value());
        continue;
      }
      String nearest = Names.nearest(scalar.written(), providers);
      problems.add(
          scalar.at(),
          path
              + ": unknown provider "
              + scalar.shown()
              + (nearest == null
                  ? "; expected one that is built in or under providers"
                  : "; did you mean " + Problems.quote(nearest) + "?"));
    }
    return found;
  }
}
