// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.Config;
import io.headgate.expression.CelCompiler;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.route.CallVariables;
import io.headgate.route.CompiledRoutes;
import io.headgate.route.CostOf;
import io.headgate.route.Health;
import io.headgate.route.RouteCall;
import io.headgate.route.Router;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** What a router is made from, and asked with. */
public final class Routes {

  private Routes() {}

  /**
   * A router for a configuration that was found to be good.
   *
   * @param failures told of conditions that could not be evaluated
   */
  public static Router router(
      Config config, Health health, CostOf cost, Consumer<String> failures) {
    CompiledRoutes routes =
        CompiledRoutes.of(config.traffic(), () -> new CelCompiler(failures), (at, problem) -> {});
    return new Router(routes, health, cost, () -> ThreadLocalRandom.current().nextLong());
  }

  /** A call, as routes see it. */
  public static RouteCall call(Exchange exchange, GatewayRequest request, String environment) {
    return new RouteCall(
        exchange.endpoint().provider(),
        exchange.endpoint().operation(),
        exchange.model(),
        exchange.options().route(),
        new CallVariables(exchange, request, environment));
  }
}
