// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Caller;
import io.headgate.gateway.Causes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with a look when something is there.
 *
 * @param background runs what follows, where it has to be waited for
 * @param fault what becomes of the look if that throws
 */
record Later(
    Caller caller, Executor background, Function<Throwable, CompletionStage<Looked>> fault) {

  /** Goes on. The stage fails only if the app gives up meanwhile. */
  <T extends @Nullable Object> CompletionStage<Looked> after(
      CompletionStage<T> stage, Function<T, CompletionStage<Looked>> then) {
    CompletableFuture<T> known = stage.toCompletableFuture();
    if (known.isDone()) {
      return then.apply(known.join());
    }
    // Not on the thread that brings it, which others wait for. What fails there is our fault, what
    // fails here is the app's.
    CompletionStage<Boolean> over =
        known.handleAsync((value, failure) -> failure == null, background);
    return caller
        .await(over)
        .thenCompose(
            well -> {
              try {
                return then.apply(known.join());
              } catch (Throwable t) {
                return fault.apply(Causes.of(t));
              }
            });
  }
}
