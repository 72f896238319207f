// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.MediaType;
import okhttp3.Request;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as the gateway sees it, and the request to send if nothing changes it.
 *
 * @param sent the app's own instance unless its body was read; then what was read is in its place,
 *     because few bodies over a stream say of themselves that they can be written only once
 */
record Capture(RequestBody seen, Request sent) {

  /**
   * Reads the body if it is of a kind somebody reads. One that does not tell its length could be of
   * any size, and cannot be stopped at a limit and go on later: it is left alone. Throws what the
   * app's body throws when asked about itself, and then has read nothing.
   */
  static Capture of(Request request) throws IOException {
    okhttp3.RequestBody body = request.body();
    if (body == null) {
      return new Capture(RequestBody.NONE, request);
    }
    long length = body.contentLength();
    if (length < 0
        || length > RequestBody.CAPTURE_LIMIT
        || !readable(Conversions.contentType(request))) {
      return new Capture(RequestBody.OPAQUE, request);
    }
    // All that can fail comes first: once the body is written, there is no way back to it.
    MediaType ownType = body.contentType();
    boolean oneShot = body.isOneShot();
    Request.Builder builder = request.newBuilder();
    Buffer buffer = new Buffer();
    Throwable failure = write(body, length, buffer);
    byte[] bytes = buffer.readByteArray();
    Request sent =
        builder
            .method(
                request.method(),
                failure == null
                    ? CapturedBody.written(bytes, ownType, length, oneShot)
                    : CapturedBody.failed(bytes, ownType, length, oneShot, body, failure))
            .build();
    boolean whole = failure == null && bytes.length == length;
    return new Capture(whole ? RequestBody.of(bytes) : RequestBody.OPAQUE, sent);
  }

  /** Returns what the body threw; it is thrown again where the app expects it. */
  private static @Nullable Throwable write(okhttp3.RequestBody body, long length, Buffer buffer) {
    try {
      BufferedSink sink = Okio.buffer(new Declared(buffer, length));
      body.writeTo(sink);
      sink.flush();
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  private static boolean readable(@Nullable MediaType type) {
    return type != null
        && (type.type().equals("multipart")
            || type.subtype().equals("json")
            || type.subtype().endsWith("+json"));
  }

  /** Takes no more than was declared, and refuses the rest as OkHttp's own sink does. */
  private static final class Declared extends ForwardingSink {
    private final long length;
    private long received;

    Declared(Buffer buffer, long length) {
      super(buffer);
      this.length = length;
    }

    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      if (received + byteCount > length) {
        throw new ProtocolException(
            "expected " + length + " bytes but received " + (received + byteCount));
      }
      super.write(source, byteCount);
      received += byteCount;
    }
  }
}
