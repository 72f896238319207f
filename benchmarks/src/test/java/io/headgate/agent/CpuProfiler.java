// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time per operation, of all Java threads: on a machine that has other things to do, the
 * time on the clock says little.
 */
public final class CpuProfiler implements InternalProfiler {

  static final String LABEL = "cpu.norm";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Map<Long, Long> before = new HashMap<>();

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before.clear();
    long[] ids = THREADS.getAllThreadIds();
    long[] cpu = THREADS.getThreadCpuTime(ids);
    for (int i = 0; i < ids.length; i++) {
      before.put(ids[i], cpu[i]);
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long[] ids = THREADS.getAllThreadIds();
    long[] cpu = THREADS.getThreadCpuTime(ids);
    long nanos = 0;
    for (int i = 0; i < ids.length; i++) {
      if (cpu[i] >= 0) {
        nanos += cpu[i] - before.getOrDefault(ids[i], 0L);
      }
    }
    double perOperation = (double) nanos / result.getMetadata().getMeasuredOps();
    return List.of(new ScalarResult(LABEL, perOperation, "ns/op", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "Processor time of Java threads";
  }
}
