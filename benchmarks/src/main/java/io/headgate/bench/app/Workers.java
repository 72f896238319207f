// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that repeat a call until a time is over; they live as long as the application. */
final class Workers {

  private static final int MOST = 32;

  /** Latencies kept per worker; of more calls than that, the last ones. */
  private static final int KEPT = 1 << 15;

  /**
   * Failed calls a worker puts up with in one window; they are not counted. The JDK's client, short
   * of processor time, now and then takes the answer on a connection it has just reused for noise
   * on an idle one and closes it ("connection closed locally"), with no agent about.
   */
  private static final int MOST_FAILURES = 3;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          MOST,
          task -> {
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            return thread;
          });
  private final long[][] latencies = new long[MOST][KEPT];
  private final long[][] firstBytes = new long[MOST][KEPT];

  /** What came of it; times in nanoseconds. */
  record Result(long calls, long[] latencies, long[] firstBytes) {}

  Result run(Work work, int count, long millis) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    List<Future<Integer>> running = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int worker = i;
      running.add(threads.submit(() -> repeat(work, end, latencies[worker], firstBytes[worker])));
    }
    long calls = 0;
    long[] allLatencies = {};
    long[] allFirst = {};
    for (int i = 0; i < count; i++) {
      int made = running.get(i).get();
      calls += made;
      allLatencies = join(allLatencies, latencies[i], made);
      allFirst = join(allFirst, firstBytes[i], made);
    }
    return new Result(calls, allLatencies, allFirst);
  }

  private static int repeat(Work work, long end, long[] latency, long[] first) throws Exception {
    int calls = 0;
    int failures = 0;
    long start = System.nanoTime();
    do {
      long firstByte;
      try {
        firstByte = work.call();
      } catch (IOException e) {
        if (++failures > MOST_FAILURES) {
          throw e;
        }
        start = System.nanoTime();
        continue;
      }
      long now = System.nanoTime();
      latency[calls & (KEPT - 1)] = now - start;
      first[calls & (KEPT - 1)] = firstByte - start;
      calls++;
      start = now;
    } while (start < end || calls == 0);
    return calls;
  }

  private static long[] join(long[] all, long[] more, int made) {
    int count = Math.min(made, KEPT);
    long[] joined = Arrays.copyOf(all, all.length + count);
    System.arraycopy(more, 0, joined, all.length, count);
    return joined;
  }
}
