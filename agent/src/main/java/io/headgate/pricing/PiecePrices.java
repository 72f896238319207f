// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import io.headgate.chat.Usage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prices of things billed by the piece, in USD each.
 *
 * @param rough those whose real price depends on something usage does not tell: an image's size, a
 *     search's depth. The price is the one of the provider's default
 */
record PiecePrices(Map<Usage.Unit, BigDecimal> usd, Set<Usage.Unit> rough) {

  static final PiecePrices NONE = new PiecePrices(Map.of(), Set.of());

  PiecePrices {
    usd = Map.copyOf(usd);
    rough = Set.copyOf(rough);
  }

  @Nullable BigDecimal of(Usage.Unit unit) {
    return usd.get(unit);
  }
}
