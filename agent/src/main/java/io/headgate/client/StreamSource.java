// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.ContentSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The body of an answer as a blocking client streams it, read as it is pulled. */
public final class StreamSource implements ContentSource {

  /** In bytes: enough for any event of a stream, and no burden for many calls at once. */
  private static final int CHUNK = 8192;

  private final InputStream stream;
  private final Release release;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private volatile boolean ended;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /** To be read into next. Used by whoever reads. */
  private byte @Nullable [] room;

  private enum State {
    IDLE,
    READING,
    RELEASED
  }

  /** What becomes of the connection. */
  public interface Release {
    /**
     * The body has ended, failed or is not wanted any more; nobody reads. Called once.
     *
     * @param whole whether it was read to its end, so that the connection can be used again
     * @throws Exception nobody cares
     */
    void release(boolean whole) throws Exception;

    /** Throws out the one who reads, from another thread. */
    void interrupt();
  }

  /**
   * @param stream null if there is no body
   */
  public StreamSource(@Nullable InputStream stream, Release release) {
    this.stream = stream == null ? InputStream.nullInputStream() : stream;
    this.release = release;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    Throwable known = failure;
    if (known != null) {
      return CompletableFuture.failedFuture(known);
    }
    if (ended) {
      return CompletableFuture.completedFuture(null);
    }
    if (!state.compareAndSet(State.IDLE, State.READING)) {
      return CompletableFuture.failedFuture(new IOException("closed"));
    }
    try {
      byte[] bytes = room == null ? new byte[CHUNK] : room;
      room = null;
      int count = stream.read(bytes);
      if (count < 0) {
        ended = true;
        return CompletableFuture.completedFuture(null);
      }
      if (count <= CHUNK / 2) {
        // Who keeps chunks, keeps what they hold and not the room around it.
        room = bytes;
        bytes = Arrays.copyOf(bytes, count);
      }
      return CompletableFuture.completedFuture(ByteBuffer.wrap(bytes, 0, count));
    } catch (Throwable t) {
      failure = t;
      return CompletableFuture.failedFuture(t);
    } finally {
      state.set(State.IDLE);
      if (ended || closed || failure != null) {
        release();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    if (!release()) {
      release.interrupt(); // The reader then releases it.
    }
  }

  /** Returns whether it is released; it is not while somebody reads. */
  private boolean release() {
    if (!state.compareAndSet(State.IDLE, State.RELEASED)) {
      return state.get() == State.RELEASED;
    }
    try {
      release.release(ended);
    } catch (Exception e) {
      // The connection is gone either way.
    }
    return true;
  }
}
