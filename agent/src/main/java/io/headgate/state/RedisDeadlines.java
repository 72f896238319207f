// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the waiting of questions in time. All wait equally long, so they are over in the order they
 * came in, and one look at the first ones now and then does: to wake a timer for each would cost a
 * good part of what the answer does. Looks are a step apart, and end what would be over by the
 * next.
 */
final class RedisDeadlines {

  /** Looks at nothing, one after the other, until there are no more. */
  private static final int IDLE = 20;

  private final Queue<RedisGet> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final ScheduledExecutorService timer;
  private final long stepNanos;
  private int idle;

  RedisDeadlines(ScheduledExecutorService timer, int timeoutMillis) {
    this.timer = timer;
    this.stepNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis) / 8;
  }

  /**
   * @throws RejectedExecutionException if the timer was shut down: nobody will end it
   */
  void add(RedisGet get) {
    waiting.add(get);
    begin();
  }

  private void begin() {
    if (!looking.get() && looking.compareAndSet(false, true)) {
      idle = 0;
      again();
    }
  }

  private void again() {
    var unused = timer.schedule(this::look, stepNanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    try {
      if (end(System.nanoTime() + stepNanos)) {
        idle = 0;
      } else {
        idle++;
      }
      if (idle < IDLE) {
        again();
        return;
      }
      looking.set(false);
      if (!waiting.isEmpty()) {
        begin();
      }
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  /** Ends those that are over by a time; says whether there were any that waited. */
  private boolean end(long nanos) {
    boolean any = false;
    for (RedisGet get = waiting.peek(); get != null; get = waiting.peek()) {
      any = true;
      if (!get.over(nanos)) {
        break;
      }
      waiting.poll();
      get.giveUp("timeout");
    }
    return any;
  }

  /** Ends all: there will be no more looks. */
  void close() {
    for (RedisGet get = waiting.poll(); get != null; get = waiting.poll()) {
      get.giveUp("timeout");
    }
  }
}
