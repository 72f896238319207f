// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.http.StreamingHttpOutputMessage.Body;

/**
 * A body that was written once, to be known before it is sent. Not more than {@link
 * RequestBody#CAPTURE_LIMIT} of it is held in memory. One that is larger is left to the app where
 * that can write it again; else its rest is in a temporary file, as long as this is open. Only
 * where there is no room for a file does memory have to do.
 *
 * <p>Made on one thread, which closes it; sent by any.
 */
final class WrittenBody implements AutoCloseable {

  /** In bytes. Spring 6.1.0 over Reactor Netty gets stuck in a body of more than 128 parts. */
  private static final int PART = 1 << 20;

  private final Body body;
  private final boolean repeatable;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream(1024);
  private long size;
  private boolean left;

  /** What comes after the start, and how much of the file is that, in bytes. */
  private @Nullable RandomAccessFile file;

  /** Null if it has no name any more. */
  private @Nullable Path path;

  private long filed;

  /** What comes after the file. */
  private @Nullable ByteArrayOutputStream end;

  // Guarded by this.
  private int writers;
  private boolean closed;

  private WrittenBody(Body body) {
    this.body = body;
    this.repeatable = body.repeatable();
  }

  /**
   * Has it written.
   *
   * @throws IOException what the app throws
   */
  static WrittenBody of(Body body) throws IOException {
    WrittenBody written = new WrittenBody(body);
    boolean taken = false;
    try {
      body.writeTo(written.new Taking());
      taken = true;
    } catch (IOException | RuntimeException e) {
      // However the app wraps what it was stopped with.
      if (!written.left) {
        throw e;
      }
      taken = true;
    } finally {
      if (!taken) {
        written.close();
      }
    }
    return written;
  }

  /** Opaque if it is too large. */
  RequestBody captured() {
    return size > RequestBody.CAPTURE_LIMIT
        ? RequestBody.OPAQUE
        : RequestBody.of(start.toByteArray());
  }

  /** The whole. One that was not captured is to be sent before this is closed. */
  Body whole() {
    if (left) {
      return body;
    }
    return size > RequestBody.CAPTURE_LIMIT ? this::writeTo : start::writeTo;
  }

  /** In bytes, of memory. */
  long held() {
    ByteArrayOutputStream rest = end;
    return (long) start.size() + (rest == null ? 0 : rest.size());
  }

  private void writeTo(OutputStream out) throws IOException {
    synchronized (this) {
      if (closed) {
        throw new IOException("the exchange is over");
      }
      writers++;
    }
    try {
      start.writeTo(out);
      byte[] chunk = new byte[(int) Math.min(PART, filed)];
      for (long at = 0; at < filed; ) {
        int count = read(at, chunk);
        out.write(chunk, 0, count);
        at += count;
      }
      ByteArrayOutputStream rest = end;
      if (rest != null) {
        rest.writeTo(out);
      }
    } finally {
      synchronized (this) {
        writers--;
        delete();
      }
    }
  }

  private synchronized int read(long at, byte[] chunk) throws IOException {
    RandomAccessFile from = file;
    if (from == null) {
      throw new IOException("the exchange is over");
    }
    from.seek(at);
    int count = (int) Math.min(chunk.length, filed - at);
    from.readFully(chunk, 0, count);
    return count;
  }

  /** It is not sent any more, but by who has begun to. */
  @Override
  public synchronized void close() {
    closed = true;
    delete();
  }

  // Called with this locked.
  private void delete() {
    if (!closed || writers > 0) {
      return;
    }
    RandomAccessFile old = file;
    Path at = path;
    file = null;
    path = null;
    try {
      if (old != null) {
        old.close();
      }
      if (at != null) {
        Files.deleteIfExists(at);
      }
    } catch (IOException e) {
      SpringAdapter.fault(e);
    }
  }

  /** Where the app writes it to. */
  private final class Taking extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      size += length;
      if (size > RequestBody.CAPTURE_LIMIT && repeatable) {
        left = true;
        start.reset();
        throw new IOException("the body is too large to be captured");
      }
      int fits = (int) Math.min(length, RequestBody.CAPTURE_LIMIT - start.size());
      start.write(bytes, from, fits);
      if (length > fits) {
        keep(bytes, from + fits, length - fits);
      }
    }

    private void keep(byte[] bytes, int from, int length) {
      ByteArrayOutputStream rest = end;
      if (rest == null) {
        try {
          file().write(bytes, from, length);
          filed += length;
          return;
        } catch (IOException e) {
          rest =
              new ByteArrayOutputStream(length); // That the disk is full is not the app's affair.
          end = rest;
        }
      }
      rest.write(bytes, from, length);
    }

    private RandomAccessFile file() throws IOException {
      RandomAccessFile open = file;
      if (open == null) {
        // Readable by its owner only. Not a channel, which an interrupt would close.
        Path made = Files.createTempFile("headgate", ".body");
        path = made;
        open = new RandomAccessFile(made.toFile(), "rw");
        file = open;
        unlink(made);
      }
      return open;
    }

    /** Nobody is to find it, or to have to clear it away, whatever becomes of this JVM. */
    private void unlink(Path made) {
      try {
        Files.delete(made);
        path = null;
      } catch (IOException e) {
        // Windows keeps it as long as it is open.
      }
    }
  }
}
