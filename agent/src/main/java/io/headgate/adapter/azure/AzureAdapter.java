// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.headgate.gateway.Ingress;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What the advice of both methods has in common: whether a call is ours, and the boundary that no
 * fault of ours crosses. It is below the policies of a pipeline, which sign, retry and log; a
 * request to another host that one of them makes of an answer comes in again.
 */
public final class AzureAdapter {

  static final String CLIENT = "azure";

  /** Set when this azure-core lacks something we link against; nothing is handled then. */
  private static volatile boolean off;

  private AzureAdapter() {}

  /** The publisher for the app, or null to let the original method run. */
  static @Nullable Object send(Object client, @Nullable Object request, @Nullable Object context) {
    if (!(request instanceof HttpRequest asked) || !handles(asked)) {
      return null;
    }
    try {
      HttpClient azure = (HttpClient) client;
      Context options = context == null ? Context.NONE : (Context) context;
      // The client has its own opinion of what is missing in a request.
      return Asked.complete(asked) ? AsyncSend.of(azure, asked, options) : null;
    } catch (Throwable t) {
      failed(t);
      return null;
    }
  }

  /** {@code {response, exception}}, or null to let the original method run. */
  static Object @Nullable [] sendSync(
      Object client, @Nullable Object request, @Nullable Object context) {
    if (!(request instanceof HttpRequest asked) || !handles(asked)) {
      return null;
    }
    try {
      if (!Asked.complete(asked)
          || (Kind.of(client).blocksInReactor() && Schedulers.isInNonBlockingThread())) {
        return null; // Reactor does not let this thread wait, and says so.
      }
      Context options = context == null ? Context.NONE : (Context) context;
      return SyncSend.run((HttpClient) client, asked, options);
    } catch (Throwable t) {
      failed(t);
      return null;
    }
  }

  /** The call as the client itself makes it: nested in one of ours, or because we have a fault. */
  static Mono<HttpResponse> original(HttpClient client, HttpRequest request, Context context) {
    boolean entered = Ingress.enter();
    try {
      return client.send(request, context);
    } finally {
      Ingress.leave(entered);
    }
  }

  /** The first thing asked of every call: one look-up, no allocation. */
  private static boolean handles(HttpRequest request) {
    if (off) {
      return false;
    }
    URL url = request.getUrl();
    return url != null && Ingress.handles(url.getHost(), url.getPort());
  }

  /** Faults get here only before the call went out: the original method then makes it. */
  static void failed(Throwable fault) {
    if (missedByUs(fault)) {
      off = true;
    }
    Ingress.fault(CLIENT, fault);
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
    return !off;
  }

  /** Tests switch it on again. */
  static void on(boolean newOn) {
    off = !newOn;
  }
}
