// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.TimeoutSettings;
import io.headgate.gateway.Control;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one attempt: each of them, when it runs out, breaks the attempt off. The app's own
 * timeouts are not among them: what they cover, and what is thrown then, is the client's to know.
 */
final class AttemptTimer {

  private final Control control;
  private final Timers timers;
  private final @Nullable Duration idle;
  private Timers.@Nullable Timer firstToken;
  private Timers.@Nullable Timer total;
  private Timers.@Nullable Timer idling;
  private boolean anyChunk;
  private boolean over;

  /** Starts the timers for the first content and for all of it. */
  AttemptTimer(Control control, TimeoutSettings timeout, Timers timers) {
    this.control = control;
    this.timers = timers;
    this.idle = timeout.idle();
    Duration first = timeout.firstToken();
    firstToken = first == null ? null : start(TimedOut.Timer.FIRST_TOKEN, first.toNanos());
    Duration all = timeout.total();
    total = all == null ? null : start(TimedOut.Timer.TOTAL, all.toNanos());
  }

  private Timers.Timer start(TimedOut.Timer which, long nanos) {
    return timers.after(
        nanos,
        () -> {
          // How long this call may take in all is nothing to the others that wait for its answer.
          if (which != TimedOut.Timer.TOTAL || !control.shared()) {
            control.abort(new TimedOut(which, nanos));
          }
        });
  }

  /** The first content is here. */
  synchronized void content() {
    if (firstToken != null) {
      firstToken.cancel();
      firstToken = null;
    }
  }

  /** Whatever comes next counts as the first content. */
  synchronized void contentWithNextChunk() {
    anyChunk = true;
  }

  /** A chunk is awaited. */
  synchronized void waiting() {
    Duration limit = idle;
    if (limit != null && idling == null && !over) {
      idling = start(TimedOut.Timer.IDLE, limit.toNanos());
    }
  }

  /** A chunk has come. */
  synchronized void came() {
    if (anyChunk) {
      content();
    }
    if (idling != null) {
      idling.cancel();
      idling = null;
    }
  }

  /** There is nothing left to time. */
  synchronized void over() {
    over = true;
    content();
    came();
    if (total != null) {
      total.cancel();
      total = null;
    }
  }

  /** Why one of the timers broke the attempt off; null if none did. */
  @Nullable TimedOut ranOut() {
    return control.aborted() instanceof TimedOut timedOut ? timedOut : null;
  }
}
