// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in place of a body of the app: those it wrote, or those the gateway sends instead. Framed
 * like the body they replace, and as repeatable in the client's eyes, so that the client repeats no
 * request it would not have repeated without us, and every one that it would.
 */
final class BytesEntity implements HttpEntity {

  private final HttpEntity original;
  private final byte[] bytes;
  private final long length;
  private final @Nullable String type;
  private final @Nullable String encoding;
  private final @Nullable Throwable failure;

  private BytesEntity(
      HttpEntity original,
      byte[] bytes,
      long length,
      @Nullable String type,
      @Nullable String encoding,
      @Nullable Throwable failure) {
    this.original = original;
    this.bytes = bytes;
    this.length = length;
    this.type = type;
    this.encoding = encoding;
    this.failure = failure;
  }

  /**
   * What a body of the app wrote.
   *
   * @param failure what it threw in the end, to be thrown where the app expects it; null if nothing
   */
  static BytesEntity written(HttpEntity original, byte[] bytes, @Nullable Throwable failure) {
    return new BytesEntity(
        original,
        bytes,
        original.getContentLength(),
        original.getContentType(),
        original.getContentEncoding(),
        failure);
  }

  /** Other bytes in place of a body of the app, whose type is told in the request's fields. */
  static BytesEntity instead(HttpEntity original, byte[] bytes) {
    return new BytesEntity(original, bytes, bytes.length, null, null, null);
  }

  @Override
  public boolean isRepeatable() {
    return original.isRepeatable();
  }

  @Override
  public boolean isChunked() {
    return original.isChunked();
  }

  @Override
  public long getContentLength() {
    return original.getContentLength() < 0 ? -1 : length;
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
  public InputStream getContent() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
    if (failure != null) {
      throw Unchecked.<IOException>sneak(failure);
    }
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public @Nullable Supplier<List<? extends Header>> getTrailers() {
    return original.getTrailers();
  }

  @Override
  public Set<String> getTrailerNames() {
    return original.getTrailerNames();
  }

  @Override
  public void close() throws IOException {
    original.close();
  }
}
