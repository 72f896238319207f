// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.Headers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachePolicyTest {

  private static final long KEPT = Duration.ofDays(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private static CachePolicy within(long ttlSeconds) {
    return CachePolicy.of(null, new CacheOptions(CacheOptions.Control.ON, ttlSeconds, null));
  }

  /** Fresh for an hour, then of use for ten minutes more. */
  private static StoredAnswer answer() {
    long fresh = KEPT + 60 * MINUTE;
    return new StoredAnswer(
        KEPT,
        fresh,
        fresh + 10 * MINUTE,
        fresh + 10 * MINUTE,
        AnswerForm.WHOLE,
        false,
        200,
        Headers.EMPTY,
        null,
        null,
        List.of(),
        null,
        new int[0],
        new int[0],
        new byte[0]);
  }

  @Test
  void anAnswerIsFreshUntilItsTimeIsOver() {
    CachePolicy policy = within(-1);

    assertThat(policy.isFresh(answer(), KEPT)).isTrue();
    assertThat(policy.isFresh(answer(), KEPT + 60 * MINUTE - 1)).isTrue();
    assertThat(policy.isFresh(answer(), KEPT + 60 * MINUTE)).isFalse();
  }

  @Test
  void aCallMayWantAYoungerOne() {
    CachePolicy policy = within(60);

    assertThat(policy.isFresh(answer(), KEPT + MINUTE - 1)).isTrue();
    assertThat(policy.isFresh(answer(), KEPT + MINUTE)).isFalse();
  }

  @Test
  void anAnswerFromTheFutureIsOfNoUse() {
    CachePolicy policy = within(-1);
    long before = KEPT - 6 * MINUTE;

    assertThat(policy.isFromTheFuture(answer(), before)).isTrue();
    assertThat(policy.isFresh(answer(), before)).isFalse();
    assertThat(policy.isGoodForNow(answer(), before)).isFalse();
    assertThat(policy.isBetterThanNothing(answer(), before)).isFalse();
    // Clocks are never quite the same.
    assertThat(policy.isFresh(answer(), KEPT - 4 * MINUTE)).isTrue();
  }
}
