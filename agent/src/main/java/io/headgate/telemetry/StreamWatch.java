// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Faults;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls whose answer the app neither reads to its end nor closes. One daemon thread looks now
 * and then; a call that nobody touched for the idle limit is ended as abandoned.
 */
public final class StreamWatch implements AutoCloseable {

  /** How long an answer may lie untouched. Longer than any client's usual read timeout. */
  public static final Duration IDLE_LIMIT = Duration.ofMinutes(5);

  /** More answers at a time than this are not watched: they end when the app ends them. */
  private static final int MOST = 20_000;

  private final Set<Watched> open = ConcurrentHashMap.newKeySet();
  private final long limitNanos;
  private final LongSupplier clock;
  private final Faults faults;
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  /**
   * @param clock nanoseconds, the same that the interceptors use
   */
  public StreamWatch(Duration idleLimit, LongSupplier clock, Faults faults) {
    this.limitNanos = idleLimit.toNanos();
    this.clock = clock;
    this.faults = faults;
  }

  /** Starts the thread. Called once. */
  public void start(ThreadFactory threads) {
    Thread made = threads.newThread(this::run);
    thread = made;
    made.start();
  }

  /** Stops the thread. Open calls end when the app ends them. */
  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  void add(Watched call) {
    // Not exact under contention, which does not matter here.
    if (open.size() < MOST) {
      open.add(call);
    }
  }

  void remove(Watched call) {
    open.remove(call);
  }

  int watched() {
    return open.size();
  }

  /** Ends what has been idle for too long. */
  void sweep() {
    long now = clock.getAsLong();
    for (Watched call : open) {
      if (now - call.activeNanos() >= limitNanos) {
        try {
          call.abandon();
        } catch (Throwable t) {
          remove(call);
          faults.fault("stream-watch", t);
        }
      }
    }
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, Math.max(1_000_000, limitNanos / 10));
      // An interrupted thread would never park again.
      boolean unused = Thread.interrupted();
      sweep();
    }
  }
}
