// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Faults;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded while the OpenTelemetry SDK is still being built: calls do not wait for it, and
 * what they tell is kept, in order, until it is there. From then on nothing comes past here. Only a
 * bounded number of spans and measurements is kept; more of them than a start can bring are lost.
 */
final class Startup {

  /** Two to three for each call; each keeps a few kilobytes. */
  private static final int MOST_SPANS = 1_000;

  private static final int MOST_MEASUREMENTS = 5_000;

  private final Faults faults;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger spans = new AtomicInteger();
  private final AtomicInteger measurements = new AtomicInteger();
  private ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  /** Set before the first of what waited runs. */
  private volatile @Nullable OpenTelemetry target;

  /** Whether all that waited has run. */
  private volatile boolean over;

  Startup(Faults faults) {
    this.faults = faults;
  }

  /** The start-up of this OpenTelemetry, which is over already unless it is one of ours. */
  static Startup of(OpenTelemetry otel) {
    if (otel instanceof LateOpenTelemetry late) {
      return late.startup();
    }
    Startup done = new Startup((stage, fault) -> {});
    done.complete(otel);
    return done;
  }

  /** Where spans and metrics go once they go anywhere. */
  OpenTelemetry target() {
    OpenTelemetry known = target;
    return known == null ? OpenTelemetry.noop() : known;
  }

  /** Whether the SDK is there and nothing waits for it any more. */
  boolean over() {
    return over;
  }

  /** Whether one more span may be kept; each comes with a few dozen tasks. */
  boolean admitsSpan() {
    return spans.incrementAndGet() <= MOST_SPANS;
  }

  /** Runs one measurement now or later, or never if too many wait. */
  void measure(Runnable measurement) {
    if (over || measurements.incrementAndGet() <= MOST_MEASUREMENTS) {
      run(measurement);
    }
  }

  /** Runs a task: later, in the order of the calls, or at once if the start-up is over. */
  void run(Runnable task) {
    lock.lock();
    try {
      if (!over) {
        waiting.add(task);
        return;
      }
    } finally {
      lock.unlock();
    }
    task.run();
  }

  /** The OpenTelemetry is there: runs what has waited, on this thread. Called once. */
  void complete(OpenTelemetry otel) {
    target = otel;
    while (true) {
      ArrayDeque<Runnable> batch;
      lock.lock();
      try {
        batch = waiting;
        waiting = new ArrayDeque<>();
        if (batch.isEmpty()) {
          over = true;
          return;
        }
      } finally {
        lock.unlock();
      }
      for (Runnable task : batch) {
        try {
          task.run();
        } catch (Throwable t) {
          faults.fault("telemetry", t);
        }
      }
    }
  }
}
