// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in place of a body of the app: those it wrote, or those the gateway sends instead. Framed
 * like the body they replace, and as repeatable in OkHttp's eyes, so that OkHttp repeats no request
 * it would not have repeated without us, and every one that it would.
 */
final class CapturedBody extends RequestBody {

  private final byte[] bytes;
  private final @Nullable MediaType contentType;
  private final long contentLength;
  private final boolean oneShot;
  private final @Nullable RequestBody original;
  private @Nullable Throwable failure;

  private CapturedBody(
      byte[] bytes,
      @Nullable MediaType contentType,
      long contentLength,
      boolean oneShot,
      @Nullable RequestBody original,
      @Nullable Throwable failure) {
    this.bytes = bytes;
    this.contentType = contentType;
    this.contentLength = contentLength;
    this.oneShot = oneShot;
    this.original = original;
    this.failure = failure;
  }

  /**
   * What a body of the app wrote.
   *
   * @param contentLength in bytes, as that body declared it, right or wrong
   */
  static CapturedBody written(
      byte[] bytes, @Nullable MediaType contentType, long contentLength, boolean oneShot) {
    return new CapturedBody(bytes, contentType, contentLength, oneShot, null, null);
  }

  /**
   * What a body of the app wrote until it threw. That is thrown again when the bytes are sent; if
   * OkHttp then tries once more, a body that is not one-shot is asked to write once more.
   */
  static CapturedBody failed(
      byte[] bytes,
      @Nullable MediaType contentType,
      long contentLength,
      boolean oneShot,
      RequestBody original,
      Throwable failure) {
    return new CapturedBody(
        bytes, contentType, contentLength, oneShot, oneShot ? null : original, failure);
  }

  /** Another body in place of the app's. */
  static CapturedBody instead(byte[] bytes, @Nullable MediaType contentType, boolean oneShot) {
    return written(bytes, contentType, bytes.length, oneShot);
  }

  @Override
  public @Nullable MediaType contentType() {
    return contentType;
  }

  @Override
  public long contentLength() {
    return contentLength;
  }

  @Override
  public boolean isOneShot() {
    return oneShot;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    Throwable thrown = failure;
    if (thrown == null && original != null) {
      original.writeTo(sink);
      return;
    }
    sink.write(bytes);
    if (thrown != null) {
      if (original != null) {
        failure = null;
      }
      throw Unchecked.<IOException>sneak(thrown);
    }
  }
}
