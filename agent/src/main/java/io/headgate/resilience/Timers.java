// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

/** Runs something later, on a thread of its own: tasks are short and never block. */
public interface Timers {

  /**
   * Runs the task after that time, unless it is cancelled before.
   *
   * @param nanos 0 or less for at once
   */
  Timer after(long nanos, Runnable task);

  /** Something that is going to happen. */
  interface Timer {
    /** Not any more. Does nothing if it has happened. */
    void cancel();
  }
}
