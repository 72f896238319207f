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

  private static final CacheKeys UNRULED = new CacheKeys("", Set.of());

  /** As far as clocks of machines, or one that is set, may be apart; in milliseconds. */
  private static final long CLOCK_SKEW_MILLIS = 300_000;

  /** Whether it says that it was kept at a time that has not come yet. */
  boolean isFromTheFuture(StoredAnswer answer, long nowMillis) {
    return nowMillis < answer.createdMillis() - CLOCK_SKEW_MILLIS;
  }

  boolean isFresh(StoredAnswer answer, long nowMillis) {
    return !isFromTheFuture(answer, nowMillis) && past(answer, nowMillis) < 0;
  }

  /** Whether it may be used while a newer one is fetched. */
  boolean isGoodForNow(StoredAnswer answer, long nowMillis) {
    return isFresh(answer, nowMillis) || within(answer, nowMillis, staleWhileMillis);
  }

  /** Whether it may be used if there is no other. */
  boolean isBetterThanNothing(StoredAnswer answer, long nowMillis) {
    return isFresh(answer, nowMillis) || within(answer, nowMillis, staleErrorMillis);
  }

  private boolean within(StoredAnswer answer, long nowMillis, long millis) {
    return !isFromTheFuture(answer, nowMillis) && past(answer, nowMillis) < millis;
  }

  /** For how long it has not been fresh; negative while it is. */
  private long past(StoredAnswer answer, long nowMillis) {
    long past = nowMillis - answer.freshMillis();
    // Only the call itself can say less than when it was kept.
    return options.ttlSeconds() < 0
        ? past
        : Math.max(past, nowMillis - answer.createdMillis() - ttlMillis);
  }

  /**
   * What holds.
   *
   * @param rule null if none is for this call, which then has to ask for the cache by itself
   */
  static CachePolicy of(@Nullable CompiledRule rule, CacheOptions options) {
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
          UNRULED,
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
        rule.keys(),
        rule.storeWhen(),
        settings.maxEntry(),
        settings.replay(),
        settings.semantic());
  }
}
