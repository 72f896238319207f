// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a blocking client does for an attempt that may be shared, on a thread of ours: the app's
 * thread can leave then without ending it.
 */
public final class Apart {

  private Apart() {}

  /**
   * Does the work. It sees the context class loader of this one, as the app's part in it
   * (interceptors, authenticators) may need. What depends on the stage runs on the thread of ours.
   */
  public static <T> CompletionStage<T> run(Supplier<CompletionStage<T>> work) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    CompletableFuture<T> result = new CompletableFuture<>();
    Ingress.background(() -> follow(done(work, loader), result));
    return result;
  }

  private static <T> CompletionStage<T> done(
      Supplier<CompletionStage<T>> work, ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.get();
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  private static <T> void follow(CompletionStage<T> stage, CompletableFuture<T> result) {
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(failure);
              }
            });
  }
}
