// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.ContentSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A body that a test drives by hand. */
final class HandDrivenSource implements ContentSource {

  final CountDownLatch closed = new CountDownLatch(1);
  private final ArrayDeque<CompletableFuture<@Nullable ByteBuffer>> ready = new ArrayDeque<>();
  private @Nullable CompletableFuture<@Nullable ByteBuffer> awaited;
  private int pulls;

  @Override
  public synchronized CompletionStage<@Nullable ByteBuffer> next() {
    pulls++;
    CompletableFuture<@Nullable ByteBuffer> next = ready.poll();
    if (next == null) {
      next = new CompletableFuture<>();
      awaited = next;
    }
    return next;
  }

  synchronized int pulls() {
    return pulls;
  }

  private CompletableFuture<@Nullable ByteBuffer> slot() {
    synchronized (this) {
      CompletableFuture<@Nullable ByteBuffer> slot = awaited;
      awaited = null;
      if (slot == null) {
        slot = new CompletableFuture<>();
        ready.add(slot);
      }
      return slot;
    }
  }

  HandDrivenSource give(String... chunks) {
    for (String chunk : chunks) {
      slot().complete(ByteBuffer.wrap(chunk.getBytes(StandardCharsets.UTF_8)));
    }
    return this;
  }

  HandDrivenSource end() {
    slot().complete(null);
    return this;
  }

  void fail(Throwable cause) {
    slot().completeExceptionally(cause);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
