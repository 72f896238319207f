// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.ExpressionText;
import io.headgate.config.FailureSet;
import io.headgate.config.StepSettings;
import io.headgate.config.StepSettings.Modifiers;
import io.headgate.config.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a step: its own modifiers, and for what they do not say those around it.
 *
 * @param sticky null for chance
 * @param stickyBalance whether {@code sticky} is nearer than {@code balance}, so that it decides in
 *     a balance, too
 * @param rewrite null for none
 * @param arm the names of the arms around it; null if there are none
 */
record Context(
    FailureSet on,
    Plan.Policy policy,
    @Nullable ExpressionText sticky,
    boolean stickyBalance,
    StepSettings.Policy balance,
    @Nullable String rewrite,
    @Nullable String arm) {

  /** What holds outside of all routes. */
  static Context of(Traffic traffic) {
    return new Context(
        FailureSet.FALLBACK,
        new Plan.Policy(traffic.timeout(), traffic.retry(), traffic.breaker()),
        null,
        false,
        StepSettings.Policy.WEIGHTED,
        null,
        null);
  }

  /**
   * What holds inside a step.
   *
   * @param routeLevel whether the step is a route's own
   */
  Context inside(Modifiers said, boolean routeLevel) {
    if (said.equals(Modifiers.NONE)) {
      return this;
    }
    return new Context(
        said.on() != null ? said.on() : on,
        policy(said, routeLevel),
        said.sticky() != null ? said.sticky() : sticky,
        said.sticky() != null || (said.policy() == null && stickyBalance),
        said.policy() != null ? said.policy() : balance,
        said.rewrite() != null ? said.rewrite() : rewrite,
        arm);
  }

  private Plan.Policy policy(Modifiers said, boolean routeLevel) {
    return new Plan.Policy(
        said.timeout().over(policy.timeout()),
        said.retry() != null ? said.retry() : policy.retry(),
        said.breaker() != null ? said.breaker() : policy.breaker(),
        routeLevel ? policy.stepTimeout() : said.timeout().over(policy.stepTimeout()),
        policy.stepRetry() || (!routeLevel && said.retry() != null));
  }

  /** What holds inside an arm of a split. */
  Context inArm(String name) {
    return new Context(
        on, policy, sticky, stickyBalance, balance, rewrite, arm == null ? name : arm + "/" + name);
  }
}
