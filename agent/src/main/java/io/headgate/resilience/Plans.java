// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.RetrySettings;
import io.headgate.route.Plan;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be said of a plan as a whole. */
final class Plans {

  private Plans() {}

  /** The plans directly inside a plan, in order. */
  private static List<Plan> inside(Plan plan) {
    if (plan instanceof Plan.Chain chain) {
      return chain.plans();
    }
    return plan instanceof Plan.Cascade cascade
        ? cascade.stages().stream().map(Plan.Stage::plan).toList()
        : List.of();
  }

  /** What is tried first; null if nothing is. */
  static Plan.@Nullable Try first(Plan plan) {
    return find(plan, target -> true);
  }

  private static Plan.@Nullable Try find(Plan plan, Predicate<Plan.Try> wanted) {
    if (plan instanceof Plan.Try target) {
      return wanted.test(target) ? target : null;
    }
    for (Plan inner : inside(plan)) {
      Plan.Try found = find(inner, wanted);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** What a call deposits in the retry budget: the ratio of the first target that is retried. */
  static double retryBudget(Plan plan) {
    Plan.Try retried = find(plan, target -> target.policy().retry() != null);
    RetrySettings retry = retried == null ? null : retried.policy().retry();
    return retry == null ? RetrySettings.DEFAULT.budget() : retry.budget();
  }

  /** Whether the configuration has a say in what happens when an attempt fails. */
  static boolean triesAgain(Plan plan) {
    return inside(plan).size() > 1
        || find(plan, target -> target.policy().retry() != null) != null
        || inside(plan).stream().anyMatch(Plans::triesAgain);
  }

  /** The targets in order, for people: {@code openai/gpt-4o, groq/llama}. */
  static String text(Plan plan) {
    if (plan instanceof Plan.Try target) {
      return target.target() == null ? "as sent" : target.target().toString();
    }
    if (plan instanceof Plan.Deny deny) {
      return "deny " + deny.status();
    }
    return plan instanceof Plan.AsSent
        ? "as sent"
        : inside(plan).stream().map(Plans::text).collect(Collectors.joining(", "));
  }
}
