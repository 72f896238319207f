// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import java.io.IOException;

/** One of our timers ran out. The message names the timer; it is for people. */
final class TimedOut extends IOException {

  private static final long serialVersionUID = 1L;

  /** Which timer. */
  enum Timer {
    FIRST_TOKEN("first-token"),
    IDLE("idle"),
    TOTAL("total");

    private final String text;

    Timer(String text) {
      this.text = text;
    }
  }

  private final Timer timer;

  TimedOut(Timer timer, long nanos) {
    super("timeout." + timer.text + " of " + nanos / 1_000_000 + " ms ran out");
    this.timer = timer;
  }

  Timer timer() {
    return timer;
  }
}
