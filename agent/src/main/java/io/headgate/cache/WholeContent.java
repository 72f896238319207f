// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads contents to their ends. */
final class WholeContent {

  private WholeContent() {}

  /** All of it, in as much memory as it takes; fails as the content does. */
  static CompletionStage<byte[]> of(Content content) {
    try {
      return more(content, new ByteArrayOutputStream());
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  private static CompletionStage<byte[]> more(Content content, ByteArrayOutputStream read) {
    while (true) {
      CompletableFuture<@Nullable ByteBuffer> next = content.next().toCompletableFuture();
      if (!next.isDone() || next.isCompletedExceptionally()) {
        return next.thenCompose(
            chunk -> {
              if (chunk == null) {
                return CompletableFuture.completedFuture(read.toByteArray());
              }
              add(chunk, read);
              return more(content, read);
            });
      }
      ByteBuffer chunk = next.join();
      if (chunk == null) {
        return CompletableFuture.completedFuture(read.toByteArray());
      }
      add(chunk, read);
    }
  }

  private static void add(ByteBuffer chunk, ByteArrayOutputStream read) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.duplicate().get(bytes);
    read.writeBytes(bytes);
  }
}
