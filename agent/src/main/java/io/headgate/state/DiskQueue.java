// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the I/O thread has to do: questions first, then changes and jobs in the order they came.
 * Bounded; nobody waits in it but the I/O thread. Thread-safe.
 */
final class DiskQueue {

  private static final int MOST_READS = 4096;
  private static final long BATCH_BYTES = 256 << 10;

  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Deque<Read> reads = new ArrayDeque<>();
  private final Deque<Object> changes = new ArrayDeque<>(); // Change or Job
  private final ConcurrentHashMap<EntryKey, Change> latest = new ConcurrentHashMap<>();
  private long bytes;
  private boolean nudged;
  private boolean closed;

  /**
   * A question, for one entry or several.
   *
   * @param soFar what has been found until now
   * @param found what was found when all were looked for, or the time was over
   * @param sinceNanos when it was asked
   */
  record Read(
      List<EntryKey> keys,
      Map<EntryKey, StoredEntry> soFar,
      CompletableFuture<Map<EntryKey, StoredEntry>> found,
      long sinceNanos) {

    static Read of(List<EntryKey> keys) {
      return new Read(
          keys, new ConcurrentHashMap<>(), new CompletableFuture<>(), System.nanoTime());
    }

    /** There is no more to be found. */
    void end() {
      found.complete(Map.copyOf(soFar));
    }
  }

  /** Something else that is done on the I/O thread. */
  interface Job {
    /** With the log, or null if there is none. */
    void run(@Nullable DiskLog log);
  }

  DiskQueue(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** False if there is no room. */
  boolean ask(Read read) {
    lock.lock();
    try {
      if (closed || reads.size() >= MOST_READS) {
        return false;
      }
      reads.add(read);
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** False if there is no room; for a removal there always is. */
  boolean change(Change change) {
    lock.lock();
    try {
      boolean fits = bytes == 0 || bytes + change.size() <= mostBytes;
      if (closed || (!fits && change.entry() != null)) {
        return false;
      }
      changes.add(change);
      bytes += change.size();
      latest.put(change.key(), change);
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** False if it is closed. */
  boolean add(Job job) {
    lock.lock();
    try {
      if (!closed) {
        changes.add(job);
        work.signal();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** What was put or removed last under a key and is not written yet. */
  @Nullable Change latest(EntryKey key) {
    return latest.get(key);
  }

  void done(List<Change> written) {
    for (Change each : written) {
      latest.remove(each.key(), each);
    }
  }

  @Nullable Read nextRead() {
    lock.lock();
    try {
      return reads.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Questions that were asked before a time. */
  List<Read> readsBefore(long nanos) {
    List<Read> late = new ArrayList<>();
    lock.lock();
    try {
      while (!reads.isEmpty() && reads.peek().sinceNanos() - nanos < 0) {
        late.add(reads.remove());
      }
    } finally {
      lock.unlock();
    }
    return late;
  }

  /** A batch of changes; empty if the next thing is none. */
  List<Change> nextChanges() {
    List<Change> batch = new ArrayList<>();
    long size = 0;
    lock.lock();
    try {
      while (size < BATCH_BYTES && changes.peek() instanceof Change change) {
        changes.remove();
        batch.add(change);
        size += change.size();
      }
      bytes -= size;
    } finally {
      lock.unlock();
    }
    return batch;
  }

  /** Null if the next thing is none. */
  @Nullable Job nextJob() {
    lock.lock();
    try {
      if (changes.peek() instanceof Job job) {
        changes.remove();
        return job;
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Has the I/O thread look around. */
  void nudge() {
    lock.lock();
    try {
      nudged = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to do, for so long at most; 0 for ever. May return for no reason. */
  @SuppressWarnings("WaitNotInLoop") // the I/O thread's loop is around it
  void await(long nanos) {
    lock.lock();
    try {
      if (reads.isEmpty() && changes.isEmpty() && !nudged && !closed) {
        if (nanos > 0) {
          var unused = work.await(nanos, TimeUnit.NANOSECONDS);
        } else {
          work.await();
        }
      }
      nudged = false;
    } catch (InterruptedException e) {
      // Nobody's business: the thread ends when the store is closed.
    } finally {
      lock.unlock();
    }
  }

  boolean hasChanges() {
    lock.lock();
    try {
      return !changes.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what is there is still done. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }
}
