// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.RetrySettings;
import io.headgate.route.Plan;

/** What a call deposits in the retry budget. */
final class BudgetRatio {

  private BudgetRatio() {}

  /** The ratio of the first target in the plan that is retried at all. */
  static double of(Plan plan) {
    double ratio = find(plan);
    return ratio < 0 ? RetrySettings.DEFAULT.budget() : ratio;
  }

  private static double find(Plan plan) {
    if (plan instanceof Plan.Try target) {
      RetrySettings retry = target.policy().retry();
      return retry == null ? -1 : retry.budget();
    }
    if (plan instanceof Plan.Chain chain) {
      for (Plan inner : chain.plans()) {
        double ratio = find(inner);
        if (ratio >= 0) {
          return ratio;
        }
      }
    }
    if (plan instanceof Plan.Cascade cascade) {
      for (Plan.Stage stage : cascade.stages()) {
        double ratio = find(stage.plan());
        if (ratio >= 0) {
          return ratio;
        }
      }
    }
    return -1;
  }
}
