// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.Causes;
import io.headgate.gateway.ContentSource;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An attempt's content under its timers: fails with {@link TimedOut} where one of them broke it
 * off, with what the client threw where not.
 */
final class TimedSource implements ContentSource {

  private final ContentSource source;
  private final AttemptTimer timer;

  TimedSource(ContentSource source, AttemptTimer timer) {
    this.source = source;
    this.timer = timer;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    timer.waiting();
    CompletableFuture<@Nullable ByteBuffer> next = source.next().toCompletableFuture();
    if (next.isDone() && !next.isCompletedExceptionally()) {
      came(next.join());
      return next;
    }
    return next.handle(this::came);
  }

  private @Nullable ByteBuffer came(@Nullable ByteBuffer chunk, @Nullable Throwable failure) {
    if (failure == null) {
      came(chunk);
      return chunk;
    }
    timer.over();
    TimedOut ranOut = timer.ranOut();
    throw new CompletionException(ranOut != null ? ranOut : Causes.of(failure));
  }

  private void came(@Nullable ByteBuffer chunk) {
    timer.came();
    if (chunk == null) {
      timer.over();
    }
  }

  @Override
  public void close() {
    timer.over();
    source.close();
  }
}
