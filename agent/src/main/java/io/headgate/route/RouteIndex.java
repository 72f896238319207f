// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the routes worth a look for a model, so that a thousand routes for a model each cost as
 * much as a few. Immutable.
 */
final class RouteIndex {

  private static final int[] NONE = {};

  private final Map<String, int[]> named = new HashMap<>();
  private final int[] open;

  RouteIndex(List<CallMatch> matches) {
    List<Integer> others = new ArrayList<>();
    Map<String, List<Integer>> byModel = new HashMap<>();
    for (int i = 0; i < matches.size(); i++) {
      List<String> models = matches.get(i).exactModels();
      if (models.isEmpty()) {
        others.add(i);
      }
      for (String model : models) {
        byModel.computeIfAbsent(model, m -> new ArrayList<>()).add(i);
      }
    }
    byModel.forEach((model, routes) -> named.put(model, array(routes)));
    this.open = array(others);
  }

  /** The routes that are for this model and others named with it, in order. Not to be changed. */
  int[] named(@Nullable String model) {
    int[] routes = model == null ? null : named.get(model);
    return routes == null ? NONE : routes;
  }

  /** The routes that may be for any model, in order. Not to be changed. */
  int[] open() {
    return open;
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
