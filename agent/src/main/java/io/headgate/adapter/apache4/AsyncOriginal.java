// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.Ingress;
import java.util.concurrent.Future;
import org.apache.http.nio.client.HttpAsyncClient;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A call as if we were not there, of which nothing has been sent: the client has it from its
 * beginning to its end. Thread-safe.
 */
final class AsyncOriginal<T> {

  private final HttpAsyncClient client;
  private final HttpAsyncResponseConsumer<T> consumer;
  private final HttpContext context;
  private final AsyncEnding<T> ending;
  private volatile @Nullable Future<T> running;
  private volatile boolean left;

  AsyncOriginal(
      HttpAsyncClient client,
      HttpAsyncResponseConsumer<T> consumer,
      HttpContext context,
      AsyncEnding<T> ending) {
    this.client = client;
    this.consumer = consumer;
    this.context = context;
    this.ending = ending;
  }

  /** Begins, unless the call is over; never throws. */
  void begin(HttpAsyncRequestProducer producer) {
    if (!ending.handOver()) {
      return;
    }
    boolean entered = Ingress.enter();
    try {
      Future<T> exchange = client.execute(producer, consumer, context, ending.future());
      running = exchange;
      if (left) {
        exchange.cancel(true);
      }
    } catch (Throwable t) {
      ending.refused(t);
    } finally {
      Ingress.leave(entered);
    }
  }

  /** The app gives it up. Returns whether the client took note. */
  boolean cancel() {
    left = true;
    Future<T> exchange = running;
    return exchange != null && exchange.cancel(true);
  }
}
