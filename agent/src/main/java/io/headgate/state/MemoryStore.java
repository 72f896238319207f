// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in the heap, up to a number of bytes by {@link StoredEntry#size()}; which of them
 * make room is Caffeine's choice. An entry that alone is more than that is not kept. Everything is
 * done when a method returns, on the caller's thread: there is no thread of its own.
 */
public final class MemoryStore implements EntryStore {

  private final long bytes;
  private final InstantSource clock;
  private final Cache<EntryKey, Kept> entries;
  private volatile boolean closed;
  private final AtomicReference<byte @Nullable []> secret = new AtomicReference<>();

  /**
   * @param bytes the most that is kept
   * @param clock says when entries expire
   */
  public MemoryStore(long bytes, InstantSource clock) {
    this.bytes = bytes;
    this.clock = clock;
    this.entries =
        Caffeine.newBuilder()
            // Its default, the common pool, would inherit what the application's threads have.
            .executor(Runnable::run)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .maximumWeight(Math.max(0, bytes))
            .<EntryKey, Kept>weigher((key, kept) -> (int) kept.entry.size())
            .expireAfter(new UntilGone())
            .build();
  }

  @Override
  public CompletionStage<@Nullable StoredEntry> get(EntryKey key) {
    return CompletableFuture.completedFuture(near(key));
  }

  @Override
  public @Nullable StoredEntry near(EntryKey key) {
    Kept kept = kept(key);
    return kept == null ? null : kept.entry;
  }

  /** The entry and what is known of it here; null if there is none. */
  @Nullable Kept kept(EntryKey key) {
    Kept kept = entries.getIfPresent(key);
    return kept == null || kept.gone(clock.millis()) ? null : kept;
  }

  @Override
  public boolean put(EntryKey key, StoredEntry entry) {
    return put(key, new Kept(entry, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  /** The same, with what is to be known of it here. */
  boolean put(EntryKey key, Kept kept) {
    if (closed || !fits(kept)) {
      entries.invalidate(key);
      return false;
    }
    entries.put(key, kept);
    if (closed) {
      entries.invalidate(key);
    }
    return true;
  }

  private boolean fits(Kept kept) {
    return kept.entry.size() <= Math.min(bytes, Integer.MAX_VALUE) && !kept.gone(clock.millis());
  }

  /** Whether it was still the one that is kept. */
  boolean replace(EntryKey key, Kept kept, Kept by) {
    return entries.asMap().replace(key, kept, by);
  }

  /** If it is still the one that is kept. */
  void remove(EntryKey key, Kept kept) {
    var unused = entries.asMap().remove(key, kept);
  }

  @Override
  public void remove(EntryKey key) {
    entries.invalidate(key);
  }

  @Override
  public CompletionStage<Long> purge(Purge which) {
    long gone = 0;
    long now = clock.millis();
    for (Map.Entry<EntryKey, Kept> each : entries.asMap().entrySet()) {
      StoredEntry entry = each.getValue().entry;
      if (which.fits(each.getKey(), entry.createdMillis(), entry.model(), entry.route())
          && entries.asMap().remove(each.getKey(), each.getValue())
          && !each.getValue().gone(now)) {
        gone++;
      }
    }
    return CompletableFuture.completedFuture(gone);
  }

  /** On the caller's thread: nothing is waited for. */
  @Override
  public CompletionStage<@Nullable Void> eachOfAGroup(Visitor visitor) {
    long now = clock.millis();
    entries
        .asMap()
        .forEach(
            (key, kept) -> {
              StoredEntry entry = kept.entry;
              if (!entry.group().isEmpty() && !kept.gone(now)) {
                visitor.entry(key, entry.group(), entry.index(), entry.expiresMillis());
              }
            });
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Sizes sizes() {
    return new Sizes(
        entries.estimatedSize(),
        entries.policy().eviction().orElseThrow().weightedSize().orElse(0));
  }

  /** Made when it is first asked for, and as long-lived as this store. */
  @Override
  public CompletionStage<byte[]> secret() {
    byte[] made = secret.get();
    if (made == null) {
      byte[] mine = SecretFile.random();
      made = secret.compareAndSet(null, mine) ? mine : secret.get();
    }
    return CompletableFuture.completedFuture(Objects.requireNonNull(made).clone());
  }

  /** From then on nothing is kept. */
  @Override
  public void close() {
    closed = true;
    entries.invalidateAll();
  }

  /**
   * An entry as it is kept here.
   *
   * @param untilMillis from when on it is not here, by the store's clock, whatever it says itself
   * @param offerMillis from when on it is to be offered to a home that does not have it; {@link
   *     Long#MAX_VALUE} for never
   */
  record Kept(StoredEntry entry, long untilMillis, long offerMillis) {
    Kept {
      untilMillis = Math.min(untilMillis, entry.expiresMillis());
    }

    boolean gone(long now) {
      return now >= untilMillis;
    }
  }

  /** In the ticker's nanoseconds, of which there are fewer than milliseconds in a far future. */
  private final class UntilGone implements Expiry<EntryKey, Kept> {

    @Override
    public long expireAfterCreate(EntryKey key, Kept kept, long now) {
      return TimeUnit.MILLISECONDS.toNanos(Math.max(0, kept.untilMillis - clock.millis()));
    }

    @Override
    public long expireAfterUpdate(EntryKey key, Kept kept, long now, long left) {
      return expireAfterCreate(key, kept, now);
    }

    @Override
    public long expireAfterRead(EntryKey key, Kept kept, long now, long left) {
      return left;
    }
  }
}
