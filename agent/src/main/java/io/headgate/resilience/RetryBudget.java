// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps retries a fraction of calls, whatever fails: each call deposits the configured ratio, each
 * retry takes one. So that an app with few calls can retry at all there is a reserve of {@value
 * #RESERVE}, which fills by one a second. In a full outage retries are then at most the ratio times
 * the calls, plus the reserve, plus one a second. After Finagle's {@code RetryBudget}.
 */
public final class RetryBudget {

  static final int RESERVE = 10;

  /** What calls may save up, so that a quiet hour does not pay for a storm. */
  private static final double MOST = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier clock;
  private double deposits;
  private double reserve = RESERVE;
  private long filledNanos;

  public RetryBudget(LongSupplier nanoClock) {
    this.clock = nanoClock;
    this.filledNanos = nanoClock.getAsLong();
  }

  /** A call begins. */
  void deposit(double ratio) {
    lock.lock();
    try {
      deposits = Math.min(MOST, deposits + ratio);
    } finally {
      lock.unlock();
    }
  }

  /** Whether there may be one more retry, which is then paid for. */
  boolean take() {
    lock.lock();
    try {
      long now = clock.getAsLong();
      reserve = Math.min(RESERVE, reserve + (now - filledNanos) / 1e9);
      filledNanos = now;
      if (deposits >= 1) {
        deposits--;
        return true;
      }
      if (reserve >= 1) {
        reserve--;
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
