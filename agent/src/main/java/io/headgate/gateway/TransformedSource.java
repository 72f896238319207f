// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The content of another source as a {@link ContentTransform} leaves it. */
public final class TransformedSource implements ContentSource {

  private final ContentSource source;
  private final ContentTransform transform;
  private boolean finished;

  public TransformedSource(ContentSource source, ContentTransform transform) {
    this.source = source;
    this.transform = transform;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    while (!finished) {
      CompletableFuture<@Nullable ByteBuffer> next = source.next().toCompletableFuture();
      if (!next.isDone() || next.isCompletedExceptionally()) {
        return next.thenCompose(
            chunk -> {
              ByteBuffer changed = changed(chunk);
              return changed != null ? CompletableFuture.completedFuture(changed) : next();
            });
      }
      ByteBuffer changed = changed(next.join());
      if (changed != null) {
        return CompletableFuture.completedFuture(changed);
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  /** What to pass on; null if there is nothing yet, or nothing more. */
  private @Nullable ByteBuffer changed(@Nullable ByteBuffer chunk) {
    ByteBuffer changed;
    if (chunk == null) {
      finished = true;
      changed = transform.finish();
    } else {
      changed = transform.apply(chunk);
    }
    return changed.hasRemaining() ? changed : null;
  }

  @Override
  public void close() {
    source.close();
  }
}
