// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

/** A call whose answer flows to the app, for as long as the app cares. */
interface Watched {

  /** When something last happened to the answer, in the clock's nanoseconds. */
  long activeNanos();

  /** Ends the call because the app seems to have forgotten its answer. */
  void abandon();
}
