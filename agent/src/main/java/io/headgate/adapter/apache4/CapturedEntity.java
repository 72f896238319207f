// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/** A body in memory that is sent in the manner of another one: of known length or in chunks. */
final class CapturedEntity extends AbstractHttpEntity {

  private final byte[] bytes;
  private final long length;
  private final boolean repeatable;

  private CapturedEntity(byte[] bytes, long length, boolean repeatable) {
    this.bytes = bytes;
    this.length = length;
    this.repeatable = repeatable;
  }

  /** What the original wrote, or would have written, for the same request. */
  static CapturedEntity same(HttpEntity original, byte[] bytes) {
    return like(
        original, bytes, original.getContentLength(), original.isRepeatable(), null, null, true);
  }

  /**
   * Another body in place of the original.
   *
   * @param original null if there is none
   * @param type its type; null if a field says that
   * @param encoding its encoding; null if a field says that
   */
  static CapturedEntity instead(
      @Nullable HttpEntity original,
      RequestBody body,
      @Nullable String type,
      @Nullable String encoding) {
    byte[] bytes = body.bytes();
    boolean known = original == null || original.getContentLength() >= 0;
    return like(original, bytes, known ? bytes.length : -1, true, type, encoding, false);
  }

  private static CapturedEntity like(
      @Nullable HttpEntity original,
      byte[] bytes,
      long length,
      boolean repeatable,
      @Nullable String type,
      @Nullable String encoding,
      boolean described) {
    CapturedEntity entity = new CapturedEntity(bytes, length, repeatable);
    if (original != null) {
      entity.setChunked(original.isChunked());
    }
    if (described && original != null) {
      entity.setContentType(original.getContentType());
      entity.setContentEncoding(original.getContentEncoding());
    } else {
      entity.setContentType(type);
      entity.setContentEncoding(encoding);
    }
    return entity;
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
  public InputStream getContent() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
    out.flush();
  }

  @Override
  public boolean isStreaming() {
    return false;
  }
}
