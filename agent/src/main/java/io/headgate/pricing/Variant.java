// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways of being served that may have prices of their own. */
enum Variant {
  STANDARD,
  BATCH,
  PRIORITY,
  FLEX,
  FAST,
  /** Paid for by the hour or by contract, so that a price per token is a stand-in. */
  COMMITTED;

  /**
   * What the service tier of an answer means.
   *
   * @param tier as the provider names it, in any case; null or an unknown name is standard
   */
  static Variant of(@Nullable String tier) {
    if (tier == null) {
      return STANDARD;
    }
    return switch (tier.toLowerCase(Locale.ROOT)) {
      case "batch" -> BATCH;
      case "priority", "on_demand_priority" -> PRIORITY;
      case "flex", "on_demand_flex" -> FLEX;
      case "fast" -> FAST;
      case "scale", "reserved", "provisioned_throughput" -> COMMITTED;
      default -> STANDARD;
    };
  }

  /** The name the price lists use. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
