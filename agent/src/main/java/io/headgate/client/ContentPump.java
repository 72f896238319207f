// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.Ingress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Pushes an answer's body to an app that asks for so many chunks, by Reactive Streams' rules (sec.
 * 1 and 3): one signal at a time, none beyond the demand but the last, none after that. Signals
 * come on the thread that asks or on the one that brings a chunk.
 */
public final class ContentPump {

  private final Content content;
  private final Sink sink;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger rounds = new AtomicInteger();
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;

  // Used by whoever is in the round.
  private @Nullable CompletableFuture<@Nullable ByteBuffer> next;
  private boolean watched;
  private boolean finished;

  /** The app's side. */
  public interface Sink {
    /** A chunk. */
    void chunk(ByteBuffer chunk);

    /** There is no more. */
    void completed();

    /** It failed with what the client would say. */
    void failed(Throwable cause);
  }

  public ContentPump(Content content, Sink sink) {
    this.content = content;
    this.sink = sink;
  }

  /**
   * So many chunks more are wanted; not a positive number fails the flow (Reactive Streams 3.9).
   */
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("non-positive request: " + n));
    } else {
      demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
      drain();
    }
  }

  /** Nothing more is wanted. */
  public void cancel() {
    cancelled = true;
    close();
  }

  /** Breaks off: the app is told this instead of what is still to come. */
  public void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    close();
    drain();
  }

  /** The app's signal is not to be lost if the client's own closing throws. */
  private void close() {
    try {
      content.close();
    } catch (Throwable t) {
      Ingress.fault("answer", t);
    }
  }

  private void drain() {
    if (rounds.getAndIncrement() != 0) {
      return; // Whoever is in there goes round once more.
    }
    int seen = 1;
    do {
      boolean more = true;
      while (more) {
        more = step();
      }
      seen = rounds.addAndGet(-seen);
    } while (seen != 0);
  }

  /** One signal; false if there is none to give now. */
  private boolean step() {
    if (finished || cancelled) {
      return false;
    }
    Throwable cause = failure;
    try {
      if (cause != null) {
        finished = true;
        sink.failed(cause);
        return false;
      }
      return pull();
    } catch (Throwable t) {
      // Its own, against the rules: it gets nothing more.
      finished = true;
      close();
      Ingress.fault("answer", t);
      return false;
    }
  }

  private boolean pull() {
    CompletableFuture<@Nullable ByteBuffer> coming = next;
    if (coming == null) {
      coming = next();
      next = coming;
      watched = false;
    }
    if (!coming.isDone()) {
      if (!watched) {
        watched = true;
        var unused = coming.whenComplete((chunk, failed) -> drain());
      }
      return false;
    }
    if (coming.isCompletedExceptionally()) {
      Throwable cause = coming.handle((chunk, failed) -> failed).join();
      failure = cause == null ? new IllegalStateException() : Causes.of(cause);
      close();
      return true;
    }
    ByteBuffer chunk = coming.join();
    if (chunk == null) {
      finished = true;
      sink.completed();
      return false;
    }
    if (demand.get() == 0) {
      return false;
    }
    next = null;
    if (chunk.hasRemaining()) {
      demand.updateAndGet(had -> had == Long.MAX_VALUE ? had : had - 1);
      sink.chunk(chunk.duplicate());
    }
    return true;
  }

  private CompletableFuture<@Nullable ByteBuffer> next() {
    try {
      return content.next().toCompletableFuture();
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }
}
