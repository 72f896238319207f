// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The call that one client makes through another which has an adapter, too: only the latter knows
 * how to cancel it. Told on the thread that begins it.
 */
public final class NestedCalls {

  private static final ThreadLocal<@Nullable NestedCalls> CURRENT = new ThreadLocal<>();

  /** Spares threads that nobody waits for a look at their map. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private @Nullable NestedCalls outer;

  // Guarded by this.
  private @Nullable Runnable how;
  private boolean cancelled;

  /** Calls that this thread begins from now on are noted here. */
  public void begin() {
    OPEN.incrementAndGet();
    outer = CURRENT.get();
    CURRENT.set(this);
  }

  /** On the same thread. */
  public void end() {
    NestedCalls before = outer;
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
    OPEN.decrementAndGet();
  }

  /** For the adapter of a nested client: what this thread's calls are noted in; null if nothing. */
  public static @Nullable NestedCalls current() {
    return OPEN.get() == 0 ? null : CURRENT.get();
  }

  /**
   * This thread begins a call.
   *
   * @param cancel never blocks, and may come from any thread at any time
   */
  public void begun(Runnable cancel) {
    boolean late;
    synchronized (this) {
      how = cancel;
      late = cancelled;
    }
    if (late) {
      cancel.run();
    }
  }

  /** Cancels what was begun, or is begun later. */
  public void cancel() {
    Runnable way;
    synchronized (this) {
      cancelled = true;
      way = how;
    }
    if (way != null) {
      way.run();
    }
  }
}
