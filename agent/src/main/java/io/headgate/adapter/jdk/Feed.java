// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pulls a content and pushes it to the app's subscriber, as fast as that one asks. One chunk is
 * pulled ahead, because a subscriber is told of the end without asking for it. Signals never
 * overlap and never nest, whatever thread a chunk or a demand comes on.
 */
final class Feed implements Flow.Subscription {

  private final Content content;
  private final Consumer<Throwable> broken;
  private final Bringing bringing;
  private final Executor executor;
  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;
  private volatile Flow.@Nullable Subscriber<? super List<ByteBuffer>> subscriber;

  // Used by whoever is in the round.
  private @Nullable CompletableFuture<@Nullable ByteBuffer> next;
  private boolean watched;
  private boolean finished;

  /**
   * @param broken told of what the subscriber throws
   * @param bringing tells threads on which the subscriber may be run from others
   * @param executor where it is run if a chunk comes on one of the others
   */
  Feed(Content content, Consumer<Throwable> broken, Bringing bringing, Executor executor) {
    this.content = content;
    this.bringing = bringing;
    this.executor = executor;
    this.broken = broken;
  }

  /** Begins to push; the subscriber has its subscription, which is this one. */
  void start(Flow.Subscriber<? super List<ByteBuffer>> newSubscriber) {
    subscriber = newSubscriber;
    drain();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("non-positive request: " + n));
    } else {
      demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
      drain();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    content.close();
  }

  /** Breaks off: the subscriber is told instead of getting what is still to come. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    content.close();
    drain();
  }

  /** Whether it was broken off. */
  boolean failed() {
    return failure != null;
  }

  private void came() {
    if (bringing.here()) {
      drain();
    } else {
      executor.execute(this::drain);
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
    Flow.Subscriber<? super List<ByteBuffer>> to = subscriber;
    if (to == null || finished || cancelled) {
      return false;
    }
    Throwable cause = failure;
    if (cause != null) {
      finished = true;
      error(to, cause);
      return false;
    }
    try {
      return pull(to);
    } catch (Throwable t) {
      // The subscriber's own: it is told, as the client would, and so is the app.
      failure = t;
      broken.accept(t);
      content.close();
      return !finished;
    }
  }

  private boolean pull(Flow.Subscriber<? super List<ByteBuffer>> to) {
    CompletableFuture<@Nullable ByteBuffer> coming = next;
    if (coming == null) {
      coming = content.next().toCompletableFuture();
      next = coming;
      watched = false;
    }
    if (!coming.isDone()) {
      if (!watched) {
        watched = true;
        var unused = coming.whenComplete((chunk, failed) -> came());
      }
      return false;
    }
    if (coming.isCompletedExceptionally()) {
      Throwable cause = coming.handle((chunk, failed) -> failed).join();
      failure = cause == null ? new IllegalStateException() : Causes.of(cause);
      content.close();
      return true;
    }
    ByteBuffer chunk = coming.join();
    if (chunk == null) {
      finished = true;
      complete(to);
      return false;
    }
    if (demand.get() == 0) {
      return false;
    }
    next = null;
    if (chunk.hasRemaining()) {
      demand.updateAndGet(had -> had == Long.MAX_VALUE ? had : had - 1);
      to.onNext(List.of(chunk.asReadOnlyBuffer()));
    }
    return true;
  }

  private void complete(Flow.Subscriber<? super List<ByteBuffer>> to) {
    try {
      to.onComplete();
    } catch (Throwable t) {
      broken.accept(t);
      error(to, t);
    }
  }

  private void error(Flow.Subscriber<? super List<ByteBuffer>> to, Throwable cause) {
    try {
      to.onError(cause);
    } catch (Throwable t) {
      broken.accept(t);
    }
  }
}
