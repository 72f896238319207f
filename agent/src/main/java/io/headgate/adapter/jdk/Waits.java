// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a call waits for without asking the client for it. Nobody's thread waits. */
final class Waits {

  /** Guarded by this. */
  private final Map<Object, CompletableFuture<?>> under = new HashMap<>();

  /** A stage that ends as that one does, unless it is ended before; which leaves that one alone. */
  <T extends @Nullable Object> CompletableFuture<T> on(CompletionStage<T> stage) {
    CompletableFuture<T> wait = new CompletableFuture<>();
    add(wait);
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                wait.complete(value);
              } else {
                wait.completeExceptionally(failure);
              }
            });
    return wait;
  }

  /** A stage that ends after so many nanoseconds, unless it is ended before. */
  CompletableFuture<@Nullable Void> lasting(long nanos) {
    CompletableFuture<@Nullable Void> wait = new CompletableFuture<>();
    add(wait);
    wait.completeOnTimeout(null, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    return wait;
  }

  private void add(CompletableFuture<?> wait) {
    Object key = new Object();
    synchronized (this) {
      under.put(key, wait);
    }
    var unused =
        wait.whenComplete(
            (value, failure) -> {
              synchronized (this) {
                under.remove(key);
              }
            });
  }

  /** Ends them all. */
  void end(Throwable why) {
    List<CompletableFuture<?>> all;
    synchronized (this) {
      all = new ArrayList<>(under.values());
    }
    for (CompletableFuture<?> wait : all) {
      wait.completeExceptionally(why);
    }
  }

  /** Runs something, on the thread that times for the whole JVM, unless the other is done first. */
  static void limit(CompletableFuture<?> other, long nanos, Runnable late) {
    CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
    timer.completeOnTimeout(null, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    var unused = timer.thenRun(late);
    var ignored = other.whenComplete((value, failure) -> timer.cancel(false));
  }

  /** In the client's words. */
  static HttpTimeoutException timedOut() {
    return new HttpTimeoutException("request timed out");
  }
}
