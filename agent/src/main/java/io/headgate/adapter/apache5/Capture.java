// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as the gateway sees it, and what to send if nothing changes it.
 *
 * @param sent the app's own instance unless it was read; then what was read is in its place
 */
record Capture(RequestBody seen, @Nullable HttpEntity sent) {

  /**
   * Reads a body if that can be undone: it can be written again, or read up to a limit and on from
   * there, or it says how long it is.
   *
   * @param readable whether somebody reads bodies of its kind
   */
  static Capture of(@Nullable HttpEntity entity, boolean readable) {
    if (entity == null) {
      return new Capture(RequestBody.NONE, null);
    }
    long length = entity.getContentLength();
    if (!readable || length > RequestBody.CAPTURE_LIMIT || trailers(entity)) {
      return new Capture(RequestBody.OPAQUE, entity);
    }
    if (entity.isRepeatable()) {
      return repeatable(entity);
    }
    if (entity.isStreaming()) {
      return streamed(entity, length);
    }
    return length < 0 ? new Capture(RequestBody.OPAQUE, entity) : once(entity);
  }

  private static boolean trailers(HttpEntity entity) {
    Set<String> names = entity.getTrailerNames();
    return names != null && !names.isEmpty();
  }

  private static Capture repeatable(HttpEntity entity) {
    Limited out = new Limited(RequestBody.CAPTURE_LIMIT);
    try {
      entity.writeTo(out);
    } catch (Throwable t) {
      // It is too large, or throws: that is to happen where the app expects it.
      return new Capture(RequestBody.OPAQUE, entity);
    }
    return whole(entity, out.toByteArray());
  }

  private static Capture once(HttpEntity entity) {
    Limited out = new Limited(Long.MAX_VALUE);
    try {
      entity.writeTo(out);
    } catch (Throwable t) {
      return new Capture(RequestBody.OPAQUE, BytesEntity.written(entity, out.toByteArray(), t));
    }
    return whole(entity, out.toByteArray());
  }

  private static Capture streamed(HttpEntity entity, long length) {
    Limited out = new Limited(Long.MAX_VALUE);
    long limit = length < 0 ? RequestBody.CAPTURE_LIMIT : length;
    InputStream in;
    try {
      in = entity.getContent();
    } catch (Throwable t) {
      return new Capture(RequestBody.OPAQUE, entity);
    }
    if (in == null) {
      return new Capture(RequestBody.OPAQUE, entity);
    }
    try {
      byte[] buffer = new byte[8192];
      while (length < 0 ? out.size() <= limit : out.size() < limit) {
        int most = length < 0 ? buffer.length : (int) Math.min(buffer.length, limit - out.size());
        int count = in.read(buffer, 0, most);
        if (count < 0) {
          in.close();
          return whole(entity, out.toByteArray());
        }
        out.write(buffer, 0, count);
      }
      if (length >= 0) {
        in.close();
        return whole(entity, out.toByteArray());
      }
    } catch (Throwable t) {
      return new Capture(RequestBody.OPAQUE, BytesEntity.written(entity, out.toByteArray(), t));
    }
    return new Capture(RequestBody.OPAQUE, new ResumedEntity(entity, out.toByteArray(), in));
  }

  private static Capture whole(HttpEntity entity, byte[] bytes) {
    long length = entity.getContentLength();
    return new Capture(
        length < 0 || length == bytes.length ? RequestBody.of(bytes) : RequestBody.OPAQUE,
        BytesEntity.written(entity, bytes, null));
  }

  /** Takes no more than it may. */
  private static final class Limited extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long limit;

    Limited(long limit) {
      this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int count) throws IOException {
      if (bytes.size() + (long) count > limit) {
        throw new IOException("more than " + limit + " bytes");
      }
      bytes.write(buffer, offset, count);
    }

    int size() {
      return bytes.size();
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
