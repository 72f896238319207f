// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the client's future until there is one. As with the client's, {@code cancel(true)}
 * on it or on a future derived from it cancels the exchange; it completes on the thread that
 * completes the client's.
 */
final class BridgeFuture<T> extends CompletableFuture<T> {

  private final Call call;

  /**
   * @param abandon run when the app cancels before there is anything to follow
   */
  BridgeFuture(Runnable abandon) {
    this(new Call(abandon));
  }

  private BridgeFuture(Call call) {
    this.call = call;
  }

  /** The call that a future and all derived from it stand for. */
  private static final class Call {
    private final Runnable abandon;
    private @Nullable CompletableFuture<?> inner;
    private boolean cancelled;

    Call(Runnable abandon) {
      this.abandon = abandon;
    }

    synchronized boolean follow(CompletableFuture<?> future) {
      inner = future;
      return cancelled;
    }

    void cancel() {
      CompletableFuture<?> future;
      synchronized (this) {
        cancelled = true;
        future = inner;
      }
      if (future != null) {
        future.cancel(true);
      } else {
        abandon.run();
      }
    }
  }

  /** Cancelling this one cancels that one from now on. */
  void hold(CompletableFuture<?> future) {
    if (call.follow(future)) {
      future.cancel(true);
    }
  }

  void follow(CompletableFuture<T> future) {
    hold(future);
    var unused =
        future.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                complete(value);
              } else {
                completeExceptionally(failure);
              }
            });
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean done = isDone();
    // Ours first: the client's, once cancelled, completes this one, which then cannot be cancelled.
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (mayInterruptIfRunning && !done) {
      call.cancel();
    }
    return cancelled;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new BridgeFuture<>(call);
  }
}
