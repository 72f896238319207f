// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.Causes;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.WireError;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream that has begun, on its way to the app. If it stops before its end, because a timer of
 * ours ran out or because the server closed it as if it were complete, the app is told in the words
 * of its format; a failure of the transport reaches the app as the client's own exception.
 */
final class GuardedSource implements ContentSource {

  private final ContentSource source;
  private final BooleanSupplier cutOff;
  private final Function<WireError, byte[]> words;
  private final Runnable broken;
  private boolean ended;

  /**
   * Guards a stream.
   *
   * @param cutOff asked at the end of the source: whether the stream had not come to its own
   * @param words how the format tells of an error in a stream
   * @param broken told once if it breaks off
   */
  GuardedSource(
      ContentSource source,
      BooleanSupplier cutOff,
      Function<WireError, byte[]> words,
      Runnable broken) {
    this.source = source;
    this.cutOff = cutOff;
    this.words = words;
    this.broken = broken;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    if (ended) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<@Nullable ByteBuffer> next = source.next().toCompletableFuture();
    if (next.isDone() && !next.isCompletedExceptionally() && next.join() != null) {
      return next;
    }
    return next.handle(this::passed);
  }

  private @Nullable ByteBuffer passed(@Nullable ByteBuffer chunk, @Nullable Throwable failure) {
    if (chunk != null) {
      return chunk;
    }
    ended = true;
    Throwable cause = failure == null ? null : Causes.of(failure);
    if (cause == null) {
      return cutOff.getAsBoolean()
          ? error(WireError.Kind.UPSTREAM, "the provider ended the stream before it was complete")
          : null;
    }
    if (cause instanceof TimedOut timedOut) {
      return error(WireError.Kind.TIMEOUT, String.valueOf(timedOut.getMessage()));
    }
    broken.run();
    throw new CompletionException(cause);
  }

  private ByteBuffer error(WireError.Kind kind, String message) {
    broken.run();
    return ByteBuffer.wrap(words.apply(new WireError(kind, message)));
  }

  @Override
  public void close() {
    source.close();
  }
}
