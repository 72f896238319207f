// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.StepSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts the members of a balance in the order in which they are tried. What may not be tried now
 * goes last, never away: when all breakers are open, trying is better than not. A weight of 0 is
 * for when all others fail.
 *
 * @param health how targets have been doing
 * @param cost what they cost
 */
record Balancer(Health health, CostOf cost) {

  /**
   * A member.
   *
   * @param name as {@link Targets#names} has it
   */
  record Candidate(String name, double weight, Plan plan) {}

  /**
   * The order.
   *
   * @param drawn the members in the order that their weights and chance, or a key, gave them
   * @param policy null to leave them in it
   */
  List<Candidate> order(List<Candidate> drawn, StepSettings.@Nullable Policy policy) {
    List<List<Candidate>> groups =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Candidate candidate : drawn) {
      int unavailable = Targets.available(candidate.plan(), health) ? 0 : 2;
      groups.get(unavailable + (candidate.weight() > 0 ? 0 : 1)).add(candidate);
    }
    List<Candidate> order = new ArrayList<>(drawn.size());
    for (List<Candidate> group : groups) {
      order.addAll(policy == null ? group : within(group, policy));
    }
    return order;
  }

  private List<Candidate> within(List<Candidate> group, StepSettings.Policy policy) {
    return switch (policy) {
      case WEIGHTED -> group;
      case LATENCY -> byTwoChoices(group);
      case LEAST_BUSY -> by(group, target -> health.busy(target));
      case COST -> by(group, cost::nanoUsd);
    };
  }

  /** Ties stay in the order drawn. */
  private static List<Candidate> by(List<Candidate> group, ToLongFunction<Target> measure) {
    // Measured once: what others write meanwhile must not contradict itself during the sort.
    record Measured(Candidate candidate, long value) {}
    return group.stream()
        .map(candidate -> new Measured(candidate, measure(candidate, measure)))
        .sorted(Comparator.comparingLong(Measured::value))
        .map(Measured::candidate)
        .toList();
  }

  /**
   * Of the first two drawn the faster one goes first, then the faster of the other and the third
   * drawn, and so on. Always to take the fastest of all would send every JVM's calls to the same
   * one until it is the slowest (Mitzenmacher, "The power of two choices in randomized load
   * balancing", 2001). One that nobody knows yet is taken for the fastest, so that it becomes
   * known.
   */
  private List<Candidate> byTwoChoices(List<Candidate> group) {
    if (group.size() < 2) {
      return group;
    }
    List<Candidate> order = new ArrayList<>(group.size());
    Candidate rest = group.get(0);
    for (Candidate next : group.subList(1, group.size())) {
      if (measure(next, health::latencyNanos) < measure(rest, health::latencyNanos)) {
        order.add(next);
      } else {
        order.add(rest);
        rest = next;
      }
    }
    order.add(rest);
    return order;
  }

  /** A plan counts as what its first target does; one without any costs nothing. */
  private static long measure(Candidate candidate, ToLongFunction<Target> measure) {
    Target target = Targets.first(candidate.plan());
    return target == null ? 0 : measure.applyAsLong(target);
  }
}
