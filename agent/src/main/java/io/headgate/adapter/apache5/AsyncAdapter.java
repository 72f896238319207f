// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether an asynchronous call is ours, and the boundary that no fault of ours crosses.
 *
 * <p>Only at the beginning of a client's execution chain is known what the app's request producer
 * sends, and only in {@code doExecute} which client that is; the latter leads to the former on the
 * same thread. A producer that leaves its request to another thread is not seen.
 */
final class AsyncAdapter {

  /** What is being executed on this thread, until its chain begins. */
  private static final ThreadLocal<@Nullable Executing> EXECUTING = new ThreadLocal<>();

  private AsyncAdapter() {}

  /**
   * A client at the beginning of a call.
   *
   * @param before what was there before this
   */
  record Executing(
      CloseableHttpAsyncClient client,
      @Nullable HandlerFactory<AsyncPushConsumer> pushes,
      @Nullable Executing before) {}

  /** Takes note of a client; what is returned is to be given to {@link #left}. */
  @SuppressWarnings("unchecked")
  static @Nullable Object entered(Object client, @Nullable Object pushes) {
    if (!Apache5Adapter.on()) {
      return null;
    }
    Executing executing =
        new Executing(
            (CloseableHttpAsyncClient) client,
            (HandlerFactory<AsyncPushConsumer>) pushes,
            EXECUTING.get());
    EXECUTING.set(executing);
    return executing;
  }

  static void left(Object entered) {
    Executing before = ((Executing) entered).before();
    if (before == null) {
      EXECUTING.remove();
    } else {
      EXECUTING.set(before);
    }
  }

  /** Whether the call is taken over: the chain is then not to be executed. */
  static boolean execute(
      Object element,
      @Nullable Object request,
      @Nullable Object producer,
      @Nullable Object scope,
      @Nullable Object callback) {
    Executing executing = EXECUTING.get();
    if (executing == null
        || !(request instanceof HttpRequest asked)
        || !(scope instanceof AsyncExecChain.Scope chain)
        || !(callback instanceof AsyncExecCallback told)) {
      return false;
    }
    EXECUTING.remove(); // Whatever is executed further down belongs to this.
    if (chain.originalRequest instanceof OutgoingMessage ours) {
      ours.executing(chain.execRuntime);
      return false;
    }
    Target target = Target.of(chain.route.getTargetHost(), asked);
    if (!Apache5Adapter.on()
        || target == null
        || !target.handled()
        || Fields.special(asked.getMethod(), asked)) {
      return false;
    }
    try {
      var uri = target.uri(asked.getPath());
      if (uri == null) {
        return false;
      }
      ChainStart start =
          new ChainStart(element, asked, (AsyncEntityProducer) producer, chain, told);
      new ChainCall(executing, target, uri, start).start();
      return true;
    } catch (Throwable t) {
      Apache5Adapter.fault(t);
      return false;
    }
  }
}
