// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Redis is to be asked. Trouble closes the way to it at once, for all or for writes; it
 * is opened again by whoever has found it well. A reply that is late says little once, as networks
 * and garbage collectors go: it takes {@link #LATE} in a row. Tells the operator once per change.
 * Thread-safe; asking is one volatile read.
 */
final class RedisHealth {

  private static final int LATE = 3;

  /** What whoever has the configuration has to mend, and so is to hear of also later. */
  private static final Set<RedisTrouble> TO_MEND =
      EnumSet.of(
          RedisTrouble.TLS,
          RedisTrouble.GARBAGE,
          RedisTrouble.NO_PASSWORD,
          RedisTrouble.PASSWORD,
          RedisTrouble.NEEDLESS_PASSWORD,
          RedisTrouble.PERMISSION,
          RedisTrouble.PROTECTED,
          RedisTrouble.DATABASE,
          RedisTrouble.CLUSTER,
          RedisTrouble.SECRET);

  private enum Way {
    /** Not asked yet. */
    NEW,
    CLOSED,
    READS,
    OPEN
  }

  private final RedisUrl url;
  private final StateLog log;

  /** Said of since it was last well. */
  private final Set<RedisTrouble> said = EnumSet.noneOf(RedisTrouble.class);

  private volatile Way way = Way.NEW;
  private volatile int late;

  /** When it last did, by {@link System#nanoTime}. */
  private long changed = System.nanoTime();

  private boolean stopped;

  RedisHealth(RedisUrl url, StateLog log) {
    this.url = url;
    this.log = log;
  }

  boolean reads() {
    return way.compareTo(Way.READS) >= 0;
  }

  boolean writes() {
    return way == Way.OPEN;
  }

  /** A reply came in time. */
  void answered() {
    if (late != 0) {
      late = 0;
    }
  }

  /** Something failed. */
  synchronized void failed(RedisTrouble trouble) {
    if (trouble.scope == RedisTrouble.Scope.KEY) {
      return;
    }
    if (trouble == RedisTrouble.SLOW && reads() && ++late < LATE) {
      return;
    }
    if (trouble.scope == RedisTrouble.Scope.ALL) {
      shut(trouble);
    } else if (way == Way.OPEN) {
      change(Way.READS, trouble);
    }
  }

  /** It is not to be asked. */
  synchronized void shut(RedisTrouble trouble) {
    if (way != Way.CLOSED) {
      change(Way.CLOSED, trouble);
    } else if (TO_MEND.contains(trouble) && said.add(trouble)) {
      say(trouble.words + meanwhile(way));
    }
  }

  private static String meanwhile(Way now) {
    return now == Way.READS
        ? ". What it has is still used; it is tried again every few seconds"
        : ". Calls go on without it; it is tried again every few seconds";
  }

  /**
   * It was found to be well.
   *
   * @param writes why it takes no writes; null if it does
   */
  synchronized void well(@Nullable RedisTrouble writes) {
    late = 0;
    Way now = writes == null ? Way.OPEN : Way.READS;
    if (way != now) {
      change(now, writes);
    }
  }

  private void change(Way now, @Nullable RedisTrouble trouble) {
    Way before = way;
    way = now;
    late = 0;
    changed = System.nanoTime();
    said.clear();
    if (trouble != null) {
      said.add(trouble);
      say(trouble.words + meanwhile(now));
    } else if (before != Way.NEW) {
      say("is in use again");
    }
    notifyAll();
  }

  private void say(String what) {
    if (!stopped) {
      log.say("Redis at " + url + " " + what + ".");
    }
  }

  /** Nothing more is said. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /**
   * Waits until it is to be looked at again: for a time, counted from its last change.
   *
   * @return whether to go on asking
   */
  synchronized boolean await(long whileWellMillis, long otherwiseMillis)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!stopped) {
      long most = way == Way.OPEN ? whileWellMillis : otherwiseMillis;
      long since = changed - start > 0 ? changed : start;
      long left = most - (System.nanoTime() - since) / 1_000_000;
      if (left <= 0) {
        return true;
      }
      wait(left);
    }
    return false;
  }
}
