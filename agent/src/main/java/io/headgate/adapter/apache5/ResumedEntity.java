// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A streamed body of the app that turned out too large to be kept: what was read, and the rest. */
final class ResumedEntity extends HttpEntityWrapper {

  private final InputStream all;

  ResumedEntity(HttpEntity original, byte[] read, InputStream rest) {
    super(original);
    this.all = new SequenceInputStream(new ByteArrayInputStream(read), rest);
  }

  @Override
  public InputStream getContent() {
    return all;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (all) {
      all.transferTo(out);
    }
  }
}
