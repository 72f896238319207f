// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.LiveBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer on its way to the app: reads like the connection's own stream and shows
 * what went by to the taps, each byte once even if the app goes back to a mark. Bytes the app reads
 * one by one are shown together, at the latest before the next one may have to be waited for.
 */
// A stream has one reader at a time; the lock would be held while reading.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class TappedInputStream extends FilterInputStream {

  private static final int SKIP_CHUNK = 8192;

  /** How many single bytes are shown at once, at most. */
  private static final int COLLECTED = 512;

  /** Keeps what the reader shows apart from an end that comes from another thread. */
  private final ReentrantLock showing = new ReentrantLock();

  private final LiveBody body;
  private final long length;
  private final AnswerBody owner;
  private byte @Nullable [] collected;
  private int collectedCount;

  /** So many bytes come without waiting. */
  private int ready;

  /** Thrown to us while we asked what is ready; it is the app's with the next read. */
  private @Nullable IOException early;

  private long position;
  private long seen;
  private long marked;
  private volatile boolean ended;

  /**
   * A tapped view of the stream.
   *
   * @param length of the body in bytes; -1 if the answer does not tell
   * @param owner kept reachable, because an owner nobody can reach counts as dropped
   */
  TappedInputStream(InputStream source, LiveBody body, long length, AnswerBody owner) {
    super(source);
    this.body = body;
    this.length = length;
    this.owner = owner;
  }

  boolean reads(InputStream source) {
    return in == source;
  }

  @Override
  public int read() throws IOException {
    failEarly();
    int read;
    try {
      read = in.read();
    } catch (IOException e) {
      fail(e);
      throw e;
    }
    if (read < 0) {
      end();
    } else if (++position > seen && !ended) {
      seen = position;
      collect((byte) read);
      if (seen == length) {
        end();
      } else if (--ready <= 0) {
        lookAhead();
      }
    }
    return read;
  }

  private void collect(byte next) {
    showing.lock();
    try {
      byte[] room = collected;
      if (room == null) {
        room = new byte[COLLECTED];
        collected = room;
      }
      room[collectedCount++] = next;
      if (collectedCount == COLLECTED) {
        showCollected();
      }
    } finally {
      showing.unlock();
    }
  }

  /** To be called holding the lock. */
  private void showCollected() {
    byte[] room = collected;
    int count = collectedCount;
    collectedCount = 0;
    if (room != null && count > 0 && !ended) {
      body.bytes(ByteBuffer.wrap(room, 0, count));
    }
  }

  private void lookAhead() {
    try {
      ready = in.available();
    } catch (IOException e) {
      ready = 0;
      early = e;
    }
    if (ready <= 0) {
      showing.lock();
      try {
        showCollected();
      } finally {
        showing.unlock();
      }
    }
  }

  private void failEarly() throws IOException {
    IOException failure = early;
    if (failure != null) {
      early = null;
      fail(failure);
      throw failure;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    failEarly();
    int read;
    try {
      read = in.read(bytes, offset, count);
    } catch (IOException | RuntimeException e) {
      // What is unchecked is about the app's arguments, not about the body.
      if (e instanceof IOException) {
        fail(e);
      }
      throw e;
    }
    ready = 0;
    if (read < 0) {
      end();
    } else if (read > 0) {
      position += read;
      int fresh = (int) Math.min(read, position - seen);
      if (fresh > 0 && !ended) {
        seen = position;
        show(ByteBuffer.wrap(bytes, offset + read - fresh, fresh));
        if (seen == length) {
          // Apps that know the length do not read on to the end.
          end();
        }
      }
    }
    return read;
  }

  private void show(ByteBuffer chunk) {
    showing.lock();
    try {
      showCollected();
      if (!ended) {
        body.bytes(chunk);
      }
    } finally {
      showing.unlock();
    }
  }

  /** Reads what it skips, as the connection's own stream does. */
  @Override
  public long skip(long count) throws IOException {
    if (count <= 0) {
      return in.skip(0);
    }
    byte[] skipped = new byte[(int) Math.min(SKIP_CHUNK, count)];
    long left = count;
    while (left > 0) {
      int read = read(skipped, 0, (int) Math.min(skipped.length, left));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return count - left;
  }

  @Override
  public void mark(int limit) {
    super.mark(limit);
    marked = position;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    position = marked;
    ready = 0;
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      fail(null);
    }
  }

  /**
   * The body ends early; from any thread. After a time-out the app may read on, but the taps have
   * been told.
   */
  void fail(@Nullable Exception cause) {
    finishShowing();
    body.error(cause);
    owner.ended();
  }

  private void end() {
    finishShowing();
    body.end();
    owner.ended();
  }

  private void finishShowing() {
    showing.lock();
    try {
      showCollected();
      ended = true;
    } finally {
      showing.unlock();
    }
  }
}
