// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.Exchange;
import io.headgate.gateway.Ingress;
import org.apache.hc.core5.http.HttpHost;

/**
 * The switch of this adapter. These classes are defined once per class loader that has an
 * HttpClient 5, so what is static here is meant for that one only.
 */
final class Apache5Adapter {

  static final String CLIENT = "apache5";

  private static final ClassLoader LOADER = HttpHost.class.getClassLoader();

  /** Of calls that are run by the thread that makes them. */
  static final Exchange.CallSite CALL_SITE = new Exchange.CallSite(CLIENT, LOADER);

  private static volatile boolean on = true;

  private Apache5Adapter() {}

  /** Of a call that another thread will run. */
  static Exchange.CallSite elsewhere() {
    Object parent = Ingress.captureParent(LOADER);
    return parent == null ? CALL_SITE : new Exchange.CallSite(CLIENT, LOADER, parent);
  }

  static boolean on() {
    return on;
  }

  /**
   * Reports a fault of our own. A symbol that is missing will be missing in the next call too, so
   * that switches the adapter off, and is told once.
   */
  static void fault(Throwable fault) {
    if (!missedByUs(fault)) {
      Ingress.fault(CLIENT, fault);
    } else if (on) {
      on = false;
      Ingress.fault(
          CLIENT,
          new IllegalStateException(
              "adapter disabled for "
                  + Apache5Adapter.class.getClassLoader()
                  + ": "
                  + fault
                  + "; its HttpClient is not a 5.x that is known",
              fault));
    }
  }

  /** The topmost frame outside the JDK is whose symbol it is; we call code that has its own. */
  static boolean missedByUs(Throwable fault) {
    if (!(fault instanceof LinkageError)) {
      return false;
    }
    for (StackTraceElement frame : fault.getStackTrace()) {
      String type = frame.getClassName();
      if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
        return type.startsWith("io.headgate.");
      }
    }
    return true;
  }

  /** Tests switch it on again. */
  static void on(boolean newOn) {
    on = newOn;
  }
}
