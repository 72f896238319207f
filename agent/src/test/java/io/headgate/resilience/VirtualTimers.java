// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Timers and a clock that a test moves. */
final class VirtualTimers implements Timers {

  private final List<Task> tasks = new ArrayList<>();
  private long now = 1_000_000_000L;

  private static final class Task {
    final long at;
    final Runnable run;

    Task(long at, Runnable run) {
      this.at = at;
      this.run = run;
    }
  }

  long now() {
    return now;
  }

  int pending() {
    return tasks.size();
  }

  @Override
  public Timer after(long nanos, Runnable task) {
    Task added = new Task(now + nanos, task);
    tasks.add(added);
    return () -> tasks.remove(added);
  }

  /** Time passes; what is due happens, in order. */
  void pass(long millis) {
    long until = now + millis * 1_000_000;
    while (true) {
      Task next =
          tasks.stream()
              .filter(task -> task.at <= until)
              .min(Comparator.comparingLong(task -> task.at))
              .orElse(null);
      if (next == null) {
        break;
      }
      tasks.remove(next);
      now = Math.max(now, next.at);
      next.run.run();
    }
    now = until;
  }
}
