// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.gateway.Faults;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on stderr what went wrong inside Headgate: at most one line a minute for each place, and no
 * exception messages, because those may quote a URL or a header. {@code -Dheadgate.debug=true} adds
 * stack traces and messages.
 */
final class FaultLog implements Faults {

  private static final long PAUSE_NANOS = 60_000_000_000L;
  private static final int MOST_PLACES = 200;

  private final ConcurrentHashMap<String, Long> said = new ConcurrentHashMap<>();
  private final LongSupplier nanoClock;
  private final boolean debug;
  private volatile @Nullable Faults counter;

  FaultLog(LongSupplier nanoClock, boolean debug) {
    this.nanoClock = nanoClock;
    this.debug = debug;
  }

  /** Who counts faults from now on. */
  void countedBy(Faults newCounter) {
    counter = newCounter;
  }

  @Override
  public void fault(String stage, Throwable fault) {
    try {
      Faults current = counter;
      if (current != null) {
        current.fault(stage, fault);
      }
      if (due(stage + fault.getClass().getName())) {
        System.err.println(line(stage, fault));
        if (debug) {
          fault.printStackTrace();
        }
      }
    } catch (Throwable t) {
      // There is nobody left to tell.
    }
  }

  private boolean due(String place) {
    long now = nanoClock.getAsLong();
    Long last = said.get(place);
    if ((last != null && now - last < PAUSE_NANOS)
        || (last == null && said.size() >= MOST_PLACES)) {
      return false;
    }
    return last == null ? said.putIfAbsent(place, now) == null : said.replace(place, last, now);
  }

  static String line(String stage, Throwable fault) {
    Throwable link = fault instanceof LinkageError ? fault : fault.getCause();
    if (link instanceof LinkageError) {
      // Names symbols, never data, and is what one needs to know of a client we do not fit.
      return "headgate: " + stage + " is switched off here: " + link;
    }
    StackTraceElement[] frames = fault.getStackTrace();
    return "headgate: internal fault in "
        + stage
        + ": "
        + fault.getClass().getName()
        + (frames.length == 0 ? "" : " at " + frames[0])
        + "; the call went on without it";
  }
}
