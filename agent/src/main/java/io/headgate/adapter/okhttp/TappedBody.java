// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.LiveBody;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A body the app reads as it would the original, while its bytes are looked at. */
final class TappedBody extends ResponseBody {

  private final ResponseBody original;
  private final BufferedSource source;

  TappedBody(ResponseBody original, LiveBody body, @Nullable CancelLink link) {
    this.original = original;
    this.source =
        Okio.buffer(new TappedSource(original.source(), original.contentLength(), body, link));
  }

  @Override
  public @Nullable MediaType contentType() {
    return original.contentType();
  }

  @Override
  public long contentLength() {
    return original.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  /** The original may be a network interceptor's own, with something of its own to close. */
  @Override
  public void close() {
    try {
      super.close();
    } finally {
      original.close();
    }
  }
}
