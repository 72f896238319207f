// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.BreakerSettings;
import io.headgate.config.FailureSet;
import io.headgate.config.RetrySettings;
import io.headgate.config.TimeoutSettings;
import io.headgate.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried for one call, in which order: conditions have been evaluated and arms chosen.
 * Immutable.
 */
public sealed interface Plan {

  /** The call goes where the app sent it, once, and nobody looks at its answer. */
  Plan AS_SENT = new AsSent();

  /** See {@link #AS_SENT}. */
  record AsSent() implements Plan {}

  /**
   * One target, tried as often as its policy says.
   *
   * @param target null for where the app sent the call, whatever its model
   * @param arm the arm of a split that this is in; null if in none
   * @param rewrite the name of a rewrite; null for none
   */
  record Try(@Nullable Target target, @Nullable String arm, Policy policy, @Nullable String rewrite)
      implements Plan {}

  /** One after the other, as long as the failure is one of {@code on}. */
  record Chain(List<Plan> plans, FailureSet on) implements Plan {
    public Chain {
      plans = List.copyOf(plans);
    }
  }

  /** One after the other, as long as the answer is not accepted or the failure is one of these. */
  record Cascade(List<Stage> stages, FailureSet on) implements Plan {
    public Cascade {
      stages = List.copyOf(stages);
    }
  }

  /**
   * A stage of a cascade.
   *
   * @param accept null for any answer that is no failure
   */
  record Stage(Plan plan, @Nullable Expression accept) {}

  /** No. */
  record Deny(String text, int status) implements Plan {}

  /**
   * How one target is tried.
   *
   * @param retry null for once
   * @param breaker null for none
   */
  record Policy(
      TimeoutSettings timeout, @Nullable RetrySettings retry, @Nullable BreakerSettings breaker) {

    public static final Policy NONE = new Policy(TimeoutSettings.NONE, null, null);

    /** Whether there is nothing to it, so that a call as the app sent it need not be managed. */
    public boolean isNone() {
      return timeout.equals(TimeoutSettings.NONE)
          && (retry == null || retry.maxAttempts() <= 1)
          && breaker == null;
    }
  }
}
