// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Content;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body for an app that reads it as a stream, pulled as it is read and no further. Read
 * by one thread at a time; closed by any.
 */
public final class ContentStream extends InputStream {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final BlockingCall<?> call;
  private final Content content;
  private final long length;
  private final int rest;

  /** Set while somebody reads. */
  private final AtomicBoolean busy = new AtomicBoolean();

  private ByteBuffer chunk = NOTHING;
  private long position;
  private boolean ended;
  private volatile boolean closed;

  /** Asked for, and not there yet when the reader had to leave. */
  private @Nullable CompletableFuture<@Nullable ByteBuffer> coming;

  /**
   * @param length in bytes, so that a reader that knows it need not ask for the end; -1 if unknown
   */
  public ContentStream(BlockingCall<?> call, Content content, long length) {
    this(call, content, length, 0);
  }

  /**
   * @param length as above
   * @param rest about so many bytes are read at most when an answer is closed that was not read to
   *     its end: parsers leave the end of an answer unread, and what it cost is known only then. 0
   *     for a stream of events, which may go on for long
   */
  public ContentStream(BlockingCall<?> call, Content content, long length, int rest) {
    this.call = call;
    this.content = content;
    this.length = length;
    this.rest = rest;
    if (length == 0) {
      // Nobody need read it, yet its end is to be heard of.
      try {
        fill();
      } catch (IOException e) {
        // Whoever reads it all the same is told again.
      }
    }
  }

  @Override
  public int read() throws IOException {
    busy.set(true);
    try {
      if (!fill()) {
        return -1;
      }
      int next = chunk.get() & 0xff;
      passed(1);
      return next;
    } finally {
      busy.set(false);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    busy.set(true);
    try {
      if (!fill()) {
        return -1;
      }
      int given = Math.min(count, chunk.remaining());
      chunk.get(bytes, offset, given);
      passed(given);
      return given;
    } finally {
      busy.set(false);
    }
  }

  private void passed(int count) {
    position += count;
    if (position == length && !chunk.hasRemaining()) {
      try {
        fill();
      } catch (IOException e) {
        // The next read, if there is one, fails as well.
      }
    }
  }

  /** Makes sure there is something to read; false at the end. */
  private boolean fill() throws IOException {
    while (!ended && !chunk.hasRemaining()) {
      if (closed) {
        throw new IOException("Stream closed");
      }
      ByteBuffer next = next();
      if (next == null) {
        ended = true;
        call.close();
      } else {
        chunk = next.duplicate(); // It may be a view on something that others read, too.
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
      ByteBuffer next = call.waitFor(asked);
      coming = null;
      return next;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      Ingress.fault("answer", e);
      throw new IOException("the answer cannot go on", e);
    }
  }

  @Override
  public int available() {
    return chunk.remaining();
  }

  @Override
  public void close() {
    if (!closed) {
      readOn();
      closed = true;
      content.close();
      call.abandon();
      call.close();
    }
  }

  private void readOn() {
    if (rest == 0 || !busy.compareAndSet(false, true)) {
      return;
    }
    try {
      for (int left = rest; left > 0 && fill(); ) {
        left -= chunk.remaining();
        chunk = NOTHING;
      }
    } catch (IOException | RuntimeException e) {
      // It was not to be.
    } finally {
      busy.set(false);
    }
  }
}
