// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.client.StreamSource;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** The body of an answer as the client streams it, which is opened when it is first read. */
final class AnswerStream extends InputStream {

  private final HttpEntity entity;
  private @Nullable InputStream stream;

  AnswerStream(HttpEntity entity) {
    this.entity = entity;
  }

  /** Of an answer to a request that is cancelled if it is not read to its end. */
  static StreamSource of(@Nullable HttpEntity entity, Outgoing request) {
    return new StreamSource(
        entity == null ? null : new AnswerStream(entity),
        new StreamSource.Release() {
          @Override
          public void release(boolean whole) throws IOException {
            if (!whole) {
              request.cancel(); // Closing alone would read all the rest first.
            }
            if (entity != null) {
              entity.close();
            }
          }

          @Override
          public void interrupt() {
            request.cancel();
          }
        });
  }

  @Override
  public int read() throws IOException {
    return stream().read();
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    return stream().read(bytes, offset, count);
  }

  private InputStream stream() throws IOException {
    InputStream open = stream;
    if (open == null) {
      open = entity.getContent();
      open = open == null ? InputStream.nullInputStream() : open;
      stream = open;
    }
    return open;
  }
}
