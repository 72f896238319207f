// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.state.EntryKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The questions that have an answer, to be found by others like them. In groups: those of different
 * ones are never compared. Each look goes through the whole group, which has at most {@value
 * #MOST_IN_A_GROUP}. When there are too many, those that were added first go first. Thread-safe;
 * looks do not wait for each other.
 */
final class SimilarQuestions {

  static final int MOST_IN_A_GROUP = 4_096;

  /** What an entry takes beside its {@link Likeness} and the name of its group, in bytes. */
  private static final int OVERHEAD = 256;

  private final long mostBytes;
  private final InstantSource clock;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** In the order they were added. */
  private final LinkedHashMap<EntryKey, Entry> all = new LinkedHashMap<>();

  private final Map<String, List<Entry>> groups = new HashMap<>();
  private long bytes;

  /**
   * Empty.
   *
   * @param mostBytes what it may take, in bytes
   */
  SimilarQuestions(long mostBytes, InstantSource clock) {
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  /**
   * An answered question like another one.
   *
   * @param key of the answer
   * @param similarity the cosine
   * @param difference what makes it another question all the same; null for nothing
   */
  record Found(EntryKey key, double similarity, MeaningGate.@Nullable Difference difference) {}

  private static final class Entry {
    final EntryKey key;
    final String group;
    final Likeness likeness;
    final long expiresMillis;

    /** In its group. */
    int place;

    Entry(EntryKey key, String group, Likeness likeness, long expiresMillis) {
      this.key = key;
      this.group = group;
      this.likeness = likeness;
      this.expiresMillis = expiresMillis;
    }

    long size() {
      return OVERHEAD + 2L * group.length() + likeness.size();
    }
  }

  /**
   * Adds a question, in the place of what is under that key.
   *
   * @param expiresMillis from when on it is not found, in milliseconds since 1970
   */
  void add(String group, EntryKey key, Likeness likeness, long expiresMillis) {
    if (expiresMillis <= clock.millis()) {
      return;
    }
    Entry entry = new Entry(key, group, likeness, expiresMillis);
    Lock write = lock.writeLock();
    write.lock();
    try {
      drop(key);
      List<Entry> peers = groups.computeIfAbsent(group, name -> new ArrayList<>());
      entry.place = peers.size();
      peers.add(entry);
      all.put(key, entry);
      bytes += entry.size();
      if (peers.size() > MOST_IN_A_GROUP) {
        drop(oldest(peers).key);
      }
      while (bytes > mostBytes && !all.isEmpty()) {
        drop(all.keySet().iterator().next());
      }
    } finally {
      write.unlock();
    }
  }

  void remove(EntryKey key) {
    Lock write = lock.writeLock();
    write.lock();
    try {
      drop(key);
    } finally {
      write.unlock();
    }
  }

  /**
   * The questions of a group that are as near as that or nearer, the nearest first, each with what
   * makes it another one.
   *
   * @param threshold the least cosine
   */
  List<Found> candidates(String group, Likeness question, double threshold) {
    List<Found> found = new ArrayList<>();
    long now = clock.millis();
    Lock read = lock.readLock();
    read.lock();
    try {
      for (Entry entry : groups.getOrDefault(group, List.of())) {
        double similarity = question.cosine(entry.likeness, threshold);
        if (similarity >= threshold && now < entry.expiresMillis) {
          found.add(
              new Found(
                  entry.key,
                  Math.min(1, similarity),
                  MeaningGate.between(question.gist(), entry.likeness.gist())));
        }
      }
    } finally {
      read.unlock();
    }
    found.sort(Comparator.comparingDouble(Found::similarity).reversed());
    return found;
  }

  /** How many there are, those that have expired unseen among them. */
  int size() {
    Lock read = lock.readLock();
    read.lock();
    try {
      return all.size();
    } finally {
      read.unlock();
    }
  }

  /** What they take, in bytes, about. */
  long bytes() {
    Lock read = lock.readLock();
    read.lock();
    try {
      return bytes;
    } finally {
      read.unlock();
    }
  }

  private Entry oldest(List<Entry> peers) {
    // Those of a full group are rarely far from the oldest of all.
    for (Entry entry : all.values()) {
      if (entry.group.equals(peers.get(0).group)) {
        return entry;
      }
    }
    return peers.get(0);
  }

  private void drop(EntryKey key) {
    Entry entry = all.remove(key);
    if (entry == null) {
      return;
    }
    bytes -= entry.size();
    List<Entry> peers = groups.getOrDefault(entry.group, List.of());
    Entry last = peers.remove(peers.size() - 1);
    if (last != entry) {
      peers.set(entry.place, last);
      last.place = entry.place;
    }
    if (peers.isEmpty()) {
      groups.remove(entry.group);
    }
  }
}
