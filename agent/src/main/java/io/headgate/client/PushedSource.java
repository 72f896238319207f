// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.ContentSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as an asynchronous client pushes it, asked for piece by piece. What comes
 * unasked is kept. Chunks are handed on by the thread that brings them; nothing foreign is called
 * under the lock.
 */
public final class PushedSource implements ContentSource {

  private final Subscribing subscribing;

  // Guarded by this.
  private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>(2);
  private @Nullable CompletableFuture<@Nullable ByteBuffer> awaited;
  private @Nullable Demand demand;
  private boolean subscribed;
  private boolean completed;
  private boolean closed;
  private @Nullable Throwable failure;

  /** The client's side. */
  public interface Demand {
    /** One more chunk is wanted. */
    void request();

    /** No more is wanted: gives the connection up. Never blocks. */
    void cancel();
  }

  /** Begins the flow. */
  public interface Subscribing {
    /**
     * Called once, when the first chunk is wanted, or when none ever will be, so that the flow can
     * be cancelled; is to lead to {@link PushedSource#demand} and from there to chunks.
     */
    void subscribe(PushedSource source);
  }

  public PushedSource(Subscribing subscribing) {
    this.subscribing = subscribing;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    CompletableFuture<@Nullable ByteBuffer> next = new CompletableFuture<>();
    Demand asked;
    synchronized (this) {
      if (closed) {
        next.completeExceptionally(new IOException("closed"));
        return next;
      }
      ByteBuffer chunk = arrived.poll();
      if (chunk != null || (completed && failure == null)) {
        next.complete(chunk);
        return next;
      }
      if (failure != null) {
        next.completeExceptionally(failure);
        return next;
      }
      awaited = next;
      asked = demand;
      if (asked == null && subscribed) {
        return next; // Asked for on subscription.
      }
      subscribed = true;
    }
    if (asked == null) {
      subscribe();
    } else {
      request(asked);
    }
    return next;
  }

  private void subscribe() {
    try {
      subscribing.subscribe(this);
    } catch (Throwable t) {
      failed(t);
    }
  }

  private void request(Demand asked) {
    try {
      asked.request();
    } catch (Throwable t) {
      failed(t); // Of a connection that is closed, for instance.
    }
  }

  /** The flow has begun. */
  public void demand(Demand newDemand) {
    boolean unwanted;
    boolean wanted;
    synchronized (this) {
      demand = newDemand;
      unwanted = closed || failure != null;
      wanted = awaited != null;
    }
    if (unwanted) {
      newDemand.cancel();
    } else if (wanted) {
      request(newDemand);
    }
  }

  /** A chunk, which is ours from now on. One without bytes is passed over. */
  public void chunk(ByteBuffer chunk) {
    CompletableFuture<@Nullable ByteBuffer> waiting;
    Demand again = null;
    synchronized (this) {
      if (closed || failure != null) {
        return;
      }
      if (!chunk.hasRemaining()) {
        waiting = null;
        again = awaited == null ? null : demand;
      } else {
        waiting = awaited;
        awaited = null;
        if (waiting == null) {
          arrived.add(chunk);
        }
      }
    }
    if (waiting != null) {
      waiting.complete(chunk);
    } else if (again != null) {
      request(again);
    }
  }

  /** There is no more. */
  public void completed() {
    CompletableFuture<@Nullable ByteBuffer> waiting;
    synchronized (this) {
      completed = true;
      waiting = awaited;
      awaited = null;
    }
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  /** The client has failed. */
  public void failed(Throwable cause) {
    CompletableFuture<@Nullable ByteBuffer> waiting;
    synchronized (this) {
      if (failure == null && !completed) {
        failure = cause;
      }
      waiting = awaited;
      awaited = null;
    }
    if (waiting != null) {
      waiting.completeExceptionally(cause);
    }
  }

  @Override
  public void close() {
    CompletableFuture<@Nullable ByteBuffer> waiting;
    Demand cancelled;
    boolean start;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      arrived.clear();
      waiting = awaited;
      awaited = null;
      cancelled = completed || failure != null ? null : demand;
      start = !subscribed;
      subscribed = true;
    }
    if (cancelled != null) {
      cancelled.cancel();
    } else if (start) {
      subscribe(); // A body that nobody subscribes to keeps its connection.
    }
    if (waiting != null) {
      waiting.completeExceptionally(new IOException("closed"));
    }
  }
}
