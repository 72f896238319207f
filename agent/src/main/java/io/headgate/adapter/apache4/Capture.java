// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Set;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.entity.BasicHttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read for the gateway. What is in memory is copied and left alone. Anything
 * else is the app's to write, once: from then on what it wrote is only here.
 *
 * @param seen as the gateway is shown it
 * @param instead what to send in place of the app's entity, which has been used up; null if that is
 *     as it was
 */
record Capture(RequestBody seen, @Nullable HttpEntity instead) {

  private static final Capture NONE = new Capture(RequestBody.NONE, null);
  private static final Capture OPAQUE = new Capture(RequestBody.OPAQUE, null);

  /** They give the same bytes whenever they are asked. Exact names: a subclass may do anything. */
  private static final Set<String> IN_MEMORY =
      Set.of(
          "org.apache.http.entity.ByteArrayEntity",
          "org.apache.http.entity.StringEntity",
          "org.apache.http.client.entity.UrlEncodedFormEntity",
          "org.apache.http.nio.entity.NByteArrayEntity",
          "org.apache.http.nio.entity.NStringEntity");

  /** The entity of a request; null if it has none. */
  static @Nullable HttpEntity entity(HttpRequest request) {
    return request instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
  }

  static boolean inMemory(HttpEntity entity) {
    return IN_MEMORY.contains(entity.getClass().getName());
  }

  /**
   * Reads a body, however long the app takes to write it.
   *
   * @throws IOException what the app's entity throws
   */
  static Capture of(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return NONE;
    }
    long length = entity.getContentLength();
    if (length > RequestBody.CAPTURE_LIMIT) {
      return OPAQUE;
    }
    if (length >= 0 || entity.isRepeatable()) {
      return written(entity);
    }
    return entity.isStreaming() ? read(entity) : OPAQUE;
  }

  private static Capture written(HttpEntity entity) throws IOException {
    Limited out = new Limited();
    try {
      entity.writeTo(out);
    } catch (TooLarge e) {
      if (entity.isRepeatable()) {
        return OPAQUE; // It will write all of it again.
      }
      throw e; // More than it said: the client would fail as well.
    }
    byte[] bytes = out.toByteArray();
    return new Capture(
        RequestBody.of(bytes), inMemory(entity) ? null : CapturedEntity.same(entity, bytes));
  }

  private static Capture read(HttpEntity entity) throws IOException {
    InputStream in = content(entity);
    if (in == null) {
      return OPAQUE;
    }
    byte[] bytes = in.readNBytes((int) RequestBody.CAPTURE_LIMIT + 1);
    if (bytes.length <= RequestBody.CAPTURE_LIMIT) {
      in.close(); // As the entity does once it is written.
      return new Capture(RequestBody.of(bytes), CapturedEntity.same(entity, bytes));
    }
    BasicHttpEntity rest = new BasicHttpEntity();
    rest.setContent(new SequenceInputStream(new ByteArrayInputStream(bytes), in));
    rest.setContentLength(-1);
    rest.setChunked(entity.isChunked());
    rest.setContentType(entity.getContentType());
    rest.setContentEncoding(entity.getContentEncoding());
    return new Capture(RequestBody.OPAQUE, rest);
  }

  /** Null if it has none: some entities can only be written, which is all that the client does. */
  private static @Nullable InputStream content(HttpEntity entity) {
    try {
      return entity.getContent();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Thrown through the app's entity to stop it. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("more than is captured");
    }
  }

  private static final class Limited extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
      if (bytes.size() + (long) count > RequestBody.CAPTURE_LIMIT) {
        throw new TooLarge();
      }
      bytes.write(source, offset, count);
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
