// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import io.headgate.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What the price of a call depends on.
 *
 * @param provider our short name of who served it
 * @param requestModel the model asked for; null if unknown
 * @param responseModel the model that answered; null if unknown
 * @param usage what was used
 * @param serviceTier the tier that served it, in the provider's words; null for the standard one
 * @param batch whether it was served by a batch endpoint
 * @param providerCostNanoUsd the provider's own figure, or {@link Usage#UNKNOWN}
 * @param telemetryName what OpenTelemetry calls who served it, which tells more than our name where
 *     a gateway passes calls on; null if unknown
 * @param region where it was served, as its cloud calls it; null if unknown or no matter
 */
public record PriceQuery(
    String provider,
    @Nullable String requestModel,
    @Nullable String responseModel,
    Usage usage,
    @Nullable String serviceTier,
    boolean batch,
    long providerCostNanoUsd,
    @Nullable String telemetryName,
    @Nullable String region) {

  /** A call of which neither is known. */
  public PriceQuery(
      String provider,
      @Nullable String requestModel,
      @Nullable String responseModel,
      Usage usage,
      @Nullable String serviceTier,
      boolean batch,
      long providerCostNanoUsd) {
    this(
        provider,
        requestModel,
        responseModel,
        usage,
        serviceTier,
        batch,
        providerCostNanoUsd,
        null,
        null);
  }
}
