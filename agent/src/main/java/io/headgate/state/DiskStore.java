// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import io.headgate.state.DiskQueue.Read;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in a directory, {@code cache} below the one it is given, in files that only their
 * user can read. Every record carries a checksum that is verified whenever it is read: one that is
 * damaged is not there, all others are.
 *
 * <p>What was put is handed to the operating system within milliseconds, and to the device within
 * about a second: that much a power cut may cost, and the end of the process only what was still
 * queued. While the directory is being opened, on a thread of this store's own, only what was just
 * put is found.
 *
 * <p>Several JVMs may use a directory at a time: each finds what the others put, and does what they
 * purge, two seconds later at most. When one is gone, another one takes care of what it left.
 *
 * <p>While the directory cannot be used, nothing is found and what is put is dropped; that is said
 * once, tried again every minute, and said when it is over.
 */
public final class DiskStore implements EntryStore {

  private static final long CLOSE_MILLIS = 1900;
  private static final int MOST_HELPERS = 64;
  private static final long MOST_QUEUED = 16 << 20;

  private final long largest;
  private final InstantSource clock;
  private final StateLog log;
  private final CompletableFuture<byte[]> secret = new CompletableFuture<>();
  private final DiskQueue queue;
  private final ThreadPoolExecutor helpers;
  private final DiskWorker worker;
  private final Deadline deadline;
  private final Thread thread;

  /**
   * Returns at once and opens the directory in the background.
   *
   * @param path is made if it is not there
   * @param bytes the most that files may take, all JVMs together, but for a few segments of 1/16 of
   *     it
   * @param clock says when entries expire
   * @param log told once what is wrong
   * @param threads makes daemons
   */
  public DiskStore(
      Path path, long bytes, InstantSource clock, StateLog log, ThreadFactory threads) {
    this(path, bytes, clock, log, threads, new DiskFiles());
  }

  DiskStore(
      Path path,
      long bytes,
      InstantSource clock,
      StateLog log,
      ThreadFactory threads,
      DiskFiles files) {
    this.largest = Math.min(bytes / 4, Integer.MAX_VALUE / 2);
    this.clock = clock;
    this.log = log;
    this.queue = new DiskQueue(Math.min(MOST_QUEUED, Runtime.getRuntime().maxMemory() / 32));
    // Answers are given on these, so that whoever takes them cannot keep the I/O thread.
    this.helpers =
        new ThreadPoolExecutor(
            0,
            MOST_HELPERS,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads,
            (task, pool) -> task.run());
    this.worker =
        new DiskWorker(path.resolve("cache"), bytes, clock, log, files, queue, helpers, secret);
    this.deadline = new Deadline(queue, worker, helpers, threads, log);
    this.thread = threads.newThread(worker);
    thread.start();
  }

  @Override
  public CompletionStage<@Nullable StoredEntry> get(EntryKey key) {
    return getAll(List.of(key)).thenApply(found -> found.get(key));
  }

  /** All are one thing in the queue. Those that take more than about a second are not found. */
  @Override
  public CompletionStage<Map<EntryKey, StoredEntry>> getAll(Collection<EntryKey> keys) {
    Map<EntryKey, StoredEntry> queued = new HashMap<>();
    List<EntryKey> written = new ArrayList<>(keys.size());
    for (EntryKey key : keys) {
      Change latest = queue.latest(key);
      StoredEntry entry = latest == null ? null : latest.entry();
      if (latest == null) {
        written.add(key);
      } else if (entry != null && entry.expiresMillis() > clock.millis()) {
        queued.put(key, entry);
      }
    }
    if (written.isEmpty()) {
      return CompletableFuture.completedFuture(queued);
    }
    if (!worker.isOpen()) {
      if (worker.shouldWake()) {
        queue.nudge();
      }
      return CompletableFuture.completedFuture(queued);
    }
    Read read = Read.of(written);
    if (!queue.ask(read)) {
      log.count("disk", "dropped");
      return CompletableFuture.completedFuture(queued);
    }
    deadline.begun();
    return read.found()
        .thenApply(
            found -> {
              queued.putAll(found);
              return queued;
            });
  }

  @Override
  public boolean usable() {
    boolean open = worker.isOpen();
    if (!open && worker.shouldWake()) {
      queue.nudge();
    }
    return open;
  }

  /** Drops it if it is more than a quarter of what is kept, or too much is waiting already. */
  @Override
  public boolean put(EntryKey key, StoredEntry entry) {
    if (entry.expiresMillis() <= clock.millis()) {
      remove(key);
      return false;
    }
    if (entry.size() > largest) {
      log.count("disk", "dropped");
      remove(key);
      return false;
    }
    boolean taken = worker.takesPuts() && queue.change(new Change(key, entry));
    if (!taken) {
      log.count("disk", "dropped");
    }
    return taken;
  }

  @Override
  public void remove(EntryKey key) {
    if (worker.isOpen() || worker.takesPuts()) {
      var unused = queue.change(new Change(key, null));
    }
  }

  @Override
  public CompletionStage<Long> purge(Purge which) {
    CompletableFuture<Long> purged = new CompletableFuture<>();
    boolean queued =
        queue.add(
            open -> {
              try {
                if (open == null) {
                  throw new IOException("the disk cache in " + worker.path() + " is not open");
                }
                long gone = open.purge(which);
                helpers.execute(() -> purged.complete(gone));
              } catch (IOException | RuntimeException e) {
                IOException why =
                    new IOException("cannot purge " + worker.path() + ": " + Trouble.reason(e), e);
                helpers.execute(() -> purged.completeExceptionally(why));
              }
            });
    if (!queued) {
      purged.completeExceptionally(
          new IOException("the disk cache in " + worker.path() + " is closed"));
    }
    return purged;
  }

  @Override
  public CompletionStage<@Nullable Void> eachOfAGroup(Visitor visitor) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    if (!queue.add(open -> worker.walk(new GroupWalk(visitor, done, helpers)))) {
      done.complete(null);
    }
    return done;
  }

  @Override
  public Sizes sizes() {
    return worker.sizes();
  }

  /**
   * That of the directory. If it cannot be opened, one that is only this store's, and becomes that
   * of the directory if that has none once it can be.
   */
  @Override
  public CompletionStage<byte[]> secret() {
    return secret.thenApply(byte[]::clone);
  }

  /** Whatever is queued is done after the opening. */
  @Override
  public CompletionStage<@Nullable Void> opened() {
    return flushed();
  }

  /** Done when all that was put before was handed to the operating system, or dropped. */
  CompletionStage<@Nullable Void> flushed() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    if (!queue.add(open -> helpers.execute(() -> done.complete(null)))) {
      done.complete(null);
    }
    return done;
  }

  @Override
  public void close() {
    queue.close();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        break;
      }
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    for (Read each : queue.readsBefore(System.nanoTime())) {
      each.end();
    }
    helpers.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
