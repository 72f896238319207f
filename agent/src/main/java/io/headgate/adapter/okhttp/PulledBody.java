// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A body that is pulled from a {@link Content} as the app reads it, and no further. */
final class PulledBody extends ResponseBody {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Content content;
  private final @Nullable MediaType type;
  private final long length;
  private final Patience patience;
  private final @Nullable OkHttpAttempts attempts;
  private final BufferedSource source;

  /**
   * @param length in bytes; -1 if unknown
   * @param patience of the app's thread
   * @param attempts closed with this body; null if none were made
   * @param timeout that of the source below, if there is one
   */
  PulledBody(
      Content content,
      @Nullable MediaType type,
      long length,
      Patience patience,
      @Nullable OkHttpAttempts attempts,
      Timeout timeout) {
    this.content = content;
    this.type = type;
    this.length = length;
    this.patience = patience;
    this.attempts = attempts;
    this.source = Okio.buffer(new Pull(timeout));
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  private final class Pull implements Source {
    private final Timeout timeout;
    private ByteBuffer chunk = NOTHING;
    private long seen;

    /** Asked for, and not there yet when the reader had to leave. */
    private @Nullable CompletableFuture<@Nullable ByteBuffer> coming;

    Pull(Timeout timeout) {
      this.timeout = timeout;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      if (byteCount <= 0) {
        return 0;
      }
      while (!chunk.hasRemaining()) {
        ByteBuffer next = next();
        if (next == null) {
          return -1;
        }
        chunk = next.duplicate(); // It may be a view on something that others read, too.
      }
      int count = (int) Math.min(byteCount, chunk.remaining());
      ByteBuffer part = chunk.duplicate();
      part.limit(part.position() + count);
      sink.write(part);
      chunk.position(chunk.position() + count);
      seen += count;
      if (length >= 0 && seen >= length && !chunk.hasRemaining()) {
        end();
      }
      return count;
    }

    /** A reader that knows the length, or JSON's end, never asks for the end of the stream. */
    private void end() {
      try {
        ByteBuffer more = next();
        if (more != null) {
          chunk = more.duplicate();
        }
      } catch (IOException e) {
        // The next read, if there is one, fails as well.
      }
    }

    private @Nullable ByteBuffer next() throws IOException {
      if (patience.over()) {
        throw left(patience.ended());
      }
      Throwable failure;
      try {
        CompletableFuture<@Nullable ByteBuffer> asked = coming;
        if (asked == null) {
          asked = content.next().toCompletableFuture();
          coming = asked;
        }
        IOException end = patience.until(asked);
        if (end != null) {
          throw left(end);
        }
        coming = null;
        return asked.get();
      } catch (ExecutionException e) {
        failure = Causes.of(e);
      } catch (Throwable t) {
        failure = t;
      }
      if (failure instanceof IOException || (attempts != null && attempts.threw(failure))) {
        throw Unchecked.<IOException>sneak(failure);
      }
      OkHttpAdapter.fault(failure);
      throw new IOException("the answer cannot go on", failure);
    }

    /** An interrupted reader may come back; otherwise the app has gone, and it shows at once. */
    private IOException left(@Nullable IOException why) {
      IOException end = why == null ? new IOException("Canceled") : why;
      if (patience.ended() != null) {
        content.body().error(end);
        content.close();
      }
      return end;
    }

    @Override
    public Timeout timeout() {
      return timeout;
    }

    @Override
    public void close() {
      patience.leave();
      content.close();
      if (attempts != null) {
        attempts.close();
      }
    }
  }
}
