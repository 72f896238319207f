// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.ContentStream;
import io.headgate.gateway.Content;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A body as the app reads it. There are two ways to leave one: closing the stream, for which the
 * client may read on to save the connection, and closing the response, which cuts it.
 */
final class ClassicBody extends InputStream {

  private final ContentStream stream;
  private final Content content;
  private final @Nullable ClassicAnswer answer;
  private final boolean delimited;
  private final BooleanSupplier left;

  /** At its end, or failed: as in EofSensorInputStream, nothing more comes, nor is read. */
  private boolean over;

  private volatile boolean closed;

  /**
   * @param answer the client's own; null if it is of our making
   * @param delimited whether the client reads to its end before it closes the stream
   * @param left whether the app has aborted its request
   */
  ClassicBody(
      ContentStream stream,
      Content content,
      @Nullable ClassicAnswer answer,
      boolean delimited,
      BooleanSupplier left) {
    this.stream = stream;
    this.content = content;
    this.answer = answer;
    this.delimited = delimited;
    this.left = left;
  }

  @Override
  public int read() throws IOException {
    check();
    if (over) {
      return -1;
    }
    try {
      int next = stream.read();
      over = next < 0;
      return next;
    } catch (IOException e) {
      over = true;
      throw thrown(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    check();
    if (over) {
      return -1;
    }
    try {
      int read = stream.read(bytes, offset, count);
      over = read < 0;
      return read;
    } catch (IOException e) {
      over = true;
      throw thrown(e);
    }
  }

  private void check() throws IOException {
    if (closed) {
      throw new IOException("Attempted read on closed stream."); // EofSensorInputStream's words
    }
  }

  /** An aborted request shows as a closed socket to who reads. */
  private IOException thrown(IOException thrown) {
    if (!left.getAsBoolean() || thrown instanceof SocketException) {
      return thrown;
    }
    SocketException closedSocket = new SocketException("Socket closed"); // the JDK's words
    closedSocket.initCause(thrown);
    return closedSocket;
  }

  @Override
  public int available() throws IOException {
    check();
    return stream.available();
  }

  /** As the client's stream is closed, which then throws what the client's does. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    ClassicAnswer own = answer;
    if (own == null || over) {
      stream.close();
      return;
    }
    own.orderly();
    IOException thrown = delimited ? rest() : null;
    stream.close();
    thrown = thrown == null ? own.closing() : thrown;
    if (thrown != null && !left.getAsBoolean()) {
      throw thrown;
    }
  }

  /** Reads what the client would read now, where it can be seen; returns what it fails with. */
  private @Nullable IOException rest() {
    byte[] bytes = new byte[2048];
    try {
      while (stream.read(bytes) >= 0) {
        // On its way to nobody.
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  /** The app closes the response: at once, whatever is unread. */
  void cut() {
    closed = true;
    stream.close();
  }

  /** The app has aborted its request; whoever reads is thrown out. */
  void abandon() {
    content.close();
  }
}
