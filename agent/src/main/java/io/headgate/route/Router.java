// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.Operation;
import io.headgate.config.ExpressionText;
import io.headgate.config.RouteSettings;
import io.headgate.config.TargetRef;
import io.headgate.gateway.Decision;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the route of a call and makes its plan. The route that the app asks for by header or by
 * the model {@code route/NAME} comes before the first one that matches; a call without any goes to
 * the target that its model stands for, else where the app sent it. Immutable and thread-safe; one
 * per configuration. Never throws unless what it was given does.
 */
public final class Router {

  private static final Route AS_SENT = new Route(null, Plan.AS_SENT);
  private static final int NONE = -1;

  private final CompiledRoutes routes;
  private final Balancer balancer;
  private final LongSupplier chance;

  /**
   * @param chance 64 random bits each time; thread-safe, such as {@code () ->
   *     ThreadLocalRandom.current().nextLong()}
   */
  public Router(CompiledRoutes routes, Health health, CostOf cost, LongSupplier chance) {
    this.routes = routes;
    this.balancer = new Balancer(health, cost);
    this.chance = chance;
  }

  /** Whether every call goes as the app sent it, so that there is no need to ask. */
  public boolean idle() {
    return routes.empty();
  }

  /**
   * What is to be tried for a call.
   *
   * @param log gets what was decided on the way: names of the configuration, never content
   */
  public Route plan(RouteCall call, Consumer<Decision> log) {
    if (routes.empty()) {
      return AS_SENT;
    }
    Answers answers = new Answers(routes, call.variables(), log);
    Integer model = routeIn(call.model());
    String appModel = model == null ? call.model() : null;
    int named = asked(call, model, log);
    int chosen = named == NONE ? matching(call, 0, answers, log) : named;
    while (chosen != NONE) {
      RouteSettings route = routes.route(chosen);
      Plan plan = new Planning(routes, balancer, chance, appModel, answers, log).plan(route);
      if (plan != null) {
        if (plan instanceof Plan.Deny deny) {
          log.accept(Notes.note("deny", "status", String.valueOf(deny.status())));
        }
        return new Route(route.label(), plan);
      }
      log.accept(Notes.note("skip", "step", route.label(), "reason", "no step decides"));
      // A route that was asked for by name is not replaced by another.
      chosen = named == NONE ? matching(call, chosen + 1, answers, log) : NONE;
    }
    return new Route(null, unrouted(call, appModel, log));
  }

  /** The number of the route that a model's name names; null if it names none. */
  private @Nullable Integer routeIn(@Nullable String model) {
    String name = nameIn(model);
    return name == null ? null : routes.named(name);
  }

  private static @Nullable String nameIn(@Nullable String model) {
    if (model == null) {
      return null;
    }
    if (model.startsWith("route/")) {
      return model.substring("route/".length());
    }
    return model.startsWith("dynamic/") ? model.substring("dynamic/".length()) : null;
  }

  private int asked(RouteCall call, @Nullable Integer model, Consumer<Decision> log) {
    String header = call.route();
    if (header != null) {
      int number = take(routes.named(header), call.operation(), "header", log);
      if (number != NONE) {
        return number;
      }
    }
    return nameIn(call.model()) == null ? NONE : take(model, call.operation(), "model", log);
  }

  private int take(
      @Nullable Integer number, Operation operation, String by, Consumer<Decision> log) {
    if (number == null) {
      // The name is the app's text, not ours: it is not repeated.
      log.accept(Notes.note("route", "error", "unknown", "by", by));
      return NONE;
    }
    if (!routes.match(number).canTake(operation)) {
      log.accept(Notes.note("route", "error", "operation", "by", by));
      return NONE;
    }
    log.accept(Notes.note("route", "route", routes.route(number).label(), "by", by));
    return number;
  }

  /**
   * The first that matches, from those named with the model and those open to any, in order.
   *
   * @param from routes before this one are passed over
   */
  private int matching(RouteCall call, int from, Answers answers, Consumer<Decision> log) {
    int[] named = routes.index().named(call.model());
    int[] open = routes.index().open();
    int n = 0;
    int o = 0;
    while (n < named.length || o < open.length) {
      boolean takeNamed = o == open.length || (n < named.length && named[n] < open[o]);
      int number = takeNamed ? named[n++] : open[o++];
      if (number >= from && routes.match(number).fits(call)) {
        RouteSettings route = routes.route(number);
        ExpressionText when = route.match().when();
        if (when == null || answers.holds(when, route.label())) {
          log.accept(Notes.note("route", "route", route.label(), "by", "match"));
          return number;
        }
      }
    }
    return NONE;
  }

  private Plan unrouted(RouteCall call, @Nullable String model, Consumer<Decision> log) {
    if (!CompiledRoutes.routable(call.operation())) {
      return Plan.AS_SENT;
    }
    Plan.Policy policy = routes.context().policy();
    TargetRef ref = model == null ? null : routes.traffic().models().resolve(model);
    if (ref == null || model == null) {
      return policy.isNone() ? Plan.AS_SENT : new Plan.Try(null, null, policy, null);
    }
    Target target = new Target(ref.provider(), ref.model().equals("*") ? model : ref.model());
    log.accept(Notes.note("model", "model", model, "target", target.toString()));
    return new Plan.Try(target, null, policy, null);
  }
}
