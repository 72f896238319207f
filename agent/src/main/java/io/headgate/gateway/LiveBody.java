// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer while it flows from the client's transport to the app. The adapter drives
 * it: {@link #bytes} for each chunk, then {@link #end} or {@link #error}; the taps only look. None
 * of these ever throws. Exactly one ending reaches each tap, whatever the adapter reports
 * afterwards; it may come from another thread than the bytes (an app that cancels), even in the
 * middle of them.
 */
public final class LiveBody {

  private static final BodyTap[] NONE = {};

  private final FaultListener faults;

  /** Replaced, never changed, so that one thread may end the body while another reads it. */
  private volatile BodyTap[] taps = NONE;

  /** Where a tap's own fault is reported. */
  public interface FaultListener {
    void tapFailed(Throwable fault);
  }

  public LiveBody(FaultListener faults) {
    this.faults = faults;
  }

  /** Adds a tap. Only before the adapter delivers the head of the answer to the app. */
  public synchronized void tap(BodyTap tap) {
    BodyTap[] more = Arrays.copyOf(taps, taps.length + 1);
    more[taps.length] = tap;
    taps = more;
  }

  /** Whether nobody looks, so that an adapter need not wrap the stream. */
  public boolean untapped() {
    return taps.length == 0;
  }

  /** A chunk on its way to the app; the buffer's position is left as it is. */
  public void bytes(ByteBuffer chunk) {
    if (!chunk.hasRemaining()) {
      return;
    }
    BodyTap[] current = taps;
    if (current.length == 0) {
      return;
    }
    // One view for all: a stream has thousands of chunks.
    ByteBuffer view = chunk.duplicate();
    for (BodyTap tap : current) {
      try {
        view.limit(chunk.limit()).position(chunk.position());
        tap.onBytes(view);
      } catch (Throwable t) {
        drop(tap, t);
      }
    }
  }

  public void end() {
    for (BodyTap tap : takeAll()) {
      try {
        tap.onEnd();
      } catch (Throwable t) {
        report(t);
      }
    }
  }

  /** The body ended early; null when the app itself stopped reading. */
  public void error(@Nullable Throwable cause) {
    for (BodyTap tap : takeAll()) {
      error(tap, cause);
    }
  }

  /** Whoever gets the taps ends them; nothing of a call is held on to afterwards. */
  private synchronized BodyTap[] takeAll() {
    BodyTap[] all = taps;
    taps = NONE;
    return all;
  }

  /** A tap that failed still has to let go of what it holds: a span, a reservation. */
  private void drop(BodyTap failed, Throwable fault) {
    boolean ours = false;
    synchronized (this) {
      BodyTap[] current = taps;
      for (int i = 0; i < current.length; i++) {
        if (current[i] == failed) {
          BodyTap[] fewer = new BodyTap[current.length - 1];
          System.arraycopy(current, 0, fewer, 0, i);
          System.arraycopy(current, i + 1, fewer, i, fewer.length - i);
          taps = fewer;
          ours = true;
          break;
        }
      }
    }
    report(fault);
    if (ours) {
      error(failed, null);
    }
  }

  private void error(BodyTap tap, @Nullable Throwable cause) {
    try {
      tap.onError(cause);
    } catch (Throwable t) {
      report(t);
    }
  }

  private void report(Throwable fault) {
    try {
      faults.tapFailed(fault);
    } catch (Throwable ignored) {
      // Nothing is left to try.
    }
  }
}
