// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer's body, asked for when it is read: some clients read all of it when they are asked.
 *
 * <p>Others fill whatever array they are given before they return, however long that takes, and do
 * not tell what is there already. Read by lines, such a body is handed on as it comes: an event of
 * a stream ends with a line.
 */
final class LazyBody extends InputStream {

  private final ClientHttpResponse response;
  private final boolean lines;
  private @Nullable InputStream stream;
  private volatile boolean cut;

  // Of reading by lines: what comes after the bytes that were handed on.
  private boolean ended;
  private @Nullable IOException failed;
  private @Nullable RuntimeException thrown;

  /**
   * @param lines whether a read is to return at the end of a line
   */
  LazyBody(ClientHttpResponse response, boolean lines) {
    this.response = response;
    this.lines = lines;
  }

  private InputStream stream() throws IOException {
    InputStream open = stream;
    if (open == null) {
      open = response.getBody();
      stream = open;
    }
    return open;
  }

  @Override
  public int read() throws IOException {
    return known(stream().read());
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    return known(lines ? line(bytes, offset, count) : stream().read(bytes, offset, count));
  }

  private int line(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (failed != null) {
      throw failed;
    }
    if (thrown != null) {
      throw thrown;
    }
    int read = 0;
    try {
      InputStream from = stream();
      int next = 0;
      while (read < count && next != '\n' && !ended) {
        next = from.read();
        if (next < 0) {
          ended = true;
        } else {
          bytes[offset + read++] = (byte) next;
        }
      }
    } catch (IOException e) {
      failed = e;
      if (read == 0) {
        throw e;
      }
    } catch (RuntimeException e) {
      thrown = e;
      if (read == 0) {
        throw e;
      }
    }
    return read == 0 && count > 0 ? -1 : read;
  }

  /** Whoever reads what another thread closes may be told that this is the end. */
  private int known(int read) throws IOException {
    if (read < 0 && cut) {
      throw new IOException("closed");
    }
    return read;
  }

  /** Gives the rest up, whoever reads. */
  void cut() {
    cut = true;
    try {
      // Spring 6.1 over Reactor Netty gives a body when it has all of it.
      if (response.getClass().getSimpleName().equals("ReactorNettyClientResponse")) {
        response.close();
      } else {
        response.getBody().close();
      }
    } catch (IOException | RuntimeException e) {
      // It is gone either way.
    }
  }
}
