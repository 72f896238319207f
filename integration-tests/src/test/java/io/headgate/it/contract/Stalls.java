// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import java.util.Map;

/** Ends a JVM in which a case does not end, and tells what all its threads are about. */
final class Stalls {

  /** No case takes a third of it, on a slow machine either. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static volatile long last = System.nanoTime();

  private Stalls() {}

  /** From now on there must be {@link #progress}. */
  static void watch() {
    progress();
    Thread thread = new Thread(Stalls::run, "stalls");
    thread.setDaemon(true);
    thread.start();
  }

  static void progress() {
    last = System.nanoTime();
  }

  private static void run() {
    try {
      for (long left = LIMIT.toNanos(); left > 0; left = LIMIT.toNanos() - since()) {
        Thread.sleep(Duration.ofNanos(left).toMillis() + 1);
      }
    } catch (InterruptedException e) {
      return;
    }
    StringBuilder text = new StringBuilder("nothing for " + LIMIT.toSeconds() + " s\n");
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      text.append(each.getKey()).append('\n');
      for (StackTraceElement frame : each.getValue()) {
        text.append("\tat ").append(frame).append('\n');
      }
    }
    System.err.println(text);
    Runtime.getRuntime().halt(3);
  }

  private static long since() {
    return System.nanoTime() - last;
  }
}
