// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry.jul;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Lets each distinct line through at most once a minute, and forgets when there are too many. */
final class Lines {

  private static final long EVERY = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST = 200;

  private final Consumer<String> out;
  private final LongSupplier clock;
  private final ConcurrentMap<String, Long> written = new ConcurrentHashMap<>();

  Lines(Consumer<String> out, LongSupplier clock) {
    this.out = out;
    this.clock = clock;
  }

  void write(String line) {
    Long now = clock.getAsLong();
    Long before = written.get(line);
    if (before != null && now - before < EVERY) {
      return;
    }
    if (before == null && written.size() >= MOST) {
      written.clear();
    }
    boolean ours =
        before == null
            ? written.putIfAbsent(line, now) == null
            : written.replace(line, before, now);
    if (ours) {
      out.accept(line);
    }
  }
}
