// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import org.jspecify.annotations.Nullable;

/**
 * Where in a route a step is.
 *
 * @param outer null for the step that the route is
 * @param name of the step within the outer one: of an arm, or its index; of the route if outermost
 * @param depth how many steps and references to routes are around it
 * @param routeLevel whether its modifiers are the route's own
 */
record Place(@Nullable Place outer, Object name, int depth, boolean routeLevel) {

  static Place of(String route) {
    return new Place(null, route, 0, true);
  }

  Place inside(Object part) {
    return new Place(this, part, depth + 1, false);
  }

  /** The step of another route that stands in for this one. */
  Place reference(String route) {
    return new Place(null, route, depth + 1, routeLevel);
  }

  /**
   * What makes choices here independent of choices elsewhere. A route without a name has none to
   * give: its index would change, and everybody's arm with it, when a route is added before it.
   */
  String salt() {
    return outer == null ? name.toString() : outer.salt() + "/" + name;
  }
}
