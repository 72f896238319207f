// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.gateway.Exchange;
import io.headgate.gateway.Ingress;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The switch of this adapter. These classes are defined once per class loader that has an HTTP
 * client of the SDK, so what is static here is meant for that one SDK only.
 */
final class AwsAdapter {

  static final String STAGE = "aws";

  private static volatile boolean on = true;

  private AwsAdapter() {}

  /** Whether calls to where this request leads are handled. Allocates nothing. */
  static boolean handles(SdkHttpRequest request) {
    return on && Ingress.handles(request.host(), port(request));
  }

  /** The port as its URI has it: -1 for that of the scheme. */
  private static int port(SdkHttpRequest request) {
    int port = request.port();
    return port == ("https".equals(request.protocol()) ? 443 : 80) ? -1 : port;
  }

  /** Of a call that is run by the thread that made it. */
  static Exchange.CallSite callSite() {
    return new Exchange.CallSite(STAGE, loader());
  }

  /** Of a call that other threads will run. */
  static Exchange.CallSite callSiteAndParent() {
    return new Exchange.CallSite(STAGE, loader(), Ingress.captureParent(loader()));
  }

  private static ClassLoader loader() {
    return SdkHttpRequest.class.getClassLoader();
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
          new IllegalStateException("adapter disabled: its AWS SDK is not known: " + fault, fault));
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

  static boolean on() {
    return on;
  }

  /** Tests switch it on again. */
  static void on(boolean newOn) {
    on = newOn;
  }
}
