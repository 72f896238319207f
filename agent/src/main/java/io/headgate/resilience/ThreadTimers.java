// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.Faults;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Timers on one thread, which is started by the first of them and goes when there are none. */
public final class ThreadTimers implements Timers {

  private static final long THREAD_IDLE_SECONDS = 30;

  private final ScheduledThreadPoolExecutor executor;
  private final Faults faults;

  public ThreadTimers(ThreadFactory threads, Faults faults) {
    this.faults = faults;
    executor = new ScheduledThreadPoolExecutor(1, threads);
    // Most timers never run out: they must not pile up until they would have.
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(THREAD_IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public Timer after(long nanos, Runnable task) {
    Future<?> scheduled =
        executor.schedule(
            () -> {
              try {
                task.run();
              } catch (Throwable t) {
                faults.fault("timer", t);
              }
            },
            Math.max(0, nanos),
            TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }
}
