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
  private volatile boolean shareable;
  private volatile boolean shared;

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
   * Says, before the attempt is sent, that it may come to be {@linkplain #share shared}: then
   * nothing of it is done on a thread that the app could call back. Without this a blocking client
   * sends and reads on the app's thread, which stays there until the next bytes, whether or not the
   * app has left meanwhile; and an interrupt of that thread may break the attempt off.
   */
  public void allowSharing() {
    shareable = true;
  }

  /** For the adapter: whether the attempt is to be kept apart from the app's thread. */
  public boolean shareable() {
    return shareable;
  }

  /**
   * Says that others than the app wait for this attempt, so that it outlives the app's interest:
   * from now on the adapter does not break it off, nor close its answer, because the app gives the
   * call up, closes what it was given or has all it wants. Whoever says so closes the answer.
   */
  public void share() {
    shared = true;
  }

  /** For the adapter, asked at the moment when it would break the attempt off for the app. */
  public boolean shared() {
    return shared;
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
