// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.CacheRule;
import io.headgate.expression.Expression;
import io.headgate.gateway.CacheOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one call: a rule of the configuration, and what the app asks for over it.
 *
 * @param isolate as in {@link CacheRule}
 * @param ignore as in {@link CacheRule}
 * @param keys makes keys as the rule says
 */
record CachePolicy(
    CacheOptions options,
    long ttlMillis,
    long staleErrorMillis,
    long staleWhileMillis,
    @Nullable List<Expression> isolate,
    Set<String> ignore,
    CacheKeys keys,
    @Nullable Expression storeWhen,
    long maxEntry,
    CacheRule.Replay replay,
    CacheRule.@Nullable Semantic semantic) {

  /**
   * How long an answer is kept for a call that asks for the cache and does not say: as Cloudflare's
   * AI Gateway does ({@code developers.cloudflare.com/ai-gateway/features/caching}).
   */
  private static final Duration UNSAID = Duration.ofMinutes(5);

  /** How old an answer may be; only the call itself can say less than when it was kept. */
  long usableMillis() {
    return options.ttlSeconds() >= 0 ? ttlMillis : Long.MAX_VALUE;
  }

  /**
   * What holds.
   *
   * @param rule null if none is for this call, which then has to ask for the cache by itself
   * @param keys makes keys as the rule says
   */
  static CachePolicy of(@Nullable CompiledRule rule, CacheKeys keys, CacheOptions options) {
    CacheRule settings = rule == null ? null : rule.settings();
    Duration usual = settings == null ? UNSAID : settings.ttl();
    long ttl =
        options.ttlSeconds() >= 0
            ? Duration.ofSeconds(options.ttlSeconds()).toMillis()
            : usual.toMillis();
    if (rule == null || settings == null) {
      return new CachePolicy(
          options,
          ttl,
          0,
          0,
          null,
          Set.of(),
          keys,
          null,
          CacheRule.MAX_ENTRY,
          CacheRule.Replay.INSTANT,
          null);
    }
    return new CachePolicy(
        options,
        ttl,
        settings.staleIfError().toMillis(),
        settings.staleWhileRevalidate().toMillis(),
        settings.isolate() == null ? null : rule.isolate(),
        settings.ignore(),
        keys,
        rule.storeWhen(),
        settings.maxEntry(),
        settings.replay(),
        settings.semantic());
  }
}
