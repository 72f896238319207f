// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import io.headgate.pricing.PriceCatalog;
import io.headgate.pricing.PriceQuery;
import io.headgate.route.CostOf;
import io.headgate.route.Target;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a million tokens each way cost at a target, by the price lists. */
record TargetCost(PriceCatalog prices) implements CostOf {

  private static final Usage MILLION = Usage.builder().input(1_000_000).output(1_000_000).build();

  @Override
  public long nanoUsd(Target target) {
    PriceQuery query =
        new PriceQuery(
            target.provider(),
            target.model(),
            null,
            MILLION,
            null,
            false,
            Usage.UNKNOWN,
            target.provider(),
            null);
    Cost cost = prices.cost(query, LocalDate.now(ZoneOffset.UTC));
    return cost == null ? UNKNOWN : cost.total();
  }
}
