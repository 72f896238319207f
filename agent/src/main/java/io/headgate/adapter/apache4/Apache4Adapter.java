// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.Ingress;

/**
 * The switch of this adapter. These classes are defined once per class loader that has a client, so
 * what is static here is meant for that one only. Names nothing of the client's.
 */
final class Apache4Adapter {

  static final String CLIENT = "apache4";

  private static volatile boolean on = true;

  private Apache4Adapter() {}

  static boolean on() {
    return on;
  }

  /**
   * Reports a fault of our own. A symbol that is missing will be missing in the next call too, so
   * that switches the adapter off, and is told once.
   */
  static void fault(Throwable fault) {
    if (!(fault instanceof LinkageError)) {
      Ingress.fault(CLIENT, fault);
    } else if (on) {
      on = false;
      Ingress.fault(
          CLIENT,
          new IllegalStateException(
              "adapter disabled for "
                  + Apache4Adapter.class.getClassLoader()
                  + ": "
                  + fault
                  + "; its client is not one of HttpClient 4.5.x, HttpAsyncClient 4.1.x",
              fault));
    }
  }

  /** Tests switch it on again. */
  static void on(boolean newOn) {
    on = newOn;
  }
}
