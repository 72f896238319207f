// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.LiveBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Shows each read's bytes to a {@link LiveBody} before the reader has them, where they lie: nothing
 * is copied, nothing is read ahead. Closed before its end, it tells that the app stopped reading.
 */
final class TappedSource extends ForwardingSource {

  private final LiveBody body;
  private final @Nullable CancelLink link;
  private final long length;
  private long seen;
  private boolean looking = true;
  private Buffer.@Nullable UnsafeCursor cursor;

  /**
   * @param length -1 if unknown
   */
  TappedSource(Source original, long length, LiveBody body, @Nullable CancelLink link) {
    super(original);
    this.length = length;
    this.body = body;
    this.link = link;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (link != null) {
      link.check();
    }
    long count;
    try {
      count = super.read(sink, byteCount);
    } catch (IOException | RuntimeException e) {
      body.error(e);
      closeLink();
      throw e;
    }
    if (count > 0 && looking) {
      show(sink, count);
    }
    // A reader that knows the length, or JSON's end, never asks for the end of the stream.
    if (count == -1 || (length >= 0 && seen >= length)) {
      body.end();
      closeLink();
    }
    return count;
  }

  /** The bytes just read are the sink's last ones. */
  private void show(Buffer sink, long count) {
    seen += count;
    try {
      Buffer.UnsafeCursor at = cursor;
      if (at == null) {
        at = new Buffer.UnsafeCursor();
        cursor = at;
      }
      sink.readUnsafe(at);
      try {
        for (int n = at.seek(sink.size() - count); n > 0; n = at.next()) {
          body.bytes(ByteBuffer.wrap(at.data, at.start, n));
        }
      } finally {
        at.close();
      }
    } catch (Throwable t) {
      looking = false;
      OkHttpAdapter.fault(t);
      body.error(null);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      body.error(null); // No more than the first ending counts.
      closeLink();
    }
  }

  private void closeLink() {
    if (link != null) {
      link.close();
    }
  }
}
