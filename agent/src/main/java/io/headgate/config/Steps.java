// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.StepSettings.Arm;
import io.headgate.config.StepSettings.Balance;
import io.headgate.config.StepSettings.Cascade;
import io.headgate.config.StepSettings.Deny;
import io.headgate.config.StepSettings.First;
import io.headgate.config.StepSettings.Member;
import io.headgate.config.StepSettings.Route;
import io.headgate.config.StepSettings.Split;
import io.headgate.config.StepSettings.Stage;
import io.headgate.config.StepSettings.Use;
import io.headgate.config.StepSettings.When;
import java.util.ArrayList;
import java.util.List;

/** Questions about steps. */
final class Steps {

  private Steps() {}

  /** The steps right inside one. */
  static List<StepSettings> inside(StepSettings step) {
    List<StepSettings> inside = new ArrayList<>();
    if (step instanceof First first) {
      inside.addAll(first.steps());
    } else if (step instanceof Split split) {
      split.arms().stream().map(Arm::step).forEach(inside::add);
    } else if (step instanceof Balance balance) {
      balance.members().stream().map(Member::step).forEach(inside::add);
    } else if (step instanceof Cascade cascade) {
      cascade.stages().stream().map(Stage::step).forEach(inside::add);
    } else if (step instanceof When when) {
      inside.add(when.then());
      if (when.otherwise() != null) {
        inside.add(when.otherwise());
      }
    }
    return inside;
  }

  /** Whether no call gets through. What a route does that it names is left open. */
  static boolean alwaysDenies(StepSettings step) {
    if (step instanceof Deny) {
      return true;
    }
    if (step instanceof Use || step instanceof Route) {
      return false;
    }
    if (step instanceof First || step instanceof Cascade) {
      return alwaysDenies(inside(step).get(0));
    }
    return decides(step) && inside(step).stream().allMatch(Steps::alwaysDenies);
  }

  /** Whether it says of every call what becomes of it, a condition that fails included. */
  static boolean decides(StepSettings step) {
    return !(step instanceof When when)
        || (when.otherwise() != null && decides(when.then()) && decides(when.otherwise()));
  }
}
