// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import io.headgate.state.DiskQueue.Job;
import io.headgate.state.DiskQueue.Read;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The I/O thread: opens the log, answers questions, writes, and keeps going whatever happens. It
 * ends when the queue is closed and empty. Nothing of the application runs on it.
 */
final class DiskWorker implements Runnable {

  private static final long SYNC_NANOS = 1_000_000_000L;

  private final Path path;
  private final long bytes;
  private final InstantSource clock;
  private final StateLog log;
  private final DiskFiles files;
  private final DiskQueue queue;
  private final Executor helpers;
  private final CompletableFuture<byte[]> secret;
  private final Trouble opening;
  private final Trouble writing;
  private final Trouble reading;
  private volatile @Nullable DiskLog open;
  private volatile EntryStore.Sizes sizes = new EntryStore.Sizes(0, 0);
  private volatile @Nullable Read current;
  private volatile boolean syncing;
  private @Nullable GroupWalk walk;
  private long syncedNanos = System.nanoTime() - SYNC_NANOS;
  private boolean dirty;
  private boolean saidLocks;

  DiskWorker(
      Path path,
      long bytes,
      InstantSource clock,
      StateLog log,
      DiskFiles files,
      DiskQueue queue,
      Executor helpers,
      CompletableFuture<byte[]> secret) {
    this.path = path;
    this.bytes = bytes;
    this.clock = clock;
    this.log = log;
    this.files = files;
    this.queue = queue;
    this.helpers = helpers;
    this.secret = secret;
    String memory = "answers are kept in memory only";
    this.opening = new Trouble(path, "opened", memory, clock, log);
    this.writing = new Trouble(path, "written", "new " + memory, clock, log);
    this.reading = new Trouble(path, "read", "what is in it may not be found", clock, log);
  }

  /** Whether questions make sense. */
  boolean isOpen() {
    return open != null;
  }

  /** Whether puts make sense: not while it is known that they will be lost. */
  boolean takesPuts() {
    return opening.isDue() && writing.isDue();
  }

  /** Whether it should look around: it may be able to open by now. */
  boolean shouldWake() {
    return open == null && opening.isBad() && opening.isDue();
  }

  EntryStore.Sizes sizes() {
    return sizes;
  }

  Path path() {
    return path;
  }

  /** What is being answered. */
  @Nullable Read current() {
    return current;
  }

  @Override
  public void run() {
    while (true) {
      try {
        if (!step()) {
          break;
        }
      } catch (Throwable t) {
        // A fault of ours, or no memory: it costs what was being done.
        log.count("disk", "read");
      }
    }
    finish();
  }

  /** Does the next thing; false if there will be none. */
  private boolean step() {
    if (open == null && opening.isDue() && (!queue.isClosed() || queue.hasChanges())) {
      open();
    }
    Read read = queue.nextRead();
    if (read != null) {
      answer(read);
      return true;
    }
    List<Change> changes = queue.nextChanges();
    if (!changes.isEmpty()) {
      write(changes);
      return true;
    }
    Job job = queue.nextJob();
    if (job != null) {
      job.run(open);
      settle();
      return true;
    }
    if (queue.isClosed()) {
      return false;
    }
    if (!catchUp() && !walkOn()) {
      queue.await(sync());
    }
    return true;
  }

  private void open() {
    boolean opened = false;
    try {
      files.directory(path);
      byte[] proposed = secret.getNow(null);
      byte[] ours =
          new SecretFile(path, files)
              .readOr(
                  proposed == null ? SecretFile.random() : proposed,
                  () ->
                      log.say(
                          "the secret of the disk cache in "
                              + path
                              + " was damaged and is made anew: what was kept until now is not"
                              + " found any more"));
      settleSecret(ours);
      DiskLog made = DiskLog.open(path, bytes, clock, log, files);
      if (made.noLocks() != null && !saidLocks) {
        saidLocks = true;
        log.say(
            "files in "
                + path
                + " cannot be locked ("
                + made.noLocks()
                + "): JVMs that share this disk cache find each other's answers but do not clear"
                + " up after each other for an hour");
      }
      open = made;
      opened = true;
      opening.worked();
      settle();
    } catch (IOException e) {
      opening.failed(e);
    } finally {
      if (!opened) {
        // Also after a fault of ours: nobody may wait for the secret for ever.
        settleSecret(SecretFile.random());
        if (!opening.isBad()) {
          opening.failed(new IOException("internal fault"));
        }
      }
    }
  }

