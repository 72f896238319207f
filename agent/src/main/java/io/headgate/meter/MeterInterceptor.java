// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import io.headgate.chat.Cost;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Faults;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.ResponseReader;
import io.headgate.gateway.WireReader;
import io.headgate.pricing.PriceCatalog;
import io.headgate.pricing.PriceQuery;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what each attempt's answer used and what that cost, while it flows. Both are on the
 * attempt before the taps of outer interceptors hear of the body's end. Changes nothing.
 */
public final class MeterInterceptor implements Interceptor {

  private static final String STAGE = "meter";

  private final WireReader wire;
  private final PriceCatalog prices;
  private final Faults faults;
  private final InstantSource clock;
  private final MeterListener listener;

  public MeterInterceptor(
      WireReader wire,
      PriceCatalog prices,
      Faults faults,
      InstantSource clock,
      MeterListener listener) {
    this.wire = wire;
    this.prices = prices;
    this.faults = faults;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    CompletionStage<GatewayResponse> response = chain.proceed(chain.request());
    Attempt attempt = chain.attempt();
    if (!attempt.endpoint().operation().usesModel()) {
      return response;
    }
    URI uri = chain.request().uri();
    return response.thenApply(
        head -> {
          tap(attempt, uri, chain.exchange().options().price(), head);
          return head;
        });
  }

  private void tap(Attempt attempt, URI uri, Map<String, Double> given, GatewayResponse head) {
    try {
      ResponseReader reader =
          wire.response(attempt.endpoint(), attempt.requestFacts(), head.status(), head.headers());
      ContentDecoder decoder = ContentDecoder.of(head.headers().first("content-encoding"));
      head.body()
          .tap(
              new MeterTap(
                  reader,
                  decoder,
                  (complete, unread) -> settle(attempt, uri, given, reader, complete, unread)));
    } catch (Throwable t) {
      faults.fault(STAGE, t);
    }
  }

  private void settle(
      Attempt attempt,
      URI uri,
      Map<String, Double> given,
      ResponseReader reader,
      boolean complete,
      MeterListener.@Nullable Reason unread) {
    try {
      ResponseFacts facts = reader.finish(complete);
      attempt.responseFacts(facts);
      Endpoint endpoint = attempt.endpoint();
      boolean broken = unread != null || (complete && !facts.parsed());
      // Of other formats nothing is read, so nothing can go wrong.
      if (broken && endpoint.format() != WireFormat.OTHER) {
        listener.unparsed(endpoint, unread != null ? unread : MeterListener.Reason.FORMAT);
      }
      if (given.isEmpty()) {
        price(attempt, uri, facts);
      } else {
        Cost cost = PriceCatalog.cost(facts.usage(), given);
        if (cost != null) {
          attempt.cost(cost);
        }
      }
    } catch (Throwable t) {
      faults.fault(STAGE, t);
    }
  }

  private void price(Attempt attempt, URI uri, ResponseFacts facts) {
    Endpoint endpoint = attempt.endpoint();
    String asked = attempt.model();
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    // Its models by OpenAI's and Anthropic's formats have the same prices.
    boolean bedrock =
        endpoint.format() == WireFormat.BEDROCK || endpoint.provider().equals("bedrock");
    PriceQuery query =
        new PriceQuery(
            endpoint.provider(),
            asked,
            facts.model(),
            facts.usage(),
            facts.serviceTier(),
            false,
            facts.providerCostNanoUsd(),
            endpoint.telemetryName(),
            bedrock ? BedrockRegion.of(uri) : null);
    Cost cost = prices.cost(query, today);
    if (cost != null) {
      attempt.cost(cost);
    } else if (!facts.usage().isEmpty()) {
      listener.priceUnknown(endpoint, facts.model() != null ? facts.model() : asked);
    }
  }
}
