// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the app writes its request to. Keeps the bytes until the answer is asked for. A body that
 * outgrows {@link RequestBody#CAPTURE_LIMIT}, or is not as long as was said, goes straight to the
 * connection's own stream from there on, which then also says what is wrong with it. Without
 * streaming mode that stream keeps all of it, which is once, as without us. In streaming mode a
 * body that is flushed before it is complete goes straight there too: somebody may wait for it.
 */
final class RequestOutput extends OutputStream {

  private final boolean streaming;
  private final long fixedLength;
  private Kept kept = new Kept(256);
  private byte @Nullable [] whole;
  private boolean flushed;
  private volatile @Nullable Passage passage;
  private volatile @Nullable OutputStream passed;
  private volatile @Nullable IOException refused;
  private volatile boolean closed;

  /** The bytes so far. */
  private static final class Kept extends ByteArrayOutputStream {
    Kept(int capacity) {
      super(capacity);
    }

    /** Whether this may be one whole JSON object, judged by its ends. */
    synchronized boolean object() {
      int last = count - 1;
      while (last >= 0 && buf[last] <= ' ' && buf[last] > 0) {
        last--;
      }
      return last > 0 && buf[0] == '{' && buf[last] == '}';
    }
  }

  /** Opens the way to the connection's own stream. */
  interface Passage {
    /** Starts the call, writes what was kept and returns where the rest goes. */
    OutputStream open() throws IOException;
  }

  /**
   * An output that keeps what it is given.
   *
   * @param streaming whether the app chose one of the streaming modes
   * @param fixedLength the length the app said, in bytes; -1 if it said none
   */
  RequestOutput(boolean streaming, long fixedLength, Passage passage) {
    this.streaming = streaming;
    this.fixedLength = fixedLength;
    this.passage = passage;
  }

  @Override
  public void write(int b) throws IOException {
    OutputStream target = targetFor(1);
    if (target != null) {
      target.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    OutputStream target = targetFor(count);
    if (target != null) {
      target.write(bytes, offset, count);
    }
  }

  /** Null if the bytes go nowhere: the JDK ignores what comes after close without streaming. */
  private @Nullable OutputStream targetFor(int count) throws IOException {
    OutputStream own = passed;
    if (own != null) {
      return own;
    }
    if (closed) {
      if (streaming) {
        throw new IOException("Stream is closed");
      }
      return null;
    }
    long size = (long) kept.size() + count;
    boolean outgrown = size > RequestBody.CAPTURE_LIMIT || (fixedLength >= 0 && size > fixedLength);
    return outgrown || flushed ? pass() : kept;
  }

  @Override
  public void flush() throws IOException {
    OutputStream own = passed;
    if (own == null && streaming && fixedLength < 0 && !closed && kept.size() > 0) {
      if (kept.object()) {
        // Writers flush when they are closed, too: if more comes after all, it goes on then.
        flushed = true;
      } else {
        own = pass();
      }
    }
    if (own != null) {
      own.flush();
    }
  }

  @Override
  public void close() throws IOException {
    OutputStream own = passed;
    if (own == null && !closed && incomplete()) {
      own = pass();
    }
    closed = true;
    if (own != null) {
      own.close();
    }
  }

  /** Goes over to the connection's own stream. */
  OutputStream pass() throws IOException {
    OutputStream own = passed;
    if (own != null) {
      return own;
    }
    IOException before = refused;
    if (before != null) {
      throw before;
    }
    Passage way = passage;
    if (way == null) {
      throw new IOException("Stream is closed");
    }
    try {
      own = way.open();
    } catch (IOException e) {
      refused = e;
      throw e;
    }
    passage = null;
    passed = own;
    kept = new Kept(0);
    return own;
  }

  /** Whether the app said more bytes than it wrote. */
  boolean incomplete() {
    return fixedLength >= 0 && kept.size() != fixedLength;
  }

  /** Takes no more bytes and gives what it was given, for the gateway to look at. */
  RequestBody finish() {
    closed = true;
    // It leads back to the connection, which must be able to become unreachable.
    passage = null;
    byte[] all = kept.toByteArray();
    whole = all;
    kept = new Kept(0);
    return RequestBody.of(all);
  }

  /** Writes what was kept. May be called again for another attempt. */
  void replay(OutputStream target) throws IOException {
    byte[] all = whole;
    if (all == null) {
      kept.writeTo(target);
    } else {
      target.write(all);
    }
  }
}
