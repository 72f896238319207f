// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

/** An app on one client library. Knows nothing of the agent. */
interface App {

  /** The key that apps show. */
  String KEY = "app-key-of-its-own";

  /**
   * Makes the call and says what it saw; what it throws is part of that.
   *
   * @param saw gets what is known before anything is thrown
   */
  void ask(FaultCase asked, Saw saw) throws Exception;
}
