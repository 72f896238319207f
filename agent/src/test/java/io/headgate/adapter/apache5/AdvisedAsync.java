// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;

/** Has the advice's effect on a client's {@code doExecute}. */
final class AdvisedAsync extends CloseableHttpAsyncClient {

  private final CloseableHttpAsyncClient client;

  AdvisedAsync(CloseableHttpAsyncClient client) {
    this.client = client;
  }

  @Override
  protected <T> Future<T> doExecute(
      HttpHost host,
      AsyncRequestProducer producer,
      AsyncResponseConsumer<T> consumer,
      HandlerFactory<AsyncPushConsumer> pushes,
      HttpContext context,
      FutureCallback<T> callback) {
    Object entered = AsyncExecuteAdvice.enter(this, pushes);
    try {
      return client.execute(host, producer, consumer, pushes, context, callback);
    } finally {
      AsyncExecuteAdvice.exit(entered);
    }
  }

  @Override
  public void start() {
    client.start();
  }

  @Override
  public IOReactorStatus getStatus() {
    return client.getStatus();
  }

  @Override
  public void awaitShutdown(TimeValue time) throws InterruptedException {
    client.awaitShutdown(time);
  }

  @Override
  public void initiateShutdown() {
    client.initiateShutdown();
  }

  @Override
  public void register(String host, String pattern, Supplier<AsyncPushConsumer> supplier) {
    client.register(host, pattern, supplier);
  }

  @Override
  public void close(CloseMode mode) {
    client.close(mode);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
