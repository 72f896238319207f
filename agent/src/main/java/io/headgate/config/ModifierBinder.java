// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.StepBinder.Scope;
import io.headgate.config.StepNotes.Claim;
import io.headgate.config.StepSettings.Modifiers;
import io.headgate.config.StepSettings.Policy;
import io.headgate.config.Value.Section;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a step says of itself and all inside it. */
final class ModifierBinder {
  static final String EXPRESSION = "an expression";

  private final ConfigBinder binder;
  private final PolicyBinder policies;
  private final Collection<String> rewrites;
  private final StepNotes notes;
  private final Problems problems;

  ModifierBinder(
      ConfigBinder binder,
      PolicyBinder policies,
      Collection<String> rewrites,
      StepNotes notes,
      Problems problems) {
    this.binder = binder;
    this.policies = policies;
    this.rewrites = rewrites;
    this.notes = notes;
    this.problems = problems;
  }

  Modifiers read(Section step, String path, Scope scope) {
    String policy = binder.choice(step, "policy", path + ".policy", Choice.POLICY);
    Modifiers modifiers =
        new Modifiers(
            policies.on(step.get("on"), path + ".on"),
            policies.timeout(step.get("timeout"), path + ".timeout"),
            policies.retry(step.get("retry"), path + ".retry", scope.retry()),
            policies.breaker(step.get("breaker"), path + ".breaker", scope.breaker()),
            expression(step.get("sticky"), path + ".sticky"),
            policy == null
                ? null
                : Policy.valueOf(policy.replace('-', '_').toUpperCase(Locale.ROOT)),
            rewrite(step.get("rewrite"), path + ".rewrite"));
    return modifiers.equals(Modifiers.NONE) ? Modifiers.NONE : modifiers;
  }

  /** Notes what has to be checked of the step that they are for. */
  void claim(Modifiers modifiers, Section written, String path, StepSettings step) {
    Value sticky = written.get("sticky");
    if (modifiers.sticky() != null && sticky != null) {
      notes.claims().add(new Claim(sticky.at(), path + ".sticky", true, step));
    }
    Value policy = written.get("policy");
    if (modifiers.policy() != null && policy != null) {
      notes.claims().add(new Claim(policy.at(), path + ".policy", false, step));
    }
  }

  @Nullable ExpressionText expression(@Nullable Value value, String path) {
    Scalar scalar = binder.scalar(value, path, EXPRESSION);
    return scalar == null ? null : new ExpressionText(scalar.at(), path, scalar.value());
  }

  private @Nullable String rewrite(@Nullable Value value, String path) {
    Scalar scalar = binder.scalar(value, path, "the name of a rewrite");
    if (scalar == null || rewrites.contains(scalar.value())) {
      return scalar == null ? null : scalar.value();
    }
    String nearest = Names.nearest(scalar.written(), rewrites);
    problems.add(
        scalar.at(),
        path
            + ": unknown rewrite "
            + scalar.shown()
            + (nearest == null
                ? "; expected a name under rewrite"
                : "; did you mean " + Problems.quote(nearest) + "?"));
    return null;
  }
}
