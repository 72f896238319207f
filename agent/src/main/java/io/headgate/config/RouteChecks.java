// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.StepNotes.Claim;
import io.headgate.config.StepNotes.Reference;
import io.headgate.config.StepSettings.Balance;
import io.headgate.config.StepSettings.Route;
import io.headgate.config.StepSettings.Split;
import io.headgate.config.StepSettings.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks what shows only when all routes are known. */
final class RouteChecks {
  /** Of one route, those of the routes it names included. */
  private static final int MAX_STEPS = 1000;

  private final List<RouteSettings> routes;
  private final StepNotes notes;
  private final Problems problems;
  private final Map<String, RouteSettings> byName = new LinkedHashMap<>();
  private final IdentityHashMap<Route, Reference> references = new IdentityHashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<String, Boolean> deciding = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private boolean loops;

  RouteChecks(List<RouteSettings> routes, StepNotes notes, Problems problems) {
    this.routes = routes;
    this.notes = notes;
    this.problems = problems;
    for (RouteSettings route : routes) {
      if (route.name() != null) {
        byName.put(route.name(), route);
      }
    }
    notes.references().forEach(reference -> references.put(reference.step(), reference));
  }

  void run() {
    // A name may be missing because its route has a mistake; then one message is enough.
    boolean complete = !problems.any();
    if (complete) {
      notes.references().forEach(this::checkName);
    }
    for (RouteSettings route : routes) {
      if (route.name() == null || done.add(route.name())) {
        follow(route.step(), new ArrayList<>(names(route)));
      }
    }
    if (!loops) {
      notes.claims().forEach(this::checkClaim);
      routes.forEach(this::checkSize);
    }
    checkOrder();
  }

  private static List<String> names(RouteSettings route) {
    return route.name() == null ? List.of() : List.of(route.name());
  }

  private void checkName(Reference reference) {
    if (!byName.containsKey(reference.step().name())) {
      String nearest = Names.nearest(reference.step().name(), new TreeSet<>(byName.keySet()));
      problems.add(
          reference.at(),
          reference.path()
              + ": unknown route "
              + reference.name()
              + (nearest == null
                  ? "; expected the name of a route"
                  : "; did you mean " + Problems.quote(nearest) + "?"));
    }
  }

  /**
   * Walks to the routes that a step leads to.
   *
   * @param trail the names of the routes that led here
   */
  private void follow(StepSettings step, List<String> trail) {
    if (step instanceof Route route) {
      RouteSettings target = byName.get(route.name());
      int start = trail.indexOf(route.name());
      if (start >= 0) {
        reportLoop(route, trail.subList(start, trail.size()));
      } else if (target != null && done.add(route.name())) {
        trail.add(route.name());
        follow(target.step(), trail);
        trail.remove(trail.size() - 1);
      }
    }
    for (StepSettings inside : Steps.inside(step)) {
      follow(inside, trail);
    }
  }

  private void reportLoop(Route route, List<String> names) {
    Reference reference = references.remove(route);
    loops = true;
    if (reference != null) {
      problems.add(
          reference.at(),
          reference.path()
              + (": leads to a loop: " + String.join(" → ", names) + " → " + route.name()));
    }
  }

  private void checkClaim(Claim claim) {
    if (!has(claim.step(), claim.splits(), new HashSet<>())) {
      problems.add(
          claim.at(),
          claim.path()
              + (claim.splits()
                  ? ": there is no split or balance that it could hold for"
                  : ": there is no balance that it could hold for"));
    }
  }

  private boolean has(StepSettings step, boolean splits, Set<String> seen) {
    if (step instanceof Balance || (splits && step instanceof Split)) {
      return true;
    }
    if (step instanceof Route route) {
      RouteSettings target = byName.get(route.name());
      // One that is missing has been reported.
      return target == null || (seen.add(route.name()) && has(target.step(), splits, seen));
    }
    return Steps.inside(step).stream().anyMatch(inside -> has(inside, splits, seen));
  }

  private void checkSize(RouteSettings route) {
    if (size(route.step()) > MAX_STEPS) {
      problems.add(
          route.at(),
          "routes["
              + route.index()
              + "]: more than "
              + MAX_STEPS
              + " steps, with those of the routes that it names");
    }
  }

  private long size(StepSettings step) {
    long size = 1;
    if (step instanceof Route route) {
      RouteSettings target = byName.get(route.name());
      Long known = sizes.get(route.name());
      if (known == null && target != null) {
        known = size(target.step());
        sizes.put(route.name(), known);
      }
      size += known == null ? 0 : known;
    }
    for (StepSettings inside : Steps.inside(step)) {
      size += size(inside);
    }
    return Math.min(size, MAX_STEPS + 1);
  }

  /** Whether every route can match, or can at least be asked for by its name. */
  private void checkOrder() {
    List<RouteSettings> before = new ArrayList<>();
    for (RouteSettings route : routes) {
      if (route.name() == null) {
        before.stream()
            .filter(earlier -> earlier.match().covers(route.match()))
            .findFirst()
            .ifPresent(earlier -> reportHidden(route, earlier));
      }
      if (decides(route.step())) {
        before.add(route);
      }
    }
  }

  private void reportHidden(RouteSettings route, RouteSettings earlier) {
    problems.add(
        route.at(),
        "routes["
            + route.index()
            + "]: can never match, since "
            + earlier.label()
            + (earlier.match().all()
                ? " before it matches every call"
                : " before it matches all of its calls")
            + "; move it up, or give it a name");
  }

  /** As {@link Steps#decides}, the routes that it names included. */
  private boolean decides(StepSettings step) {
    if (step instanceof Route route) {
      return decides(route.name());
    }
    return !(step instanceof When when)
        || (when.otherwise() != null && decides(when.then()) && decides(when.otherwise()));
  }

  private boolean decides(String name) {
    Boolean known = deciding.get(name);
    RouteSettings target = byName.get(name);
    if (known != null || target == null) {
      return known != null && known;
    }
    deciding.put(name, false); // One that leads to itself has been reported.
    boolean decides = decides(target.step());
    deciding.put(name, decides);
    return decides;
  }
}
