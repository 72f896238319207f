// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the app asks of Headgate for one call, by {@code x-headgate-*} header fields.
 *
 * @param bypass whether to touch nothing and only meter
 * @param route the name of the route to take; null for what matches
 * @param firstTokenNanos how long each attempt may take to its first content; 0 if not said
 * @param maxAttempts how many attempts, the first included; 0 if not said
 * @param retryDelayNanos the delay before the second attempt; -1 if not said
 * @param backoff {@code constant}, {@code linear} or {@code exponential}; null if not said
 * @param metadata values that win over every configured source: strings, numbers, booleans
 * @param price USD for a million tokens by kind ({@code input}, {@code output}, …); empty if not
 *     said
 * @param cache what the cache may do
 * @param log whether anything beyond metrics may be recorded
 */
public record CallOptions(
    boolean bypass,
    @Nullable String route,
    long firstTokenNanos,
    int maxAttempts,
    long retryDelayNanos,
    @Nullable String backoff,
    Map<String, Object> metadata,
    Map<String, Double> price,
    CacheOptions cache,
    boolean log) {

  /** Of a call that asks for nothing. */
  public static final CallOptions NONE =
      new CallOptions(false, null, 0, 0, -1, null, Map.of(), Map.of(), CacheOptions.NONE, true);

  /** Of a call that asks nothing of the cache. */
  public CallOptions(
      boolean bypass,
      @Nullable String route,
      long firstTokenNanos,
      int maxAttempts,
      long retryDelayNanos,
      @Nullable String backoff,
      Map<String, Object> metadata,
      Map<String, Double> price,
      boolean log) {
    this(
        bypass,
        route,
        firstTokenNanos,
        maxAttempts,
        retryDelayNanos,
        backoff,
        metadata,
        price,
        CacheOptions.NONE,
        log);
  }

  public CallOptions {
    metadata = Map.copyOf(metadata);
    price = Map.copyOf(price);
  }
}
