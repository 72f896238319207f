// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in place of a body of the app: those it produced, or those the gateway sends instead.
 * Framed like the body they replace, and as repeatable in the client's eyes. Serves one request,
 * and that again if the client repeats it.
 */
final class BytesProducer implements AsyncEntityProducer {

  private final ByteBuffer bytes;
  private final long length;
  private final boolean chunked;
  private final boolean repeatable;
  private final @Nullable String type;
  private final @Nullable String encoding;

  private BytesProducer(
      byte[] bytes,
      long length,
      boolean chunked,
      boolean repeatable,
      @Nullable String type,
      @Nullable String encoding) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.length = length;
    this.chunked = chunked;
    this.repeatable = repeatable;
    this.type = type;
    this.encoding = encoding;
  }

  /** What a body of the app produced. */
  static BytesProducer produced(AsyncEntityProducer original, byte[] bytes) {
    return new BytesProducer(
        bytes,
        original.getContentLength(),
        original.isChunked(),
        original.isRepeatable(),
        original.getContentType(),
        original.getContentEncoding());
  }

  /** Other bytes, whose type is told in the request's fields. */
  static BytesProducer instead(@Nullable AsyncEntityProducer original, byte[] bytes) {
    return original == null
        ? new BytesProducer(bytes, bytes.length, false, true, null, null)
        : new BytesProducer(
            bytes,
            original.getContentLength() < 0 ? -1 : bytes.length,
            original.isChunked(),
            original.isRepeatable(),
            null,
            null);
  }

  @Override
  public boolean isRepeatable() {
    return repeatable;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public @Nullable String getContentType() {
    return type;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return encoding;
  }

  @Override
  public boolean isChunked() {
    return chunked;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }

  @Override
  public int available() {
    return Integer.MAX_VALUE; // Even after the last byte there is an end to be told.
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    if (!bytes.hasRemaining()) {
      channel.endStream();
    }
  }

  @Override
  public void failed(Exception cause) {
    releaseResources();
  }

  @Override
  public void releaseResources() {
    bytes.rewind();
  }
}
