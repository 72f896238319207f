// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Apart;
import io.headgate.gateway.ContentSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer from its connection when it is asked to, on the thread that asks or, if it may be
 * shared, on one of ours.
 */
final class AnswerSource implements ContentSource {

  /** In bytes. */
  private static final int CHUNK = 8192;

  private final InputStream stream;
  private final HttpURLConnection connection;
  private final boolean apart;
  private final Runnable over;

  /** Chunks are cut from it: the parts of a stream are far smaller. */
  private byte[] room = new byte[0];

  /** Guarded by this. */
  private boolean reading;

  /** Guarded by this. */
  private boolean closed;

  /**
   * @param apart whether it is read on threads of ours
   * @param over run when there is nothing left that could be broken off; maybe more than once
   */
  AnswerSource(InputStream stream, HttpURLConnection connection, boolean apart, Runnable over) {
    this.stream = stream;
    this.connection = connection;
    this.apart = apart;
    this.over = over;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    return apart ? Apart.run(this::pulled) : pulled();
  }

  private CompletionStage<@Nullable ByteBuffer> pulled() {
    try {
      return CompletableFuture.completedFuture(read());
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  private @Nullable ByteBuffer read() throws IOException {
    synchronized (this) {
      if (closed) {
        throw isClosed();
      }
      reading = true;
    }
    int count = -1;
    boolean left;
    if (room.length == 0) {
      room = new byte[CHUNK];
    }
    try {
      count = stream.read(room);
    } finally {
      synchronized (this) {
        reading = false;
        left = closed;
      }
      if (left) {
        // Whoever closed it could not, because it was being read.
        release();
      }
    }
    if (left) {
      throw isClosed();
    }
    if (count < 0) {
      room = new byte[0];
      over.run();
      return null;
    }
    return chunk(count);
  }

  private ByteBuffer chunk(int count) {
    if (count < room.length) {
      return ByteBuffer.wrap(Arrays.copyOf(room, count));
    }
    byte[] full = room;
    room = new byte[CHUNK];
    return ByteBuffer.wrap(full);
  }

  /** As the JDK's stream says it. */
  private static IOException isClosed() {
    return new IOException("stream is closed");
  }

  /** Never waits for the one who reads. */
  @Override
  public void close() {
    boolean cut;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      cut = reading;
    }
    if (cut) {
      SocketCut.cut(connection);
    } else {
      release();
    }
  }

  private void release() {
    over.run();
    try {
      stream.close();
    } catch (IOException e) {
      // Nobody wants it any more.
    }
  }

  synchronized boolean closed() {
    return closed;
  }

  /** So many bytes come without waiting. */
  int available() throws IOException {
    return stream.available();
  }
}
