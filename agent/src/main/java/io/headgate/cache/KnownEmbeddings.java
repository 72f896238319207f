// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Cost;
import io.headgate.gateway.AnswerForm;
import io.headgate.state.EntryKey;
import io.headgate.state.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is kept of a batch's inputs, and how old that is. Used by one thread at a time. */
final class KnownEmbeddings {

  private final CachePolicy policy;
  private final long nowMillis;
  private final Map<EntryKey, StoredAnswer> answers = new HashMap<>();

  KnownEmbeddings(CachePolicy policy, long nowMillis) {
    this.policy = policy;
    this.nowMillis = nowMillis;
  }

  void add(EntryKey key, @Nullable StoredEntry entry) {
    StoredAnswer answer = entry == null ? null : AnswerCodec.decode(entry.bytes());
    if (answer != null && answer.form() == AnswerForm.WHOLE) {
      answers.put(key, answer);
    }
  }

  boolean isFresh(StoredAnswer answer) {
    return policy.isFresh(answer, nowMillis);
  }

  /** As {@link CachePolicy#isGoodForNow}. */
  boolean isGoodForNow(StoredAnswer answer) {
    return policy.isGoodForNow(answer, nowMillis);
  }

  /** As {@link CachePolicy#isBetterThanNothing}. */
  boolean isBetterThanNothing(StoredAnswer answer) {
    return policy.isBetterThanNothing(answer, nowMillis);
  }

  @Nullable StoredAnswer get(EntryKey key) {
    return answers.get(key);
  }

  /** The answers under these keys, in that order; null unless all are there and of that kind. */
  @Nullable List<StoredAnswer> all(EntryKey[] keys, Predicate<StoredAnswer> kind) {
    List<StoredAnswer> all = new ArrayList<>(keys.length);
    for (EntryKey key : keys) {
      StoredAnswer answer = answers.get(key);
      if (answer == null || !kind.test(answer)) {
        return null;
      }
      all.add(answer);
    }
    return all;
  }

  /** Lets go of those that are not fresh. */
  void keepFresh() {
    answers.values().removeIf(answer -> !isFresh(answer));
  }

  void clear() {
    answers.clear();
  }

  /** One answer for all inputs, as old as the oldest; null if they do not fit together. */
  static @Nullable StoredAnswer together(EmbeddingBatch batch, List<StoredAnswer> all) {
    int newest = 0;
    long oldest = Long.MAX_VALUE;
    Cost cost = null;
    for (int i = 0; i < all.size(); i++) {
      StoredAnswer answer = all.get(i);
      newest = answer.createdMillis() > all.get(newest).createdMillis() ? i : newest;
      oldest = Math.min(oldest, answer.createdMillis());
      Cost own = answer.cost();
      cost = cost == null || own == null ? (own == null ? cost : own) : cost.plus(own);
    }
    byte[] body = batch.merged(all.stream().map(StoredAnswer::body).toList(), newest);
    return body == null ? null : with(all.get(newest), oldest, cost, body);
  }

  /** An answer as another one came, but for these. */
  static StoredAnswer with(
      StoredAnswer answer, long createdMillis, @Nullable Cost cost, byte[] body) {
    return new StoredAnswer(
        createdMillis,
        answer.freshMillis(),
        answer.staleErrorMillis(),
        answer.staleWhileMillis(),
        answer.form(),
        answer.streamUsage(),
        answer.status(),
        answer.headers(),
        answer.id(),
        answer.model(),
        answer.finishReasons(),
        cost,
        new int[0],
        new int[0],
        body);
  }
}
