// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.FailureKind;
import io.headgate.gateway.Causes;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.WireError;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that has begun, on its way to the app. If it stops before its end, because a timer of
 * ours ran out or because the server closed it as if it were complete, the app is told in the words
 * of its format; a failure of the transport reaches the app as the client's own exception.
 */
final class GuardedSource implements ContentSource {

  private static final String INCOMPLETE = "the provider ended the stream before it was complete";

  private final ContentSource source;
  private final BooleanSupplier cutOff;
  private final BooleanSupplier complete;
  private final Words words;
  private final Consumer<FailureKind> broken;
  private boolean ended;

  /** How a format tells of an error. */
  interface Words {
    /** What is added to the stream; null if nothing of ours can be, as in one that is packed. */
    byte @Nullable [] of(WireError error);
  }

  /**
   * Guards a stream.
   *
   * @param cutOff asked at the end of the source: whether the stream had not come to its own
   * @param complete asked when the source fails: whether the app has been told of the end already
   * @param words how the format tells of an error in a stream
   * @param broken told once, and why, if it breaks off and the app has not given it up
   */
  GuardedSource(
      ContentSource source,
      BooleanSupplier cutOff,
      BooleanSupplier complete,
      Words words,
      Consumer<FailureKind> broken) {
    this.complete = complete;
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
      if (!cutOff.getAsBoolean()) {
        return null;
      }
      broken.accept(FailureKind.INVALID_JSON);
      return error(WireError.Kind.UPSTREAM, new EOFException(INCOMPLETE));
    }
    if (complete.getAsBoolean()) {
      return null; // The app has all of it.
    }
    FailureKind kind = Failures.of(cause);
    if (kind != FailureKind.CANCELLED) {
      broken.accept(kind);
    }
    if (cause instanceof TimedOut) {
      return error(WireError.Kind.TIMEOUT, cause);
    }
    throw new CompletionException(cause);
  }

  private ByteBuffer error(WireError.Kind kind, Throwable why) {
    byte[] bytes = words.of(new WireError(kind, String.valueOf(why.getMessage())));
    if (bytes == null) {
      throw new CompletionException(why);
    }
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public void close() {
    source.close();
  }
}
