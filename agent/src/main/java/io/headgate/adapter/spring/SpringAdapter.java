// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.gateway.Exchange;
import io.headgate.gateway.Ingress;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import reactor.core.publisher.Mono;

/**
 * The switch of this adapter, and what its advice calls. These classes are defined once per class
 * loader that has a Spring, so what is static here is meant for that one Spring only.
 */
final class SpringAdapter {

  static final String STAGE = "spring";

  private static final @Nullable ClassLoader LOADER = SpringAdapter.loader();

  private static volatile boolean on = true;

  private SpringAdapter() {}

  private static @Nullable ClassLoader loader() {
    return HttpMethod.class.getClassLoader();
  }

  /** Of a call that this thread makes and waits for. */
  static Exchange.CallSite here() {
    return new Exchange.CallSite(STAGE, LOADER);
  }

  /** Of a call that this thread makes and other threads run. */
  static Exchange.CallSite subscribedHere() {
    return new Exchange.CallSite(STAGE, LOADER, Ingress.captureParent(LOADER));
  }

  /** What {@code WebClient} is to get from its connector; null if the original is to run. */
  @SuppressWarnings("unchecked")
  static @Nullable Mono<?> connect(
      Engine engine,
      Object connector,
      @Nullable Object method,
      @Nullable Object uri,
      @Nullable Object callback) {
    if (!on
        || !(uri instanceof URI target)
        || !Ingress.handles(target.getHost(), target.getPort())
        || !(method instanceof HttpMethod verb)
        || !(callback instanceof Function)) {
      return null;
    }
    return ReactiveCall.of(
        engine,
        (ClientHttpConnector) connector,
        verb,
        target,
        (Function<org.springframework.http.client.reactive.ClientHttpRequest, Mono<Void>>)
            callback);
  }

  /** The request that {@code RestClient} is to get from its factory in place of this one. */
  static @Nullable Object created(
      Engine engine, Object factory, @Nullable Object uri, @Nullable Object request) {
    if (!on
        || !(uri instanceof URI target)
        || !Ingress.handles(target.getHost(), target.getPort())
        || !(request instanceof ClientHttpRequest own)) {
      return request;
    }
    return new GatewayRequestOfFactory(engine, (ClientHttpRequestFactory) factory, own);
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
                  + LOADER
                  + ": "
                  + fault
                  + "; its Spring is not one of 6.1, 6.2, 7.0",
              fault));
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
