// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.entity.AbstractHttpEntity;

/** The entity of an answer, over the body that the app reads. */
final class AnswerEntity extends AbstractHttpEntity {

  private final InputStream body;
  private final long length;

  /**
   * @param length in bytes; -1 if unknown
   */
  AnswerEntity(InputStream body, long length, boolean isChunked) {
    this.body = body;
    this.length = length;
    setChunked(isChunked);
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public InputStream getContent() {
    return body;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (body) {
      body.transferTo(out);
    }
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  /** Gives the connection back, as the client's own does. */
  @Override
  @Deprecated
  public void consumeContent() throws IOException {
    body.close();
  }
}
