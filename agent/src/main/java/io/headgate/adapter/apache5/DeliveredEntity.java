// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

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
 * The body of an answer as the app reads it.
 *
 * @param length in bytes; -1 if unknown
 * @param original the client's, if this has the same bytes
 */
record DeliveredEntity(
    InputStream stream,
    long length,
    @Nullable String type,
    @Nullable String encoding,
    @Nullable HttpEntity original)
    implements HttpEntity {

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public InputStream getContent() {
    return stream;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (stream) {
      stream.transferTo(out);
    }
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public boolean isChunked() {
    return original == null ? length < 0 : original.isChunked();
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
  public @Nullable Supplier<List<? extends Header>> getTrailers() {
    return original == null ? null : original.getTrailers();
  }

  @Override
  public Set<String> getTrailerNames() {
    Set<String> names = original == null ? null : original.getTrailerNames();
    return names == null ? Set.of() : names;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  @Override
  public String toString() {
    return original == null ? "an answer of " + length + " bytes" : original.toString();
  }
}
