// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the app holds: cancelling it cancels the exchange first, as the client's own does. */
final class AsyncFuture<T> implements Future<T> {

  private final Future<T> future;
  private final Runnable cancelling;

  AsyncFuture(Future<T> future, Runnable cancelling) {
    this.future = future;
    this.cancelling = cancelling;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    cancelling.run();
    return future.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean isCancelled() {
    return future.isCancelled();
  }

  @Override
  public boolean isDone() {
    return future.isDone();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    return future.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(timeout, unit);
  }

  @Override
  public String toString() {
    return future.toString();
  }
}
