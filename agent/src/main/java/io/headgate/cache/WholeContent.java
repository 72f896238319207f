// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads contents to their ends. */
final class WholeContent {

  private WholeContent() {}

  /** All of it, in as much memory as it takes; fails as the content does. */
  static CompletionStage<byte[]> of(Content content) {
    return of(content, Integer.MAX_VALUE);
  }

  /** All of it; fails as the content does, or if it is larger than so many bytes. */
  static CompletionStage<byte[]> of(Content content, int most) {
    try {
      return more(content, most, new ByteArrayOutputStream());
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  private static CompletionStage<byte[]> more(
      Content content, int most, ByteArrayOutputStream read) {
    while (read.size() <= most) {
      CompletableFuture<@Nullable ByteBuffer> next = content.next().toCompletableFuture();
      if (!next.isDone() || next.isCompletedExceptionally()) {
        return next.thenCompose(
            chunk -> {
              if (chunk == null) {
                return CompletableFuture.completedFuture(read.toByteArray());
              }
              add(chunk, read);
              return more(content, most, read);
            });
      }
      ByteBuffer chunk = next.join();
      if (chunk == null) {
        return CompletableFuture.completedFuture(read.toByteArray());
      }
      add(chunk, read);
    }
    return CompletableFuture.failedFuture(new IOException("larger than " + most + " bytes"));
  }

  private static void add(ByteBuffer chunk, ByteArrayOutputStream read) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.duplicate().get(bytes);
    read.writeBytes(bytes);
  }
}
