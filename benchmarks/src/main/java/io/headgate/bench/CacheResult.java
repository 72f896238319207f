// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The windows of one case, by where the answers came from and round. */
final class CacheResult {

  private final Map<String, List<Window>> windows = new LinkedHashMap<>();
  private final Map<String, Long> served = new LinkedHashMap<>();

  /**
   * Adds a window.
   *
   * @param asked how often the LLM host answered in it and just before
   */
  void add(String variant, Window window, long asked) {
    windows.computeIfAbsent(variant, name -> new ArrayList<>()).add(window);
    served.merge(variant, asked, Long::sum);
  }

  Set<String> variants() {
    return windows.keySet();
  }

  /** How often the LLM host was asked, in all windows together. */
  long served(String variant) {
    return served.getOrDefault(variant, 0L);
  }

  double median(String variant, ToDoubleFunction<Window> value) {
    return new Stats(of(variant).stream().map(value::applyAsDouble).toList()).median();
  }

  /** As much of it as of the other one, round by round; NaN if one of them did not take part. */
  double ratio(String variant, String other, ToDoubleFunction<Window> value) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(of(variant).size(), of(other).size()); i++) {
      ratios.add(value.applyAsDouble(of(variant).get(i)) / value.applyAsDouble(of(other).get(i)));
    }
    return new Stats(ratios).median();
  }

  private List<Window> of(String variant) {
    return windows.getOrDefault(variant, List.of());
  }
}
