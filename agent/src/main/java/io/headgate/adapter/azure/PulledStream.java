// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call that was made asynchronously, for an app that reads it as a stream all the
 * same. Read by one thread at a time, which waits; closed by any.
 */
final class PulledStream extends InputStream {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Content content;
  private final Runnable closed;
  private ByteBuffer chunk = NOTHING;
  private boolean ended;

  /** Asked for, and not there yet when the reader had to leave. */
  private @Nullable CompletableFuture<@Nullable ByteBuffer> coming;

  /**
   * @param closed told when the app wants no more of it
   */
  PulledStream(Content content, Runnable closed) {
    this.content = content;
    this.closed = closed;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk.get() & 0xff : -1;
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
    return given;
  }

  /** Makes sure there is something to read; false at the end. */
  private boolean fill() throws IOException {
    while (!ended && !chunk.hasRemaining()) {
      ByteBuffer next = next();
      if (next == null) {
        ended = true;
      } else {
        chunk = next.duplicate(); // Others may read it, too.
      }
    }
    return !ended;
  }

  private @Nullable ByteBuffer next() throws IOException {
    CompletableFuture<@Nullable ByteBuffer> asked = coming;
    if (asked == null) {
      asked = content.next().toCompletableFuture();
      coming = asked;
    }
    try {
      ByteBuffer next = asked.get();
      coming = null;
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      Throwable cause = Causes.of(e);
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw cause instanceof IOException failed ? failed : new IOException(cause);
    }
  }

  @Override
  public int available() {
    return chunk.remaining();
  }

  @Override
  public void close() {
    closed.run();
  }
}
