// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The attempts of one call whose answers are judged, in order. They never overlap. */
final class JudgedAttempts {

  private final List<JudgedAttempt> all = new CopyOnWriteArrayList<>();
  private final long firstNanos;

  /**
   * @param firstNanos when the first is about to be sent
   */
  JudgedAttempts(long firstNanos) {
    this.firstNanos = firstNanos;
  }

  long firstNanos() {
    return firstNanos;
  }

  /** One more begins; those before it whose answers have ended were judged by now. */
  void began(JudgedAttempt attempt) {
    all.forEach(JudgedAttempt::settle);
    all.add(attempt);
  }

  void callOver() {
    all.forEach(JudgedAttempt::callOver);
  }
}
