// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Memory in front of a home that is farther away. What is found there is kept here too; what is
 * removed goes from both.
 *
 * <p>What the home did not take, or was put while it was not usable, is kept here alone, until it
 * expires or room is needed; a purge made by another JVM does not reach it. When such an entry is
 * looked at later on and the home is usable, it is handed on to it, and is one like all others from
 * then on. Entries that the home has are not answered any longer than usual when it goes away:
 * nobody could tell which of them were purged meanwhile.
 */
public final class TieredStore implements EntryStore {

  private static final int STRIPES = 256; // a power of two

  private final MemoryStore near;
  private final EntryStore behind;
  private final long nearMillis;
  private final InstantSource clock;

  /** How often the entries of a stripe were changed here; see {@link #keep}. */
  private final AtomicLongArray changes = new AtomicLongArray(STRIPES);

  /**
   * @param near closed with this
   * @param behind closed with this
   * @param nearMillis how long an entry may be answered from memory before the home is asked again,
   *     in milliseconds: the longest that a purge made by another JVM goes unnoticed; also how long
   *     to wait before what the home did not take is offered again; {@link Long#MAX_VALUE} for a
   *     home that nobody else changes
   * @param clock measures that
   */
  public TieredStore(MemoryStore near, EntryStore behind, long nearMillis, InstantSource clock) {
    this.near = near;
    this.behind = behind;
    this.nearMillis = nearMillis;
    this.clock = clock;
  }

  @Override
  public CompletionStage<@Nullable StoredEntry> get(EntryKey key) {
    StoredEntry here = near(key);
    if (here != null) {
      return CompletableFuture.completedFuture(here);
    }
    long before = changes.get(stripe(key));
    return behind
        .get(key)
        .thenApply(
            found -> {
              if (found != null) {
                keep(key, found, before);
              }
              return found;
            });
  }

  /** Asks the home once, for all that are not here. */
  @Override
  public CompletionStage<Map<EntryKey, StoredEntry>> getAll(Collection<EntryKey> keys) {
    Map<EntryKey, StoredEntry> all = new HashMap<>();
    List<EntryKey> far = new ArrayList<>();
    for (EntryKey key : keys) {
      StoredEntry here = near(key);
      if (here != null) {
        all.put(key, here);
      } else {
        far.add(key);
      }
    }
    if (far.isEmpty()) {
      return CompletableFuture.completedFuture(all);
    }
    long[] before = far.stream().mapToLong(key -> changes.get(stripe(key))).toArray();
    return behind
        .getAll(far)
        .thenApply(
            found -> {
              for (int i = 0; i < before.length; i++) {
                StoredEntry entry = found.get(far.get(i));
                if (entry != null) {
                  keep(far.get(i), entry, before[i]);
                  all.put(far.get(i), entry);
                }
              }
              return all;
            });
  }

  @Override
  public @Nullable StoredEntry near(EntryKey key) {
    MemoryStore.Kept kept = near.kept(key);
    if (kept == null) {
      return null;
    }
    if (kept.offerMillis() != Long.MAX_VALUE
        && kept.offerMillis() <= clock.millis()
        && behind.usable()) {
      offer(key, kept);
    }
    return kept.entry();
  }

  /** Hands an entry on that is here alone. */
  private void offer(EntryKey key, MemoryStore.Kept kept) {
    MemoryStore.Kept mine = alone(kept.entry());
    if (!near.replace(key, kept, mine)) {
      // Another call does it, or it was changed.
      return;
    }
    if (!behind.put(key, kept.entry())
        || near.replace(
            key, mine, new MemoryStore.Kept(kept.entry(), nearUntil(), Long.MAX_VALUE))) {
      return;
    }
    // Changed while it was handed on: what is here now is what the home is to have.
    MemoryStore.Kept now = near.kept(key);
    if (now == null) {
      behind.remove(key);
    } else {
      var unused = behind.put(key, now.entry());
    }
  }

  private MemoryStore.Kept alone(StoredEntry entry) {
    return new MemoryStore.Kept(entry, Long.MAX_VALUE, nearUntil());
  }

  /** As the store behind says: what is here alone is found in any case. */
  @Override
  public boolean usable() {
    return behind.usable();
  }

  /**
   * Puts into memory what was found, unless the entry was changed since it was asked for: a removal
   * must not be undone by an answer that was under way.
   */
  private void keep(EntryKey key, StoredEntry found, long before) {
    if (changes.get(stripe(key)) != before) {
      return;
    }
    MemoryStore.Kept kept = new MemoryStore.Kept(found, nearUntil(), Long.MAX_VALUE);
    var unused = near.put(key, kept);
    if (changes.get(stripe(key)) != before) {
      near.remove(key, kept);
    }
  }

  @Override
  public boolean put(EntryKey key, StoredEntry entry) {
    changes.incrementAndGet(stripe(key));
    // One that is taken while the home cannot be used may still be lost on the way.
    boolean taken = behind.put(key, entry) && behind.usable();
    boolean here =
        near.put(
            key, taken ? new MemoryStore.Kept(entry, nearUntil(), Long.MAX_VALUE) : alone(entry));
    return taken || here;
  }

  @Override
  public void remove(EntryKey key) {
    behind.remove(key);
    changes.incrementAndGet(stripe(key));
    near.remove(key);
  }

  /** Counts the entries of the larger of both: nearly all in memory are behind as well. */
  @Override
  public CompletionStage<Long> purge(Purge which) {
    long gone = purgeNear(which);
    // Again when it is done behind: one that was just being fetched from there may be here by now.
    return behind.purge(which).thenApply(far -> Math.max(far, gone + purgeNear(which)));
  }

  private long purgeNear(Purge which) {
    for (int i = 0; i < STRIPES; i++) {
      changes.incrementAndGet(i);
    }
    return near.purge(which).toCompletableFuture().join(); // done when it is returned
  }

  /** Each once, on a thread of the store behind. */
  @Override
  public CompletionStage<@Nullable Void> eachOfAGroup(Visitor visitor) {
    Set<EntryKey> seen = new HashSet<>();
    return behind
        .eachOfAGroup(
            (key, group, index, expires) -> {
              seen.add(key);
              visitor.entry(key, group, index, expires);
            })
        .thenCompose(
            done ->
                near.eachOfAGroup(
                    (key, group, index, expires) -> {
                      if (!seen.contains(key)) {
                        visitor.entry(key, group, index, expires);
                      }
                    }));
  }

  @Override
  public Sizes sizes() {
    Sizes here = near.sizes();
    Sizes there = behind.sizes();
    return new Sizes(
        Math.max(here.entries(), there.entries()), Math.max(here.bytes(), there.bytes()));
  }

  @Override
  public CompletionStage<Sizes> count() {
    return behind.count();
  }

  @Override
  public CompletionStage<@Nullable Void> opened() {
    return behind.opened();
  }

  @Override
  public CompletionStage<byte[]> secret() {
    return behind.secret();
  }

  @Override
  public void close() {
    near.close();
    behind.close();
  }

  private long nearUntil() {
    long now = clock.millis();
    return nearMillis > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nearMillis;
  }

  private static int stripe(EntryKey key) {
    return key.hashCode() & (STRIPES - 1);
  }
}
