// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is pulled rather than pushed, so that it can be looked at before it is
 * given to the app, replaced, or made by us. What was looked at is kept and comes first afterwards.
 * Shows every chunk to the {@link LiveBody} it belongs to when it comes from its source, once.
 *
 * <p>Pulled by one at a time; {@link #close} may come from any thread.
 */
public final class Content implements ContentSource {

  private static final CompletionStage<@Nullable ByteBuffer> END =
      CompletableFuture.completedFuture(null);

  private final ContentSource source;
  private final LiveBody body;
  private final ReentrantLock lock = new ReentrantLock();

  /** Chunks that were looked at and not yet taken. Guarded by the lock. */
  private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>();

  private volatile boolean ended;
  private volatile boolean closed;

  /** Looks at an answer that the app has not seen yet. */
  public interface Look {
    /** A chunk; it may be read but is not to be kept. Returns whether enough was seen. */
    boolean seen(ByteBuffer chunk);

    /** There is no more. */
    void end();
  }

  /**
   * @param body whose taps see the bytes; this content ends it
   */
  public Content(ContentSource source, LiveBody body) {
    this.source = source;
    this.body = body;
  }

  /** Bytes of our own. */
  public static Content of(byte[] bytes, LiveBody body) {
    return new Content(new Bytes(bytes), body);
  }

  /** What sees the bytes of this content. */
  public LiveBody body() {
    return body;
  }

  /**
   * Shows the answer from its beginning until enough was seen or it ends. Completes with whether it
   * has ended; fails if the source does, and then fails again for whoever pulls. Fails too if the
   * look throws, and has then lost nothing.
   *
   * @param limit no more than this many bytes are held, give or take a chunk
   */
  public CompletionStage<Boolean> hold(Look look, long limit) {
    long size = 0;
    lock.lock();
    try {
      for (ByteBuffer chunk : held) {
        size += chunk.remaining();
        if (look.seen(chunk.asReadOnlyBuffer())) {
          return CompletableFuture.completedFuture(false);
        }
      }
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      lock.unlock();
    }
    try {
      return holdMore(look, limit, size);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Boolean> holdMore(Look look, long limit, long before) {
    long size = before;
    while (size < limit) {
      CompletableFuture<@Nullable ByteBuffer> next = pull().toCompletableFuture();
      if (!next.isDone() || next.isCompletedExceptionally()) {
        long sizeNow = size;
        return next.thenCompose(
            chunk -> {
              boolean enough = keep(look, chunk);
              return enough || chunk == null
                  ? CompletableFuture.completedFuture(chunk == null)
                  : holdMore(look, limit, sizeNow + chunk.remaining());
            });
      }
      ByteBuffer chunk = next.join();
      boolean enough = keep(look, chunk);
      if (enough || chunk == null) {
        return CompletableFuture.completedFuture(chunk == null);
      }
      size += chunk.remaining();
    }
    return CompletableFuture.completedFuture(false);
  }

  private boolean keep(Look look, @Nullable ByteBuffer chunk) {
    if (chunk == null) {
      look.end();
      return true;
    }
    lock.lock();
    try {
      held.add(chunk);
    } finally {
      lock.unlock();
    }
    return look.seen(chunk.asReadOnlyBuffer());
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    lock.lock();
    try {
      ByteBuffer first = held.poll();
      if (first != null) {
        return CompletableFuture.completedFuture(first);
      }
    } finally {
      lock.unlock();
    }
    return pull();
  }

  private CompletionStage<@Nullable ByteBuffer> pull() {
    if (ended) {
      return END;
    }
    CompletableFuture<@Nullable ByteBuffer> next = source.next().toCompletableFuture();
    if (next.isDone() && !next.isCompletedExceptionally()) {
      show(next.join(), null);
      return next;
    }
    return next.whenComplete(this::show);
  }

  private void show(@Nullable ByteBuffer chunk, @Nullable Throwable failure) {
    if (failure != null) {
      body.error(Causes.of(failure));
    } else if (chunk == null) {
      ended = true;
      body.end();
    } else {
      body.bytes(chunk);
    }
  }

  /** Whether the source has come to its end. */
  public boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    lock.lock();
    try {
      held.clear();
    } finally {
      lock.unlock();
    }
    source.close();
    body.error(null); // No more than the first ending counts.
  }

  /** Bytes in memory, as one chunk. */
  private static final class Bytes implements ContentSource {
    private byte @Nullable [] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes.length == 0 ? null : bytes;
    }

    @Override
    public CompletionStage<@Nullable ByteBuffer> next() {
      byte[] all = bytes;
      bytes = null;
      return all == null ? END : CompletableFuture.completedFuture(ByteBuffer.wrap(all));
    }

    @Override
    public void close() {
      bytes = null;
    }
  }
}
