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
  private final LiveBody.FaultListener faults;
  private boolean broken;
  private boolean finished;

  /**
   * Content that a transform changes.
   *
   * @param faults told if the transform fails; from there on the content passes as it is
   */
  public TransformedSource(
      ContentSource source, ContentTransform transform, LiveBody.FaultListener faults) {
    this.source = source;
    this.transform = transform;
    this.faults = faults;
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
    finished |= chunk == null;
    if (broken) {
      return chunk;
    }
    try {
      ByteBuffer changed = chunk == null ? transform.finish() : transform.apply(chunk.duplicate());
      return changed.hasRemaining() ? changed : null;
    } catch (RuntimeException | Error e) {
      broken = true;
      faults.tapFailed(e);
      return chunk;
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
