// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One interceptor's view of a call, whose way on is a function of the test. */
public final class FixedChain implements Chain {

  private final Exchange exchange;
  private final Attempt attempt;
  private final GatewayRequest request;
  private final Function<GatewayRequest, CompletionStage<GatewayResponse>> way;

  private FixedChain(
      Exchange exchange,
      Attempt attempt,
      GatewayRequest request,
      Function<GatewayRequest, CompletionStage<GatewayResponse>> way) {
    this.exchange = exchange;
    this.attempt = attempt;
    this.request = request;
    this.way = way;
  }

  /** In the exchange's first attempt, which has not been sent. */
  public static FixedChain of(
      Exchange exchange, Function<GatewayRequest, CompletionStage<GatewayResponse>> way) {
    return new FixedChain(
        exchange,
        new Attempt(exchange.endpoint(), exchange.requestFacts(), null, null),
        exchange.original(),
        way);
  }

  /** In the exchange's first attempt, as it is being sent. */
  public static FixedChain sending(
      Exchange exchange, Function<GatewayRequest, CompletionStage<GatewayResponse>> way) {
    FixedChain chain = of(exchange, way);
    exchange.sending(chain.attempt);
    return chain;
  }

  @Override
  public GatewayRequest request() {
    return request;
  }

  @Override
  public Exchange exchange() {
    return exchange;
  }

  @Override
  public Attempt attempt() {
    return attempt;
  }

  @Override
  public @Nullable Caller caller() {
    return null;
  }

  @Override
  public CompletionStage<GatewayResponse> proceed(GatewayRequest next) {
    return way.apply(next);
  }

  @Override
  public CompletionStage<GatewayResponse> proceed(GatewayRequest next, Attempt nextAttempt) {
    return way.apply(next);
  }

  @Override
  public CompletionStage<GatewayResponse> aside(GatewayRequest aside) {
    throw new UnsupportedOperationException();
  }
}
