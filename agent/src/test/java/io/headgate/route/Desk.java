// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.Operation;
import io.headgate.config.RouteSettings;
import io.headgate.config.Traffic;
import io.headgate.expression.Variables;
import io.headgate.gateway.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A router, the calls a test makes, and what was noted of the last one. */
final class Desk {

  final Words words = new Words();
  final FakeHealth health = new FakeHealth();
  final Map<String, Object> metadata = new HashMap<>();
  final Map<Target, Long> prices = new HashMap<>();
  final List<Decision> notes = new ArrayList<>();
  final Router router;

  Desk(Traffic traffic) {
    CompiledRoutes routes =
        CompiledRoutes.of(
            traffic,
            words::make,
            (at, message) -> {
              throw new AssertionError(at + ": " + message);
            });
    Random random = new Random(42);
    router =
        new Router(
            routes,
            health,
            target -> prices.getOrDefault(target, CostOf.UNKNOWN),
            random::nextLong);
  }

  static Desk of(RouteSettings... routes) {
    return new Desk(Sample.routes(routes));
  }

  Route chat(@Nullable String model) {
    return call("openai", Operation.CHAT, model, null);
  }

  Route call(String provider, Operation operation, @Nullable String model, @Nullable String route) {
    notes.clear();
    return router.plan(new RouteCall(provider, operation, model, route, variables()), notes::add);
  }

  /** The route's plan for a user, where {@code user} is what is sticky. */
  Plan planFor(String user) {
    metadata.put("user", user);
    return chat("gpt-4o").plan();
  }

  /** The arm that a plan of one target is in. */
  static @Nullable String arm(Plan plan) {
    return ((Plan.Try) plan).arm();
  }

  /** The targets of a plan, depth first. */
  static List<String> targets(Plan plan) {
    List<String> targets = new ArrayList<>();
    collect(plan, targets);
    return targets;
  }

  private static void collect(Plan plan, List<String> targets) {
    if (plan instanceof Plan.Try attempt) {
      targets.add(String.valueOf(attempt.target()));
    } else if (plan instanceof Plan.Chain chain) {
      chain.plans().forEach(inner -> collect(inner, targets));
    } else if (plan instanceof Plan.Cascade cascade) {
      cascade.stages().forEach(stage -> collect(stage.plan(), targets));
    }
  }

  /** The notes of that name, as {@code key=value} pairs. */
  List<String> noted(String name) {
    return notes.stream()
        .filter(note -> note.name().equals(name))
        .map(note -> note.attributes().toString())
        .toList();
  }

  Variables variables() {
    return new Variables() {
      @Override
      public Map<String, @Nullable Object> request() {
        return Map.of();
      }

      @Override
      public @Nullable String header(String name) {
        return null;
      }

      @Override
      public @Nullable Object body() {
        return null;
      }

      @Override
      public Map<String, Object> metadata() {
        return metadata;
      }

      @Override
      public String environment() {
        return "";
      }

      @Override
      public @Nullable Map<String, @Nullable Object> response() {
        return null;
      }
    };
  }
}
