// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.StepSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Looks for the targets in plans and steps. */
final class Targets {

  private Targets() {}

  /** Whether any target of a plan may be tried now, or the plan needs none. */
  static boolean available(Plan plan, Health health) {
    if (plan instanceof Plan.Try attempt) {
      Target target = attempt.target();
      return target == null || health.available(target);
    }
    if (plan instanceof Plan.Chain chain) {
      return chain.plans().stream().anyMatch(inner -> available(inner, health));
    }
    if (plan instanceof Plan.Cascade cascade) {
      return cascade.stages().stream().anyMatch(stage -> available(stage.plan(), health));
    }
    return true;
  }

  /** The target that a plan tries first; null if it is the app's own, or none. */
  static @Nullable Target first(Plan plan) {
    if (plan instanceof Plan.Try attempt) {
      return attempt.target();
    }
    if (plan instanceof Plan.Chain chain) {
      return first(chain.plans().get(0));
    }
    return plan instanceof Plan.Cascade cascade ? first(cascade.stages().get(0).plan()) : null;
  }

  /**
   * Names that stay the same when others come or go: what is written, else the target or the route
   * that the step leads to, else its index.
   *
   * @param written the name of the step of that index, or just the index where none was written
   */
  static List<String> names(List<StepSettings> steps, IntFunction<String> written) {
    Set<String> names = new LinkedHashSet<>(2 * steps.size());
    for (int i = 0; i < steps.size(); i++) {
      String name = written.apply(i);
      if (name.equals(String.valueOf(i))) {
        name = name(steps.get(i), name);
      }
      String unique = name;
      for (int n = 2; !names.add(unique); n++) {
        unique = name + "#" + n;
      }
    }
    return List.copyOf(names);
  }

  private static String name(StepSettings step, String otherwise) {
    if (step instanceof StepSettings.Use use) {
      return use.target().toString();
    }
    return step instanceof StepSettings.Route route ? "route/" + route.name() : otherwise;
  }
}
