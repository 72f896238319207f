// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer while it flows from the client's transport to the app. The adapter drives
 * it: {@link #bytes} for each chunk, then {@link #end} or {@link #error}; the taps only look.
 * Exactly one ending reaches the taps whatever the adapter reports afterwards. Calls come one after
 * another, though perhaps on different threads; the ending may race with them (an app that cancels
 * from another thread), so it is guarded.
 */
public final class LiveBody {

  private final List<BodyTap> taps = new ArrayList<>(3);
  private final FaultListener faults;
  private boolean ended;

  /** Where a tap's own fault is reported. */
  public interface FaultListener {
    void tapFailed(Throwable fault);
  }

  public LiveBody(FaultListener faults) {
    this.faults = faults;
  }

  /** Adds a tap. Only before the adapter delivers the head of the answer to the app. */
  public void tap(BodyTap tap) {
    taps.add(tap);
  }

  /** Whether nobody looks, so that an adapter need not wrap the stream. */
  public boolean untapped() {
    return taps.isEmpty();
  }

  /** A chunk on its way to the app; the buffer's position is left as it is. */
  public void bytes(ByteBuffer chunk) {
    if (!chunk.hasRemaining()) {
      return;
    }
    for (int i = 0; i < taps.size(); i++) {
      try {
        taps.get(i).onBytes(chunk.duplicate());
      } catch (Throwable t) {
        drop(i--, t);
      }
    }
  }

  public void end() {
    if (finish()) {
      for (BodyTap tap : taps) {
        try {
          tap.onEnd();
        } catch (Throwable t) {
          report(t);
        }
      }
    }
  }

  /** The body ended early; null when the app itself stopped reading. */
  public void error(@Nullable Throwable cause) {
    if (finish()) {
      for (BodyTap tap : taps) {
        try {
          tap.onError(cause);
        } catch (Throwable t) {
          report(t);
        }
      }
    }
  }

  private synchronized boolean finish() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  private void drop(int index, Throwable fault) {
    BodyTap tap = taps.remove(index);
    report(fault);
    try {
      // It still has to let go of what it holds: a span, a reservation.
      tap.onError(null);
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
