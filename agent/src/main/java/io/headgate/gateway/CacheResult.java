// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What the cache did for a call.
 *
 * @param status whether it answered
 * @param key the key in short, for people to purge by; null if none was made
 * @param ageSeconds how old the answer is; -1 if it is not from the cache
 * @param similarity of the question that was answered to this one, from 0 to 1; -1 if they are the
 *     same, or nobody looked
 * @param saved what the answer cost when it was made; null if it is not from the cache, or that is
 *     not known
 * @param reason why the cache did not answer, or the answer is not kept: names and paths, never
 *     content; null if there is nothing to say
 * @param nearest how the most similar stored question differs, by path; null if there is none
 */
public record CacheResult(
    Status status,
    @Nullable String key,
    long ageSeconds,
    double similarity,
    @Nullable Cost saved,
    @Nullable String reason,
    @Nullable String nearest) {

  /** Whether the cache answered. The names are what the app reads. */
  public enum Status {
    HIT,
    /** A stored answer to a question that means the same. */
    SEMANTIC,
    /** A stored answer past its time. */
    STALE,
    /** The answer to another call's same question, which was under way. */
    COALESCED,
    MISS,
    /** It was told not to look. */
    REFRESH,
    /** The call cannot be cached. */
    BYPASS,
    /** The app wants no cache. */
    OFF;

    /** Whether the app's answer is not one of its own. */
    public boolean answered() {
      return this == HIT || this == SEMANTIC || this == STALE || this == COALESCED;
    }
  }

  /** Of a call that the cache did not answer. */
  public static CacheResult not(Status status, @Nullable String key, @Nullable String reason) {
    return new CacheResult(status, key, -1, -1, null, reason, null);
  }
}
