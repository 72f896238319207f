// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.gateway.Exchange;
import io.headgate.gateway.Ingress;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * The switch of this adapter, and what its advice calls. These classes are defined once per class
 * loader that has a Vert.x, so what is static here is meant for that one Vert.x only.
 */
final class VertxAdapter {

  static final String STAGE = "vertx";

  private static final @Nullable ClassLoader LOADER = HttpClient.class.getClassLoader();

  private static volatile boolean on = true;

  private VertxAdapter() {}

  /**
   * What the app is to get for a request that is to be made; null if the original is to run. The
   * future completes on the app's context, as the client's own does, but before anything connects.
   */
  static @Nullable Future<HttpClientRequest> request(Object client, @Nullable Object options) {
    if (!on || !(options instanceof RequestOptions asked) || !(client instanceof HttpClient own)) {
      return null;
    }
    Target target = Target.of(own, asked);
    if (target == null || !Ingress.handles(target.host(), target.namedPort())) {
      return null;
    }
    if (asked.getMethod() == null
        || HttpMethod.CONNECT.equals(asked.getMethod())
        || Internals.redirecting()) {
      return null;
    }
    Context context = Internals.context(own);
    Exchange.CallSite site = new Exchange.CallSite(STAGE, LOADER, Ingress.captureParent(LOADER));
    HttpClientRequest request =
        new VertxCall(own, new RequestOptions(asked), target, context, site).request();
    Promise<HttpClientRequest> promise = Internals.promise(context);
    context.runOnContext(nothing -> promise.tryComplete(request));
    return promise.future();
  }

  /** The same for an app that is called back; not null if it will be. */
  @SuppressWarnings("unchecked")
  static @Nullable Object request(
      Object client, @Nullable Object options, @Nullable Object handler) {
    Future<HttpClientRequest> request =
        handler instanceof Handler ? request(client, options) : null;
    if (request != null) {
      var unused = request.onComplete((Handler<AsyncResult<HttpClientRequest>>) handler);
    }
    return request;
  }

  /** As the client itself does it; to be called on the context that the app called it on. */
  static Future<HttpClientRequest> original(HttpClient client, RequestOptions options) {
    boolean entered = Ingress.enter();
    try {
      return client.request(options);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    } finally {
      Ingress.leave(entered);
    }
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
                  + "; its Vert.x is not one of 4.5, 5.x",
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
}
