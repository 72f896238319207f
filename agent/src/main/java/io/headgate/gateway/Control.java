// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A hold on an attempt that is under way, for the timers that may have to end it. The adapter says
 * how, the timers say when and why. Thread-safe.
 */
public final class Control {

  private final long connectNanos;
  private @Nullable Runnable how;
  private @Nullable Throwable why;

  /**
   * @param connectNanos the longest that connecting may take; 0 for as long as the client lets it
   */
  public Control(long connectNanos) {
    this.connectNanos = connectNanos;
  }

  /** For the adapter: 0, or a limit that counts only where it is below the client's own. */
  public long connectNanos() {
    return connectNanos;
  }

  /**
   * For the adapter: how the request, or reading its answer, is broken off from another thread.
   * Never blocks. Run at once if the attempt was aborted before it got this far. The last one set
   * counts.
   */
  public void onAbort(Runnable newHow) {
    boolean late;
    synchronized (this) {
      how = newHow;
      late = why != null;
    }
    if (late) {
      newHow.run();
    }
  }

  /**
   * Breaks the attempt off, once; what is waited for then fails with an exception of the client.
   */
  public void abort(Throwable reason) {
    Runnable way;
    synchronized (this) {
      if (why != null) {
        return;
      }
      why = reason;
      way = how;
    }
    if (way != null) {
      way.run();
    }
  }

  /** Why it was aborted; null if it was not. */
  public synchronized @Nullable Throwable aborted() {
    return why;
  }
}
