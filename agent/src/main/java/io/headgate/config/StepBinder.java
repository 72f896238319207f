// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.StepNotes.Reference;
import io.headgate.config.StepSettings.Deny;
import io.headgate.config.StepSettings.Modifiers;
import io.headgate.config.StepSettings.Use;
import io.headgate.config.StepSettings.When;
import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a step: one action, with a condition or not, and what holds for it. */
final class StepBinder {
  static final String STEP = "a step such as {use: openai/gpt-4o}";

  private static final int DENIED = 403;

  /** An anchor may be used many times over, each use inside another. */
  private static final int MAX_STEPS = 1000;

  private static final int MAX_DEPTH = 16;

  private final ConfigBinder binder;
  private final TargetNames targets;
  private final ModifierBinder modifiers;
  private final StepNotes notes;
  private final Problems problems;
  private final Measures measures;
  private final BranchBinder branches;
  private int steps;

  /**
   * What is said around a step.
   *
   * @param retry null if nothing is
   * @param breaker null if nothing is
   * @param depth how many steps it is in
   */
  record Scope(@Nullable RetrySettings retry, @Nullable BreakerSettings breaker, int depth) {

    Scope inside(Modifiers modifiers) {
      return new Scope(
          modifiers.retry() == null ? retry : modifiers.retry(),
          modifiers.breaker() == null ? breaker : modifiers.breaker(),
          depth + 1);
    }
  }

  StepBinder(
      ConfigBinder binder,
      TargetNames targets,
      ModifierBinder modifiers,
      StepNotes notes,
      Problems problems) {
    this.binder = binder;
    this.targets = targets;
    this.modifiers = modifiers;
    this.notes = notes;
    this.problems = problems;
    this.measures = new Measures(binder, problems);
    this.branches = new BranchBinder(binder, this, modifiers, measures, problems);
  }

  /** A step that stands by itself; null, and a problem, if it is none. */
  @Nullable StepSettings step(Value value, String path, Vocabulary keys, Scope scope) {
    if (value instanceof Text text && !Value.isBlank(text)) {
      TargetRef target = target(text, path);
      return target == null || isTooMuch(value, path, scope)
          ? null
          : new Use(text.at(), Modifiers.NONE, target);
    }
    if (!(value instanceof Section section)) {
      problems.add(
          value.at(),
          path
              + ": expected "
              + STEP
              + ", found "
              + (Value.isBlank(value) ? "nothing" : ConfigBinder.kind(value)));
      return null;
    }
    binder.checkKeys(section, keys, path);
    return step(section, path, scope);
  }

  /** The step in a mapping whose keys have been checked. */
  @Nullable StepSettings step(Section section, String path, Scope scope) {
    if (isTooMuch(section, path, scope)) {
      return null;
    }
    Modifiers written = modifiers.read(section, path, scope);
    String action = action(section, path);
    if (action == null) {
      return null;
    }
    Scope inside = scope.inside(written);
    Value condition = section.get("when");
    StepSettings step =
        condition == null || Value.isBlank(condition)
            ? act(section, path, action, written, inside)
            : when(section, path, condition(condition, path + ".when"), action, written, inside);
    if (step != null) {
      modifiers.claim(written, section, path, step);
    }
    return step;
  }

  private @Nullable ExpressionText condition(Value value, String path) {
    ExpressionText condition = modifiers.expression(value, path);
    if (condition == null) {
      empty(value, path, ModifierBinder.EXPRESSION);
    }
    return condition;
  }

  private boolean isTooMuch(Value value, String path, Scope scope) {
    steps++;
    if (scope.depth() > MAX_DEPTH) {
      problems.add(value.at(), path + ": more than " + MAX_DEPTH + " steps inside one another");
      return true;
    }
    if (steps == MAX_STEPS + 1) {
      problems.add(value.at(), path + ": more than " + MAX_STEPS + " steps");
    }
    return steps > MAX_STEPS;
  }

