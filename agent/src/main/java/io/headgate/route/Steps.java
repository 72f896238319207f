// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.StepSettings;
import java.util.List;

/** Walks the steps of a route. */
final class Steps {

  private Steps() {}

  /** The steps written inside a step, in order. */
  static List<StepSettings> inside(StepSettings step) {
    if (step instanceof StepSettings.First first) {
      return first.steps();
    }
    if (step instanceof StepSettings.Split split) {
      return split.arms().stream().map(StepSettings.Arm::step).toList();
    }
    if (step instanceof StepSettings.Balance balance) {
      return balance.members().stream().map(StepSettings.Member::step).toList();
    }
    if (step instanceof StepSettings.Cascade cascade) {
      return cascade.stages().stream().map(StepSettings.Stage::step).toList();
    }
    if (step instanceof StepSettings.When when) {
      StepSettings otherwise = when.otherwise();
      return otherwise == null ? List.of(when.then()) : List.of(when.then(), otherwise);
    }
    return List.of();
  }

  /** The names of those steps in the file, below their parent: {@code first[1]}, {@code then}. */
  static String name(StepSettings outer, int index) {
    if (outer instanceof StepSettings.When) {
      return index == 0 ? "then" : "else";
    }
    return word(outer) + "[" + index + "]";
  }

  /** The key that makes a step what it is. */
  static String word(StepSettings step) {
    if (step instanceof StepSettings.Use) {
      return "use";
    }
    if (step instanceof StepSettings.First) {
      return "first";
    }
    if (step instanceof StepSettings.Split) {
      return "split";
    }
    if (step instanceof StepSettings.Balance) {
      return "balance";
    }
    if (step instanceof StepSettings.Cascade) {
      return "cascade";
    }
    if (step instanceof StepSettings.Route) {
      return "route";
    }
    return step instanceof StepSettings.Deny ? "deny" : "when";
  }
}