  private void settleSecret(byte[] bytes) {
    if (!secret.isDone()) {
      helpers.execute(() -> secret.complete(bytes));
    }
  }

  private void answer(Read read) {
    current = read;
    try {
      for (EntryKey key : read.keys()) {
        if (read.found().isDone()) {
          break; // Nobody waits any longer.
        }
        StoredEntry entry = find(key);
        if (entry != null) {
          read.soFar().put(key, entry);
        }
      }
    } finally {
      current = null;
      settle();
      helpers.execute(read::end);
    }
  }

  private @Nullable StoredEntry find(EntryKey key) {
    try {
      DiskLog from = open;
      if (from != null) {
        StoredEntry found = from.get(key);
        reading.workedThisTime();
        return found;
      }
    } catch (Directory.Moved e) {
      reopen();
    } catch (IOException e) {
      log.count("disk", "read");
      reading.failed(e);
    }
    return null;
  }

  /** The directory was replaced or emptied: begins anew with what is there now. */
  private void reopen() {
    closeLog();
    open();
  }

  private void write(List<Change> changes) {
    try {
      DiskLog to = open;
      if (to == null) {
        dropped(changes);
      } else {
        to.write(changes);
        dirty = true;
        writing.worked();
      }
    } catch (IOException e) {
      log.count("disk", "write");
      dropped(changes);
      writing.failed(e);
    } finally {
      queue.done(changes);
      settle();
    }
    startSync();
  }

  private void dropped(List<Change> changes) {
    for (Change each : changes) {
      if (each.entry() != null) {
        log.count("disk", "dropped");
      }
    }
  }

  private boolean catchUp() {
    try {
      DiskLog from = open;
      return from != null && from.catchUp();
    } catch (Directory.Moved e) {
      reopen();
    } catch (IOException e) {
      log.count("disk", "read");
      reading.failed(e);
    }
    return false;
  }

  void walk(GroupWalk next) {
    GroupWalk before = walk;
    walk = before == null ? next : before.then(next);
  }

  private boolean walkOn() {
    GroupWalk now = walk;
    if (now == null) {
      return false;
    }
    walk = now.step(open) ? now : now.next();
    return true;
  }

  private void settle() {
    DiskLog now = open;
    sizes = now == null ? new EntryStore.Sizes(0, 0) : now.sizes();
  }

  /** Nanoseconds until there is something to send to the device; 0 if there is not. */
  private long sync() {
    startSync();
    if (!dirty) {
      return 0;
    }
    return syncing ? SYNC_NANOS : Math.max(1, SYNC_NANOS - (System.nanoTime() - syncedNanos));
  }

  /** Sends what was written to the device, once a second at most, on another thread: it is slow. */
  private void startSync() {
    DiskLog now = open;
    if (now == null || !dirty || syncing || System.nanoTime() - syncedNanos < SYNC_NANOS) {
      return;
    }
    List<FileChannel> channels = now.toForce();
    dirty = false;
    syncing = true;
    syncedNanos = System.nanoTime();
    helpers.execute(
        () -> {
          try {
            force(channels);
          } finally {
            syncing = false;
          }
        });
  }

  private void force(List<FileChannel> channels) {
    for (FileChannel each : channels) {
      try {
        each.force(false);
      } catch (ClosedChannelException e) {
        // The segment is gone.
      } catch (IOException e) {
        log.count("disk", "write");
      }
    }
  }

  private void finish() {
    GroupWalk left = walk;
    while (left != null) {
      left.step(null);
      left = left.next();
    }
    settleSecret(SecretFile.random());
    DiskLog last = open;
    if (last != null) {
      force(last.toForce());
    }
    closeLog();
  }

  private void closeLog() {
    DiskLog last = open;
    open = null;
    if (last != null) {
      last.close();
    }
  }
}
