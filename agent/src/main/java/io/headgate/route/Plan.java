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
   * How one target is tried: {@code timeout}, {@code retry} and {@code breaker} are what holds if
   * the app asks for nothing. What it asks for by header comes between the steps inside a route,
   * which it does not beat, and the route itself, whose own modifiers and the top-level defaults it
   * does: {@link #asked}.
   *
   * @param retry null for once
   * @param breaker null for none
   * @param stepTimeout the part of {@code timeout} that steps inside the route say
   * @param stepRetry whether {@code retry} is what a step inside the route says
   */
  record Policy(
      TimeoutSettings timeout,
      @Nullable RetrySettings retry,
      @Nullable BreakerSettings breaker,
      TimeoutSettings stepTimeout,
      boolean stepRetry) {

    public static final Policy NONE = new Policy(TimeoutSettings.NONE, null, null);

    /** A policy of which no part comes from a step inside a route. */
    public Policy(
        TimeoutSettings timeout, @Nullable RetrySettings retry, @Nullable BreakerSettings breaker) {
      this(timeout, retry, breaker, TimeoutSettings.NONE, false);
    }

    /**
     * This policy for a call whose headers ask for something.
     *
     * @param byHeader the timeouts they name; {@link TimeoutSettings#NONE} if they name none
     * @param retryByHeader {@link #retry}, or the default, with the values they name; null if they
     *     name none
     */
    public Policy asked(TimeoutSettings byHeader, @Nullable RetrySettings retryByHeader) {
      return new Policy(
          stepTimeout.over(byHeader.over(timeout)),
          stepRetry || retryByHeader == null ? retry : retryByHeader,
          breaker,
          stepTimeout,
          stepRetry);
    }

    /** Whether there is nothing to it, so that a call as the app sent it need not be managed. */
    public boolean isNone() {
      return timeout.equals(TimeoutSettings.NONE) && retry == null && breaker == null;
    }
  }
}
