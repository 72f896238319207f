// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries until they expire or room is needed. None of the methods blocks, throws for what is
 * wrong with disks and networks, or runs dependents on a thread that must not be kept: a store that
 * has trouble says so once, on stderr, and finds nothing meanwhile. Thread-safe.
 */
public interface EntryStore extends AutoCloseable {

  /**
   * The entry; null if there is none, or it cannot be had in time. Done when it is returned if it
   * was in memory. An entry that was damaged is none.
   */
  CompletionStage<@Nullable StoredEntry> get(EntryKey key);

  /**
   * Those of the entries that there are and that can be had in time, which may be longer than for
   * one. Done when it is returned if all were in memory.
   */
  default CompletionStage<Map<EntryKey, StoredEntry>> getAll(Collection<EntryKey> keys) {
    List<EntryKey> asked = List.copyOf(keys);
    List<CompletableFuture<@Nullable StoredEntry>> each = new ArrayList<>(asked.size());
    for (EntryKey key : asked) {
      each.add(get(key).toCompletableFuture());
    }
    return CompletableFuture.allOf(each.toArray(new CompletableFuture<?>[0]))
        .thenApply(
            done -> {
              Map<EntryKey, StoredEntry> found = new HashMap<>();
              for (int i = 0; i < asked.size(); i++) {
                StoredEntry entry = each.get(i).join();
                if (entry != null) {
                  found.put(asked.get(i), entry);
                }
              }
              return found;
            });
  }

  /** The entry, if it is in memory; null if it is not, though it may be kept elsewhere. */
  default @Nullable StoredEntry near(EntryKey key) {
    return null;
  }

  /**
   * Keeps an entry, some time soon; in the place of the one under that key.
   *
   * @return false if it is known already that it will not be kept, as there is no room for it or
   *     nothing to keep it in; it may be dropped later all the same
   */
  boolean put(EntryKey key, StoredEntry entry);

  /**
   * Whether it makes sense to ask this store: false as long as it is known to find nothing. Cheap,
   * and different from one moment to the next.
   */
  default boolean usable() {
    return true;
  }

  void remove(EntryKey key);

  /**
   * Lets entries go, wherever they are.
   *
   * @return how many; fails with an {@link java.io.IOException} that says why it could not be done
   */
  CompletionStage<Long> purge(Purge which);

  /**
   * Goes through the entries that have a group, at least those made by this JVM and, where that can
   * be done, all that are kept; on a thread of the store's own.
   */
  CompletionStage<@Nullable Void> eachOfAGroup(Visitor visitor);

  /** What is kept, as far as it is known without asking others. */
  Sizes sizes();

  /**
   * What is kept, asked of whoever keeps it.
   *
   * @return fails with an {@link java.io.IOException} that says why it could not be found out
   */
  default CompletionStage<Sizes> count() {
    return CompletableFuture.completedFuture(sizes());
  }

  /** Done once what was kept before can be found, or it is known that it cannot. Does not fail. */
  default CompletionStage<@Nullable Void> opened() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Bytes that are known to all who use this store and to nobody else, made with it: the key of the
   * hashes in it. 32 of them. Done once the store is open.
   */
  CompletionStage<byte[]> secret();

  /** Lets go of files, connections and threads, having written what was put, within 2 seconds. */
  @Override
  void close();

  /** Sees entries. */
  interface Visitor {
    void entry(EntryKey key, String group, byte[] index, long expiresMillis);
  }

  /**
   * How much there is.
   *
   * @param entries how many
   * @param bytes what they take
   */
  record Sizes(long entries, long bytes) {}
}
