// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import io.headgate.state.DiskQueue.Read;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers questions that a hanging disk does not: with nothing, after a second or a little more. A
 * thread sees to that only while questions are asked.
 */
final class Deadline {

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int IDLE_TICKS = 8;

  private final DiskQueue queue;
  private final DiskWorker worker;
  private final Executor helpers;
  private final ThreadFactory threads;
  private final StateLog log;
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean asked;

  Deadline(
      DiskQueue queue, DiskWorker worker, Executor helpers, ThreadFactory threads, StateLog log) {
    this.queue = queue;
    this.worker = worker;
    this.helpers = helpers;
    this.threads = threads;
    this.log = log;
  }

  /** Called after a question was asked. */
  void begun() {
    if (!asked) {
      asked = true;
    }
    if (!watching.get() && watching.compareAndSet(false, true)) {
      threads.newThread(this::watch).start();
    }
  }

  private void watch() {
    int idle = 0;
    while (idle < IDLE_TICKS && !queue.isClosed()) {
      LockSupport.parkNanos(this, TICK_NANOS);
      idle = asked || worker.current() != null ? 0 : idle + 1;
      asked = false;
      endLate();
    }
    watching.set(false);
    if (asked && !queue.isClosed()) {
      begun();
    }
  }

  private void endLate() {
    long before = System.nanoTime() - MOST_NANOS;
    Read current = worker.current();
    if (current != null && current.sinceNanos() - before < 0) {
      end(current);
    }
    queue.readsBefore(before).forEach(this::end);
  }

  private void end(Read read) {
    if (!read.found().isDone()) {
      log.count("disk", "timeout");
      helpers.execute(read::end);
    }
  }
}
