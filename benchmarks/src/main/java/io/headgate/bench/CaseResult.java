// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The windows of one case, by agent and round. Differences are taken within a round, from the mean
 * of its two windows without an agent.
 */
final class CaseResult {

  private final Map<AgentKind, List<Window>> windows = new EnumMap<>(AgentKind.class);

  void add(AgentKind kind, Window window) {
    windows.computeIfAbsent(kind, k -> new ArrayList<>()).add(window);
  }

  private List<Window> of(AgentKind kind) {
    return windows.getOrDefault(kind, List.of());
  }

  double median(AgentKind kind, ToDoubleFunction<Window> value) {
    return new Stats(of(kind).stream().map(value::applyAsDouble).toList()).median();
  }

  Stats added(AgentKind kind, ToDoubleFunction<Window> value) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < of(kind).size(); i++) {
      differences.add(value.applyAsDouble(of(kind).get(i)) - none(i, value));
    }
    return new Stats(differences);
  }

  /** How often as much as without an agent, round by round. */
  Stats times(AgentKind kind, ToDoubleFunction<Window> value) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of(kind).size(); i++) {
      ratios.add(value.applyAsDouble(of(kind).get(i)) / none(i, value));
    }
    return new Stats(ratios);
  }

  /** What Headgate adds over what another agent adds; NaN if that one did not take part. */
  double ratio(AgentKind other, ToDoubleFunction<Window> value) {
    return added(AgentKind.HEADGATE, value).median() / added(other, value).median();
  }

  private double none(int round, ToDoubleFunction<Window> value) {
    return Window.mean(of(AgentKind.NONE).get(round), of(AgentKind.NONE_AGAIN).get(round), value);
  }
}
