// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Control;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;

/**
 * Cancels a call of ours when the app cancels its own, on behalf of which ours was made, unless
 * others wait for ours, too. OkHttp 3 and 4 tell nobody of a cancellation, so a thread looks every
 * {@value #LOOK_MILLIS} ms while such calls are under way; it ends with the last one, because it
 * holds the app's class loader.
 */
final class CancelLink implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;
  private static final long THREAD_IDLE_MILLIS = 500;

  private final Call outer;
  private final Call inner;
  private final Control control;
  private final Runnable departed;
  private volatile boolean parted;
  private volatile boolean closed;
  private volatile boolean limited;
  private volatile long until;
  private volatile boolean expired;

  private CancelLink(Call outer, Call inner, Control control, Runnable departed) {
    this.outer = outer;
    this.inner = inner;
    this.control = control;
    this.departed = departed;
  }

  /** To be closed when the inner call is over. */
  static CancelLink between(Call outer, Call inner) {
    return between(outer, inner, new Control(0), () -> {});
  }

  /**
   * To be closed when the inner call is over.
   *
   * @param control of the inner call, which goes on if it is shared
   * @param departed run once if the app has left and the inner call goes on; must not block
   */
  static CancelLink between(Call outer, Call inner, Control control, Runnable departed) {
    CancelLink link = new CancelLink(outer, inner, control, departed);
    if (!control.shared()) {
      new Look(link).again();
    }
    return link;
  }

  /** Carries a cancellation on, if there was one. */
  void check() {
    if (inner.isCanceled() || parted) {
      return;
    }
    boolean left = outer.isCanceled();
    if (!left && !(limited && System.nanoTime() - until >= 0)) {
      return;
    }
    if (control.shared()) {
      parted = true;
      departed.run();
      return;
    }
    expired = !left;
    inner.cancel();
  }

  /**
   * Limits the inner call from now on, when the outer one's own limit no longer does: OkHttp ends
   * that as soon as the outer call has an answer which did not come from its own connection.
   *
   * @param nanos by {@link System#nanoTime}
   */
  void endAt(long nanos) {
    until = nanos;
    limited = true;
  }

  /** Whether the inner call was cancelled for {@link #endAt}. */
  boolean expired() {
    return expired;
  }

  void throwIfCanceled() throws IOException {
    if (outer.isCanceled() && !control.shared()) {
      throw new IOException("Canceled"); // RealCall's own words
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Weak: an app that never closes a body must not make us hold its calls. */
  private static final class Look implements Runnable {
    private final WeakReference<CancelLink> link;

    Look(CancelLink link) {
      this.link = new WeakReference<>(link);
    }

    void again() {
      var unused = Watcher.THREAD.schedule(this, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
      CancelLink current = link.get();
      if (current == null || current.closed) {
        return;
      }
      try {
        current.check();
      } catch (Throwable t) {
        OkHttpAdapter.fault(t);
        return;
      }
      if (!current.inner.isCanceled() && !current.parted) {
        again();
      }
    }
  }

  /** Started by the first call that is sent elsewhere. */
  private static final class Watcher {
    static final ScheduledThreadPoolExecutor THREAD = create();

    private static ScheduledThreadPoolExecutor create() {
      ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, Watcher::newThread);
      executor.setKeepAliveTime(THREAD_IDLE_MILLIS, TimeUnit.MILLISECONDS);
      executor.allowCoreThreadTimeOut(true);
      return executor;
    }

    private static Thread newThread(Runnable work) {
      Thread thread = new Thread(null, work, "headgate-okhttp-cancel", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(Ingress.class.getClassLoader());
      return thread;
    }
  }
}
