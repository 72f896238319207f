// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.BreakerSettings;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A circuit breaker for one target and key. Closed, it counts attempts in a sliding window of ten
 * slots; too many failures open it. Open, it admits nothing for a while. Half-open, it admits a few
 * at a time; when as many have succeeded it lets the number double with each success, so that a
 * provider that just came back does not get everybody at once, and then closes. One failure on the
 * way opens it again. Needs no thread; thread-safe.
 */
final class Breaker {

  private static final int SLOTS = 10;

  /** From here on nobody is held back any more. */
  private static final int WIDE_OPEN = 64;

  enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier clock;
  private BreakerSettings settings;
  private final int[] calls = new int[SLOTS];
  private final int[] failures = new int[SLOTS];
  private int slot;
  private long slotSinceNanos;
  private State state = State.CLOSED;
  private long openedNanos;
  private int admitted;
  private int successes;

  Breaker(BreakerSettings settings, LongSupplier nanoClock) {
    this.settings = settings;
    this.clock = nanoClock;
    this.slotSinceNanos = nanoClock.getAsLong();
  }

  /** What holds from now on; what was counted stays. */
  void settings(BreakerSettings newSettings) {
    lock.lock();
    try {
      if (!settings.equals(newSettings)) {
        advance(); // By the width that what was counted has.
        settings = newSettings;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether an attempt would be admitted. */
  boolean available() {
    lock.lock();
    try {
      return switch (state) {
        case CLOSED -> true;
        case OPEN -> waited();
        case HALF_OPEN -> admitted < width();
      };
    } finally {
      lock.unlock();
    }
  }

  /**
   * Admits an attempt or does not. One that is admitted has to be reported by {@link #succeeded},
   * {@link #failed} or {@link #released}.
   */
  boolean admit() {
    lock.lock();
    try {
      if (state == State.CLOSED) {
        return true;
      }
      if (state == State.OPEN) {
        if (!waited()) {
          return false;
        }
        state = State.HALF_OPEN;
        admitted = 0;
        successes = 0;
      }
      if (admitted >= width()) {
        return false;
      }
      admitted++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void succeeded() {
    lock.lock();
    try {
      count(false);
      if (state == State.HALF_OPEN) {
        admitted = Math.max(0, admitted - 1);
        successes++;
        if (successes >= settings.halfOpenCalls() && width() >= WIDE_OPEN) {
          close();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether this is what opened it. */
  boolean failed() {
    lock.lock();
    try {
      count(true);
      if (state == State.HALF_OPEN || (state == State.CLOSED && tooMany())) {
        state = State.OPEN;
        openedNanos = clock.getAsLong();
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** An admitted attempt came to nothing that says anything of the target. */
  void released() {
    lock.lock();
    try {
      if (state == State.HALF_OPEN) {
        admitted = Math.max(0, admitted - 1);
      }
    } finally {
      lock.unlock();
    }
  }

  State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  private boolean waited() {
    return clock.getAsLong() - openedNanos >= settings.openFor().toNanos();
  }

  /** How many may be under way while half open. */
  private int width() {
    int first = settings.halfOpenCalls();
    int further = successes - first;
    return further < 0 ? first : Math.min(WIDE_OPEN, first << Math.min(further + 1, 20));
  }

  private void close() {
    state = State.CLOSED;
    Arrays.fill(calls, 0);
    Arrays.fill(failures, 0);
  }

  private void count(boolean failure) {
    advance();
    calls[slot]++;
    if (failure) {
      failures[slot]++;
    }
  }

  private boolean tooMany() {
    int all = 0;
    int failed = 0;
    for (int i = 0; i < SLOTS; i++) {
      all += calls[i];
      failed += failures[i];
    }
    return all >= settings.minCalls() && failed >= settings.failureRate() * all && failed > 0;
  }

  /** Empties the slots that time has passed by. */
  private void advance() {
    long width = Math.max(1, settings.window().toNanos() / SLOTS);
    long passed = Math.max(0, (clock.getAsLong() - slotSinceNanos) / width);
    for (long i = Math.min(passed, SLOTS); i > 0; i--) {
      slot = (slot + 1) % SLOTS;
      calls[slot] = 0;
      failures[slot] = 0;
    }
    slotSinceNanos += passed * width;
  }
}
