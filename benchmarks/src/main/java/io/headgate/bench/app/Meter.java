// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What this JVM has used up so far, over all its threads. */
final class Meter {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<Long, long[]> before = new HashMap<>();
  private final long processCpu;

  private Meter() {
    long[] ids = THREADS.getAllThreadIds();
    long[] allocated = THREADS.getThreadAllocatedBytes(ids);
    long[] cpu = THREADS.getThreadCpuTime(ids);
    for (int i = 0; i < ids.length; i++) {
      before.put(ids[i], new long[] {allocated[i], cpu[i]});
    }
    processCpu = SYSTEM.getProcessCpuTime();
  }

  /**
   * What was used since a meter was started.
   *
   * @param processCpu nanoseconds by the kernel's count of ticks (10 ms): JIT and GC included
   * @param threadCpu nanoseconds of all Java threads, exact: JIT and GC left out
   * @param allocated bytes
   */
  record Used(long processCpu, long threadCpu, long allocated) {}

  static Meter start() {
    return new Meter();
  }

  /** A thread that ended meanwhile is not counted; the applications here have none. */
  Used used() {
    long process = SYSTEM.getProcessCpuTime() - processCpu;
    long[] ids = THREADS.getAllThreadIds();
    long[] allocated = THREADS.getThreadAllocatedBytes(ids);
    long[] cpu = THREADS.getThreadCpuTime(ids);
    long bytes = 0;
    long nanos = 0;
    for (int i = 0; i < ids.length; i++) {
      long[] then = before.getOrDefault(ids[i], new long[2]);
      if (allocated[i] >= 0 && cpu[i] >= 0) {
        bytes += allocated[i] - then[0];
        nanos += cpu[i] - then[1];
      }
    }
    return new Used(process, nanos, bytes);
  }
}
