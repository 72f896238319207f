// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** The body of an answer that consists of these chunks, and then ends, hangs or fails. */
final class TextSource implements ContentSource {

  final CountDownLatch closed = new CountDownLatch(1);
  final CountDownLatch hanging = new CountDownLatch(1);
  private final ArrayDeque<String> chunks;
  private final CompletableFuture<ByteBuffer> last;

  private TextSource(CompletableFuture<ByteBuffer> last, String... chunks) {
    this.last = last;
    this.chunks = new ArrayDeque<>(List.of(chunks));
  }

  static TextSource of(String... chunks) {
    return new TextSource(CompletableFuture.completedFuture(null), chunks);
  }

  /** Nothing comes after these until it is closed. */
  static TextSource hangingAfter(String... chunks) {
    return new TextSource(new CompletableFuture<>(), chunks);
  }

  static TextSource failingAfter(Exception failure, String... chunks) {
    return new TextSource(CompletableFuture.failedFuture(failure), chunks);
  }

  @Override
  public synchronized CompletionStage<ByteBuffer> next() {
    String chunk = chunks.poll();
    if (chunk == null) {
      hanging.countDown();
      return last;
    }
    return CompletableFuture.completedFuture(
        ByteBuffer.wrap(chunk.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    closed.countDown();
    last.completeExceptionally(new IOException("closed"));
  }

  Received<String> received(int status) {
    return new Received<>("own", status, Headers.EMPTY, "1.1", this);
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }
}
