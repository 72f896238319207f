// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Exchange;
import io.headgate.gateway.Ingress;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * The switch of this adapter. These classes are defined once per class loader that has an OkHttp,
 * so what is static here is meant for that one OkHttp only.
 */
final class OkHttpAdapter {

  static final String STAGE = "okhttp";

  static final Exchange.CallSite CALL_SITE =
      new Exchange.CallSite(STAGE, OkHttpClient.class.getClassLoader());

  private static volatile boolean on = true;

  private OkHttpAdapter() {}

  /** Where a call comes from: the one call site unless another thread enqueued it. */
  static Exchange.CallSite callSite(Call call) {
    Object parent = Parents.of(call);
    return parent == null
        ? CALL_SITE
        : new Exchange.CallSite(CALL_SITE.client(), CALL_SITE.loader(), parent);
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
      Ingress.fault(STAGE, fault);
    } else if (on) {
      on = false;
      Ingress.fault(
          STAGE,
          new IllegalStateException(
              "adapter disabled for "
                  + OkHttpAdapter.class.getClassLoader()
                  + ": "
                  + fault
                  + "; its OkHttp is not one of 3.14, 4.x, 5.x",
              fault));
    }
  }

  /**
   * Takes note of what asking the app's code has thrown. That is the app's to see, who gets it from
   * OkHttp as well; unless it was we who asked for something that this OkHttp has not.
   */
  static void thrownByApp(Throwable thrown) {
    if (missedByUs(thrown)) {
      fault(thrown);
    }
  }

  /** The topmost frame outside the JDK is whose symbol it is; we call code that has its own. */
  private static boolean missedByUs(Throwable fault) {
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
