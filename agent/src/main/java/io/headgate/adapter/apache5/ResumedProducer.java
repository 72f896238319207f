// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A body of the app that turned out not to be kept: what it produced so far, and the rest. */
final class ResumedProducer implements AsyncEntityProducer {

  private final AsyncEntityProducer original;
  private final ByteBuffer produced;
  private final Collector collector;

  /**
   * @param collector what it was produced into so far
   */
  ResumedProducer(AsyncEntityProducer original, byte[] produced, Collector collector) {
    this.original = original;
    this.produced = ByteBuffer.wrap(produced);
    this.collector = collector;
  }

  @Override
  public int available() {
    return produced.hasRemaining() ? produced.remaining() : original.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    collector.pass(channel);
    if (produced.hasRemaining()) {
      channel.write(produced);
    }
    if (!produced.hasRemaining()) {
      original.produce(channel);
    }
  }

  @Override
  public boolean isRepeatable() {
    return original.isRepeatable();
  }

  @Override
  public void failed(Exception cause) {
    original.failed(cause);
  }

  /** The original starts anew then. */
  @Override
  public void releaseResources() {
    produced.position(produced.limit());
    original.releaseResources();
  }

  @Override
  public long getContentLength() {
    return original.getContentLength();
  }

  @Override
  public @Nullable String getContentType() {
    return original.getContentType();
  }

  @Override
  public @Nullable String getContentEncoding() {
    return original.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return original.isChunked();
  }

  @Override
  public Set<String> getTrailerNames() {
    return original.getTrailerNames();
  }
}
