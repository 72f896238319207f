// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Operation;
import io.headgate.state.EntryKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was stored lately, to say of a call that was not answered how it differs from the
 * nearest one that is. Looks only among the calls of one group, which never holds those of two
 * partitions. Holds up to {@link #MOST} fingerprints and {@link #MOST_LEAVES} leaves in all, about
 * 5 MB; what was not used for longest goes first. Thread-safe; blocks for microseconds.
 */
final class NearMisses {

  static final int MOST = 1_000;
  static final int MOST_LEAVES = 1 << 15;

  /** So many of a group are compared, the latest ones. */
  static final int MOST_COMPARED = 100;

  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of their use. Guarded by the lock, as all below. */
  private final LinkedHashMap<EntryKey, Kept> all = new LinkedHashMap<>(16, 0.75f, true);

  /** Of each group, the same ones in the order in which they were remembered. */
  private final Map<String, LinkedHashMap<EntryKey, Fingerprint>> groups = new LinkedHashMap<>();

  private int leaves;

  private record Kept(String group, Fingerprint fingerprint) {}

  /** The calls that one may be told about for another. */
  static String group(Operation operation, String model, byte[] partition) {
    return operation.name() + " " + HexFormat.of().formatHex(partition) + " " + model;
  }

  /** Whether there is anything to compare with: if not, no fingerprint is needed. */
  boolean knows(String group) {
    lock.lock();
    try {
      return groups.containsKey(group);
    } finally {
      lock.unlock();
    }
  }

  /** Takes down what was stored under a key. */
  void remember(String group, EntryKey key, Fingerprint fingerprint) {
    lock.lock();
    try {
      forgetIt(key);
      all.put(key, new Kept(group, fingerprint));
      groups.computeIfAbsent(group, g -> new LinkedHashMap<>()).put(key, fingerprint);
      leaves += fingerprint.size();
      while (all.size() > MOST || (leaves > MOST_LEAVES && all.size() > 1)) {
        forgetIt(all.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What was stored under a key is there no more. */
  void forget(EntryKey key) {
    lock.lock();
    try {
      forgetIt(key);
    } finally {
      lock.unlock();
    }
  }

  private void forgetIt(EntryKey key) {
    Kept old = all.remove(key);
    if (old == null) {
      return;
    }
    leaves -= old.fingerprint().size();
    LinkedHashMap<EntryKey, Fingerprint> group = groups.get(old.group());
    if (group != null) {
      group.remove(key);
      if (group.isEmpty()) {
        groups.remove(old.group());
      }
    }
  }

  /**
   * How the nearest of the group differs from a call: of those with the most leaves in common the
   * one with the fewest others, and of these the latest. Null if none has anything in common.
   */
  @Nullable String nearest(String group, Fingerprint fingerprint) {
    Map.Entry<EntryKey, Fingerprint> best = null;
    int bestCommon = 0;
    for (Map.Entry<EntryKey, Fingerprint> candidate : latest(group)) {
      int common = fingerprint.common(candidate.getValue());
      if (common > 0
          && (best == null
              || common > bestCommon
              || (common == bestCommon && candidate.getValue().size() <= best.getValue().size()))) {
        best = candidate;
        bestCommon = common;
      }
    }
    if (best == null) {
      return null;
    }
    used(best.getKey());
    String difference = fingerprint.difference(best.getValue());
    return difference == null ? "nothing in the body differs" : difference;
  }

  private List<Map.Entry<EntryKey, Fingerprint>> latest(String group) {
    lock.lock();
    try {
      LinkedHashMap<EntryKey, Fingerprint> known = groups.get(group);
      if (known == null) {
        return List.of();
      }
      List<Map.Entry<EntryKey, Fingerprint>> latest = new ArrayList<>();
      int skipped = known.size() - MOST_COMPARED;
      for (Map.Entry<EntryKey, Fingerprint> entry : known.entrySet()) {
        if (skipped-- <= 0) {
          latest.add(Map.entry(entry.getKey(), entry.getValue()));
        }
      }
      return latest;
    } finally {
      lock.unlock();
    }
  }

  private void used(EntryKey key) {
    lock.lock();
    try {
      // Reading is using.
      var unused = all.get(key);
    } finally {
      lock.unlock();
    }
  }
}
