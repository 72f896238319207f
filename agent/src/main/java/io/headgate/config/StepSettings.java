// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a route, with the steps inside it. */
public sealed interface StepSettings {

  /** Where it was written: {@code headgate.yaml:3:7}. */
  String at();

  /** What holds for it and all inside it. */
  Modifiers modifiers();

  /** One target. A model {@code *} is the one that the app asked for. */
  record Use(String at, Modifiers modifiers, TargetRef target) implements StepSettings {}

  /** One after the other until one does not fail. */
  record First(String at, Modifiers modifiers, List<StepSettings> steps) implements StepSettings {
    public First {
      steps = List.copyOf(steps);
    }
  }

  /** One of several, by chance or by {@link Modifiers#sticky}. */
  record Split(String at, Modifiers modifiers, List<Arm> arms) implements StepSettings {
    public Split {
      arms = List.copyOf(arms);
    }
  }

  /** One of several of a kind, by {@link Modifiers#policy}; another of them if it fails. */
  record Balance(String at, Modifiers modifiers, List<Member> members) implements StepSettings {
    public Balance {
      members = List.copyOf(members);
    }
  }

  /** One after the other until an answer is accepted. */
  record Cascade(String at, Modifiers modifiers, List<Stage> stages) implements StepSettings {
    public Cascade {
      stages = List.copyOf(stages);
    }
  }

  /** What another route does, whatever its {@code match} says. It exists, and leads to no loop. */
  record Route(String at, Modifiers modifiers, String name) implements StepSettings {}

  /** No. */
  record Deny(String at, Modifiers modifiers, String text, int status) implements StepSettings {}

  /**
   * If. Without an {@code otherwise} a call for which it does not hold is not decided by this step.
   */
  record When(
      String at,
      Modifiers modifiers,
      ExpressionText condition,
      StepSettings then,
      @Nullable StepSettings otherwise)
      implements StepSettings {}

  /**
   * An arm of a split.
   *
   * @param name as written, or its place: {@code 0}
   * @param weight 0 or more; not all are 0
   */
  record Arm(String name, double weight, StepSettings step) {}

  /** A member of a balance. */
  record Member(double weight, StepSettings step) {}

  /**
   * A stage of a cascade.
   *
   * @param accept null for any answer that is no failure
   */
  record Stage(StepSettings step, @Nullable ExpressionText accept) {}

  /** How a balance chooses. */
  enum Policy {
    WEIGHTED,
    LATENCY,
    LEAST_BUSY,
    COST
  }

  /**
   * What a step says of itself and all inside it. A null is for what is said further out.
   *
   * @param on what counts as a failure
   * @param rewrite the name of a rewrite, known to exist
   */
  record Modifiers(
      @Nullable FailureSet on,
      TimeoutSettings timeout,
      @Nullable RetrySettings retry,
      @Nullable BreakerSettings breaker,
      @Nullable ExpressionText sticky,
      @Nullable Policy policy,
      @Nullable String rewrite) {

    public static final Modifiers NONE =
        new Modifiers(null, TimeoutSettings.NONE, null, null, null, null, null);
  }
}
