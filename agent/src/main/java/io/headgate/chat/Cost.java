// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

/**
 * What a call cost, in nano-USD (1 USD = 1,000,000,000).
 *
 * @param total the sum of the parts, or the provider's own figure
 * @param input uncached input, audio and image input included
 * @param output output, reasoning included
 * @param cacheRead input read from the provider's prompt cache
 * @param cacheWrite input written to it
 * @param other things billed by the piece
 * @param source who says so
 * @param priceDate the date of the price list used, ISO 8601; empty for the provider's own figure
 */
public record Cost(
    long total,
    long input,
    long output,
    long cacheRead,
    long cacheWrite,
    long other,
    Source source,
    String priceDate) {

  /** Where a figure comes from. */
  public enum Source {
    /** The provider reported it. */
    PROVIDER,
    /** Our price list, an exact match. */
    LOCAL,
    /** Our price list by a loose match, or tokens that we counted. */
    ESTIMATED
  }

  /** Both together; as sure as the less sure of the two. */
  public Cost plus(Cost other) {
    return new Cost(
        Math.addExact(total, other.total),
        input + other.input,
        output + other.output,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        this.other + other.other,
        source.compareTo(other.source) >= 0 ? source : other.source,
        priceDate.compareTo(other.priceDate) >= 0 ? priceDate : other.priceDate);
  }

  /** A figure in USD, for places that want a double. */
  public static double usd(long nano) {
    return nano / 1e9;
  }
}
