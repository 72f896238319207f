// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.cache.CachedCall;
import io.headgate.config.Config;
import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.Routing;
import io.headgate.gateway.WireError;
import io.headgate.route.Plan;
import io.headgate.route.Route;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a call goes and sees to it that it gets there, or somewhere as good. A call that
 * nothing is to be done about goes on as it is, once, and its answer is the client's own.
 */
public final class RoutingInterceptor implements Interceptor {

  private final RoutingTools tools;

  public RoutingInterceptor(RoutingTools tools) {
    this.tools = tools;
    tools.health().keys(tools.keys());
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    Exchange exchange = chain.exchange();
    GatewayRequest request = chain.request();
    if (exchange.options().bypass()) {
      return chain.proceed(request);
    }
    Route route =
        tools
            .router()
            .plan(Routes.call(exchange, request, tools.config().environment()), exchange::note);
    boolean shadow = tools.config().mode() == Config.Mode.SHADOW;
    boolean denied = route.plan() instanceof Plan.Deny;
    CachedCall cached = shadow || denied ? null : cached(chain);
    Plan plan = plan(route.plan(), exchange, cached != null);
    if (shadow) {
      Plan.Try first = Plans.first(plan);
      exchange.note(new Decision("shadow", Map.of("would", Plans.text(plan))));
      exchange.routing(new Routing(route.label(), first == null ? null : first.arm(), 0, "shadow"));
      return chain.proceed(request);
    }
    exchange.routing(new Routing(route.label(), null, 0, "as-sent"));
    if (cached == null && !denied && only(exchange)) {
      WireError error =
          new WireError(WireError.Kind.CACHE_MISS, "this call cannot be answered by the cache");
      return CompletableFuture.completedFuture(own(exchange, error, 0));
    }
    if (plan instanceof Plan.Deny deny) {
      return CompletableFuture.completedFuture(denied(exchange, deny));
    }
    if (plan instanceof Plan.AsSent && !exchange.endpoint().operation().usesModel()) {
      return chain.proceed(request);
    }
    tools.budget().deposit(Plans.retryBudget(plan));
    Caller caller = plan instanceof Plan.AsSent ? null : chain.caller();
    if (caller == null) {
      if (!(plan instanceof Plan.AsSent)) {
        exchange.note(new Decision("as-sent", Map.of("reason", "its body cannot be read")));
      }
      return chain
          .proceed(request)
          .thenApply(
              answer ->
                  answer.withHeaders(
                      ResponseFields.of(answer.headers(), exchange, chain.attempt())));
    }
    PlanRun run = new PlanRun(tools, chain, caller, cached);
    Delivery delivery = new Delivery(tools, exchange, request.headers(), Plans.triesAgain(plan));
    return run.start(plan).thenCompose(delivery::deliver);
  }

  /** Keys of a pool, platforms in between and caches are reasons to manage an unrouted call. */
  private Plan plan(Plan decided, Exchange exchange, boolean cached) {
    String provider = exchange.endpoint().provider();
    boolean managed =
        cached
            || tools.keys().has(provider)
            || tools.via().goesVia(provider)
            || exchange.options().maxAttempts() > 1
            || exchange.options().firstTokenNanos() > 0;
    return decided instanceof Plan.AsSent && managed && exchange.endpoint().operation().usesModel()
        ? new Plan.Try(null, null, Plan.Policy.NONE, null)
        : decided;
  }

  /** A fault of the cache's must not cost the call its route. */
  private @Nullable CachedCall cached(Chain chain) {
    try {
      return tools.cache().call(chain);
    } catch (Throwable t) {
      tools.faults().fault("cache", t);
      return null;
    }
  }

  /** Whether the app wants the call answered by the cache or not at all. */
  private static boolean only(Exchange exchange) {
    return exchange.options().cache().control() == CacheOptions.Control.ONLY
        && exchange.endpoint().operation().usesModel();
  }

  private GatewayResponse denied(Exchange exchange, Plan.Deny deny) {
    return own(exchange, new WireError(WireError.Kind.DENIED, deny.text()), deny.status());
  }

  private GatewayResponse own(Exchange exchange, WireError error, int status) {
    return new Delivery(tools, exchange, exchange.original().headers(), false)
        .own(error, Outcome.own(error, status, 0));
  }
}