  /** The key of the action, {@code then} if there is only a condition; null, and a problem. */
  private @Nullable String action(Section section, String path) {
    List<String> found = new ArrayList<>();
    for (String action : Vocabulary.ACTIONS) {
      if (isThere(section, action)) {
        found.add(action);
      }
    }
    boolean when = isThere(section, "when");
    boolean then = isThere(section, "then");
    if (found.size() > 1) {
      return refuse(section, path, "expected one action, found " + and(found));
    }
    if (then && !found.isEmpty()) {
      return refuse(section, path, "expected then or " + found.get(0) + ", found both");
    }
    if (then && !when) {
      return refuse(section, path, "then needs a condition; add when");
    }
    // With within, which is refused already, it means something else.
    if (isThere(section, "else") && !when && !isThere(section, "within")) {
      return refuse(section, path, "else needs a condition; add when");
    }
    if (isThere(section, "status") && !found.contains("deny")) {
      return refuse(section, path, "status is only for deny");
    }
    if (found.isEmpty() && !when && hasUnknownKey(section)) {
      // What was meant for the action may stand under it.
      return null;
    }
    if (found.isEmpty() && !then) {
      return refuse(
          section,
          path,
          when
              ? "when needs then, or an action beside it"
              : "expected an action: " + Choice.oneOf(Vocabulary.ACTIONS) + ", or when and then");
    }
    return found.isEmpty() ? "then" : found.get(0);
  }

  /**
   * The modifiers hold for both branches. Those that only one kind of step reads are given to the
   * action as well.
   */
  private @Nullable StepSettings when(
      Section section,
      String path,
      @Nullable ExpressionText when,
      String action,
      Modifiers written,
      Scope inside) {
    Value then = section.get("then");
    StepSettings held;
    if (action.equals("then") && then != null) {
      held = step(then, path + ".then", Vocabulary.STEP, inside);
    } else {
      Modifiers own =
          new Modifiers(
              null, TimeoutSettings.NONE, null, null, written.sticky(), written.policy(), null);
      held = act(section, path, action, own.equals(Modifiers.NONE) ? Modifiers.NONE : own, inside);
    }
    StepSettings otherwise = null;
    boolean broken = when == null || held == null;
    Value other = section.get("else");
    if (other != null && !Value.isBlank(other)) {
      otherwise = step(other, path + ".else", Vocabulary.STEP, inside);
      broken |= otherwise == null;
    }
    return broken || when == null || held == null
        ? null
        : new When(section.at(), written, when, held, otherwise);
  }

  private @Nullable StepSettings act(
      Section section, String path, String action, Modifiers modifiers, Scope inside) {
    Value value = section.get(action);
    String full = path + "." + action;
    return value == null
        ? null
        : switch (action) {
          case "use" -> use(section.at(), value, full, modifiers);
          case "route" -> route(section.at(), value, full, modifiers);
          case "deny" -> deny(section, value, path, modifiers);
          default -> branches.read(section.at(), action, value, full, modifiers, inside);
        };
  }

  private @Nullable StepSettings use(String at, Value value, String path, Modifiers modifiers) {
    TargetRef target = target(value, path);
    return target == null ? null : new Use(at, modifiers, target);
  }

  private @Nullable TargetRef target(Value value, String path) {
    Scalar scalar = binder.scalar(value, path, TargetNames.EXPECTED);
    if (scalar == null) {
      empty(value, path, TargetNames.EXPECTED);
      return null;
    }
    return targets.find(scalar, problems);
  }

  private @Nullable StepSettings route(String at, Value value, String path, Modifiers modifiers) {
    String expected = "the name of a route";
    Scalar scalar = binder.scalar(value, path, expected);
    if (scalar == null) {
      empty(value, path, expected);
      return null;
    }
    StepSettings.Route route = new StepSettings.Route(at, modifiers, scalar.value());
    notes.references().add(new Reference(scalar.at(), path, scalar.shown(), route));
    return route;
  }

  private @Nullable StepSettings deny(
      Section section, Value value, String path, Modifiers modifiers) {
    String expected = "a text for the application";
    Scalar text = binder.scalar(value, path + ".deny", expected);
    Integer status = measures.whole(section, path, "status", 400, 599);
    if (text == null) {
      empty(value, path + ".deny", expected);
      return null;
    }
    return new Deny(section.at(), modifiers, text.value(), status == null ? DENIED : status);
  }

  /**
   * Of a text that is there but whose variable is empty: an action cannot be left out like that.
   */
  private void empty(Value value, String path, String expected) {
    if (!problems.mentions(value.at())) {
      problems.add(value.at(), path + ": expected " + expected + ", found an empty value");
    }
  }

  private @Nullable String refuse(Section section, String path, String why) {
    problems.add(section.at(), path + ": " + why);
    return null;
  }

  private boolean hasUnknownKey(Section section) {
    return section.entries().values().stream().anyMatch(entry -> problems.mentions(entry.keyAt()));
  }

  private static boolean isThere(Section section, String key) {
    Value value = section.get(key);
    return value != null && !Value.isBlank(value);
  }

  private static String and(List<String> words) {
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
