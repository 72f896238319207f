// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is pulled, as the stream the app reads. One reader at a time; {@link #close} may
 * come from any thread.
 */
final class ContentInputStream extends InputStream {

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final Content content;
  private final long length;
  private final Below below;
  private ByteBuffer chunk = NONE;
  private long position;
  private boolean ended;

  /** Asked for, and not there yet when the reader had to leave. */
  private @Nullable CompletableFuture<@Nullable ByteBuffer> coming;

  private final CompletableFuture<@Nullable Void> left = new CompletableFuture<>();
  private volatile boolean closed;

  /** What the stream stands on. */
  interface Below {
    /** So many bytes come without waiting, after those that were pulled. */
    int available() throws IOException;

    /** The stream has come to its end, or nobody reads on. May be told more than once. */
    void over();

    /** The app closed the stream before its end. */
    void left();
  }

  /**
   * @param length of the body in bytes, after which nobody has to wait for its end; -1 if unknown
   */
  ContentInputStream(Content content, long length, Below below) {
    this.content = content;
    this.length = length;
    this.below = below;
  }

  /** Sees to it that a body without bytes ends although the app need not read it. */
  void endIfEmpty() {
    if (length == 0) {
      try {
        fill();
      } catch (IOException e) {
        // Whoever reads it all the same is told again.
      }
    }
  }

  @Override
  public int read() throws IOException {
    if (!fill()) {
      return -1;
    }
    int next = chunk.get() & 0xff;
    passed(1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int given = Math.min(count, chunk.remaining());
    chunk.get(bytes, offset, given);
    passed(given);
    return given;
  }

  /** Apps that know the length do not read on to the end. */
  private void passed(int count) throws IOException {
    position += count;
    if (position == length && !chunk.hasRemaining()) {
      fill();
    }
  }

  /** Makes sure there is something to read; false at the end. */
  private boolean fill() throws IOException {
    if (closed) {
      throw new IOException("stream is closed");
    }
    while (!ended && !chunk.hasRemaining()) {
      ByteBuffer next;
      try {
        next = next();
      } catch (CompletionException e) {
        throw Thrown.io(Causes.of(e));
      }
      if (next == null) {
        ended = true;
        below.over();
      } else {
        chunk = next;
      }
    }
    return !ended;
  }

  private @Nullable ByteBuffer next() throws IOException {
    CompletableFuture<@Nullable ByteBuffer> asked = coming;
    if (asked == null) {
      asked = content.next().toCompletableFuture();
    }
    if (!asked.isDone()) {
      coming = asked;
      await(asked);
    }
    coming = null;
    return asked.join();
  }

  /** Waits for what another thread brings. */
  private void await(CompletableFuture<@Nullable ByteBuffer> asked) throws IOException {
    try {
      CompletableFuture.anyOf(asked, left).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException | CancellationException e) {
      return; // It is asked again.
    }
    if (!asked.isDone()) {
      throw new IOException("stream is closed");
    }
  }

  @Override
  public int available() throws IOException {
    int ready = chunk.remaining();
    return ready > 0 || ended || closed ? ready : below.available();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      content.close();
      below.over();
      left.complete(null);
      if (!ended) {
        below.left();
      }
    }
  }
}
