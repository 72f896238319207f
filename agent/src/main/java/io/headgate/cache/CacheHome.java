// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Faults;
import io.headgate.state.EntryKey;
import io.headgate.state.EntryStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What outlives a configuration: the entries, and what is known of them. Thread-safe. */
public final class CacheHome implements AutoCloseable {

  /** How long a call waits for the questions that were kept before. */
  private static final long QUESTIONS_MILLIS = 1_000;

  /** The most that questions others may be like take, in bytes, in a heap that is large enough. */
  private static final long MOST_QUESTIONS = 32L << 20;

  /** A refresh that takes longer is given up for lost. */
  private static final long REFRESHING_MILLIS = 300_000;

  /** How long what failed is left alone. */
  private static final long REST_MILLIS = 10_000;

  private static final int MOST_REFRESHED = 1_000;

  private final EntryStore store;
  private final Executor background;
  private final InstantSource clock;
  private final Faults faults;
  private final Flights flights;
  private final NearMisses misses = new NearMisses();
  private final WholeOnly wholeOnly = new WholeOnly();
  private final SimilarQuestions questions;
  private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> known =
      new AtomicReference<>();

  /** Until when, in milliseconds since 1970, nobody else is to fetch a newer answer. */
  private final Map<EntryKey, Long> refreshing = new ConcurrentHashMap<>();

  /** Until when no text is to be embedded by that model, which did not answer. */
  private final Map<String, Long> resting = new ConcurrentHashMap<>();

  private final CompletableFuture<byte[]> secret = new CompletableFuture<>();
  private final CompletableFuture<byte[]> secretInTime;
  private volatile boolean closed;

  /** Of the secret that was asked for last. */
  private volatile @Nullable Partition partition;

  /**
   * @param store closed with this
   * @param openingMillis how long calls wait for the store to open, from now on
   * @param background runs what may block, on threads of ours
   */
  public CacheHome(
      EntryStore store,
      long openingMillis,
      Executor background,
      InstantSource clock,
      Faults faults) {
    this.store = store;
    this.background = background;
    this.clock = clock;
    this.faults = faults;
    this.flights = new Flights(background);
    this.questions =
        new SimilarQuestions(
            Math.min(MOST_QUESTIONS, Runtime.getRuntime().maxMemory() / 32), clock);
    byte[] own = new byte[32];
    new SecureRandom().nextBytes(own);
    var unused =
        store
            .opened()
            .thenCompose(opened -> store.secret())
            .whenComplete(
                (bytes, failure) -> {
                  if (failure != null && !closed) {
                    faults.fault("cache", failure);
                  }
                  secret.complete(bytes == null ? own : bytes);
                });
    this.secretInTime = secret.copy().completeOnTimeout(own, openingMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * Done once the store is open, or does not open in time. With a secret of this JVM's own then, so
   * that it can go on in memory for as long as that lasts.
   */
  CompletionStage<byte[]> secret() {
    return secret.isDone() ? secret : secretInTime;
  }

  /** What keeps callers apart with that secret; the same one for as long as the secret is. */
  Partition partition(byte[] of) {
    Partition known = partition;
    if (known == null || !known.isOf(of)) {
      known = new Partition(of);
      partition = known;
    }
    return known;
  }

  EntryStore store() {
    return store;
  }

  Flights flights() {
    return flights;
  }

  NearMisses misses() {
    return misses;
  }

  WholeOnly wholeOnly() {
    return wholeOnly;
  }

  SimilarQuestions questions() {
    return questions;
  }

  /** Done once the questions that were kept before are known, or are not worth waiting for. */
  CompletionStage<@Nullable Void> questionsKnown() {
    CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> first = known.compareAndExchange(null, mine);
    if (first != null) {
      return first;
    }
    mine.completeOnTimeout(null, QUESTIONS_MILLIS, TimeUnit.MILLISECONDS);
    var unused =
        store
            .eachOfAGroup(
                (key, group, index, expiresMillis) -> {
                  Likeness likeness = Likeness.read(index);
                  if (likeness != null) {
                    questions.add(group, key, likeness, expiresMillis);
                  }
                })
            .whenComplete((done, failure) -> mine.complete(null));
    return mine;
  }

  Executor background() {
    return background;
  }

  long nowMillis() {
    return clock.millis();
  }

  void fault(Throwable fault) {
    faults.fault("cache", fault);
  }

  /**
   * Whether this call is the one to fetch a newer answer; then {@link #refreshed} has to follow.
   */
  boolean refreshes(EntryKey key) {
    long now = clock.millis();
    if (refreshing.size() > MOST_REFRESHED) {
      refreshing.values().removeIf(until -> until <= now);
    }
    Long mine = now + REFRESHING_MILLIS;
    Long until = refreshing.putIfAbsent(key, mine);
    return until == null || (until <= now && refreshing.replace(key, until, mine));
  }

  /** The refresh is over; one that failed is not tried again at once. */
  void refreshed(EntryKey key, boolean well) {
    if (well) {
      refreshing.remove(key);
    } else {
      refreshing.put(key, clock.millis() + REST_MILLIS);
    }
  }

  /** Whether a model that embeds is to be left alone for now. */
  boolean rests(String embedder) {
    Long until = resting.get(embedder);
    return until != null && clock.millis() < until;
  }

  void rest(String embedder) {
    resting.put(embedder, clock.millis() + REST_MILLIS);
  }

  @Override
  public void close() {
    // A store that was never reached has no secret at its end.
    closed = true;
    store.close();
  }
}
