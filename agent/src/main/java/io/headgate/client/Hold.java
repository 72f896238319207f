// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Control;
import io.headgate.gateway.Ingress;
import org.jspecify.annotations.Nullable;

/**
 * The hold on one request that is under way, and on its answer: how it is broken off, by a timer of
 * ours or because the app gives its call up. Thread-safe.
 */
public final class Hold {

  private final Control control;
  private final boolean single;

  // Guarded by this.
  private @Nullable Runnable how;
  private boolean broken;

  /**
   * @param single as {@link #single} tells it
   */
  Hold(Control control, boolean single) {
    this.control = control;
    this.single = single;
    // Closing a TLS socket may have to wait for one who writes: not on the thread of a timer.
    control.onAbort(() -> Ingress.background(this::breakOff));
  }

  /**
   * 0, or how long connecting may take in nanoseconds, which counts only below the client's own.
   */
  public long connectNanos() {
    return control.connectNanos();
  }

  /**
   * Says how to break off what is under way from now on, from another thread; at once, if that was
   * asked for before. Whoever waits for the head is then to be thrown out with an exception of the
   * client. To be said before the first thing that may take long; the last one counts.
   */
  public void breaking(Runnable newHow) {
    boolean late;
    synchronized (this) {
      how = newHow;
      late = broken;
    }
    if (late) {
      newHow.run();
    }
  }

  /**
   * Whether the request is the only one that is sent for the app's call: no timer ends it, and none
   * follows it, so that it can be the very object that the app made.
   */
  public boolean single() {
    return single;
  }

  /** Whether it was broken off. */
  public synchronized boolean broken() {
    return broken;
  }

  /** Why a timer of ours broke it off; null if none did. */
  public @Nullable Throwable aborted() {
    return control.aborted();
  }

  /**
   * Whether others than the app may come to wait for it: nothing of it may then be the app's to
   * change or to end, such as a context that it passed, or the client's own answer.
   */
  public boolean shareable() {
    return control.shareable();
  }

  /** Whether others than the app wait for it. */
  boolean shared() {
    return control.shared();
  }

  Control control() {
    return control;
  }

  void breakOff() {
    Runnable way;
    synchronized (this) {
      if (broken) {
        return;
      }
      broken = true;
      way = how;
    }
    if (way != null) {
      try {
        way.run();
      } catch (RuntimeException e) {
        Ingress.fault("break off", e);
      }
    }
  }

  /** It is over: nothing of the client's is to be kept reachable by timers that still run. */
  void over() {
    synchronized (this) {
      how = null;
    }
    control.onAbort(() -> {});
  }
}
