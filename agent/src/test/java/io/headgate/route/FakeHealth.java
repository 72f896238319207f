// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.target;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Health as a test wants it; everything is well and unknown at first. */
final class FakeHealth implements Health {

  private final Set<Target> dead = new HashSet<>();
  private final Map<Target, Long> latency = new HashMap<>();
  private final Map<Target, Integer> busy = new HashMap<>();

  FakeHealth dead(String target) {
    dead.add(target(target));
    return this;
  }

  FakeHealth alive(String target) {
    dead.remove(target(target));
    return this;
  }

  FakeHealth latency(String target, long nanos) {
    latency.put(target(target), nanos);
    return this;
  }

  FakeHealth busy(String target, int attempts) {
    busy.put(target(target), attempts);
    return this;
  }

  @Override
  public boolean available(Target target) {
    return !dead.contains(target);
  }

  @Override
  public long latencyNanos(Target target) {
    return latency.getOrDefault(target, 0L);
  }

  @Override
  public int busy(Target target) {
    return busy.getOrDefault(target, 0);
  }
}
