// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A body of the app's own making. */
class AppBody extends RequestBody {
  static final String TEXT = "{\"model\":\"m\"}";

  final AtomicInteger written = new AtomicInteger();
  private final MediaType type;
  private final long length;
  private final boolean oneShot;

  AppBody(MediaType type, long length, boolean oneShot) {
    this.type = type;
    this.length = length;
    this.oneShot = oneShot;
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public boolean isOneShot() {
    return oneShot;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (written.incrementAndGet() > 1 && oneShot) {
      throw new IOException("written twice");
    }
    sink.writeUtf8(TEXT);
  }
}
