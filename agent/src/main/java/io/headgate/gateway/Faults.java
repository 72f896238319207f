// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

/** Told of every fault of our own. Never throws. */
public interface Faults {
  /**
   * Told of a fault of our own at a named stage; the app's call goes on as if we were not there.
   */
  void fault(String stage, Throwable fault);
}
