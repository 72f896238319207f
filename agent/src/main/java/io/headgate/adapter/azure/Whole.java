// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import io.headgate.gateway.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a content to its end. */
final class Whole {

  private final Content content;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Whole(Content content) {
    this.content = content;
  }

  /** Completes with its bytes, or fails as it does; closes it in any case. */
  static CompletionStage<byte[]> read(Content content) {
    return new Whole(content).rest().whenComplete((read, failure) -> content.close());
  }

  private CompletionStage<byte[]> rest() {
    while (true) {
      CompletableFuture<@Nullable ByteBuffer> next = content.next().toCompletableFuture();
      if (!next.isDone() || next.isCompletedExceptionally()) {
        return next.thenCompose(
            chunk -> chunk == null ? CompletableFuture.completedFuture(all()) : more(chunk));
      }
      ByteBuffer chunk = next.join();
      if (chunk == null) {
        return CompletableFuture.completedFuture(all());
      }
      add(chunk);
    }
  }

  private CompletionStage<byte[]> more(ByteBuffer chunk) {
    add(chunk);
    return rest();
  }

  private void add(ByteBuffer chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.duplicate().get(copy);
    bytes.writeBytes(copy);
  }

  private byte[] all() {
    return bytes.toByteArray();
  }
}
