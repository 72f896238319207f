// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

/** A thread that waits, and can be made to stop by an interrupt of which nothing is left after. */
final class Waiting {

  private final Thread thread = Thread.currentThread();

  // Guarded by this.
  private boolean over;
  private boolean ended;

  /** From another thread. */
  synchronized void end() {
    if (!over) {
      ended = true;
      thread.interrupt();
    }
  }

  /** It waits no more. */
  synchronized void over() {
    over = true;
    if (ended) {
      Thread.interrupted(); // That was us.
    }
  }
}
