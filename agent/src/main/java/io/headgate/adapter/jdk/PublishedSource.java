// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.ContentSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as the client publishes it, asked for piece by piece. Chunks come on the
 * client's threads. Nothing foreign is called under the lock.
 */
final class PublishedSource implements ContentSource, Flow.Subscriber<List<ByteBuffer>> {

  private final Flow.Publisher<List<ByteBuffer>> publisher;
  private final Consumer<Runnable> bringer;

  /** A client that nobody holds on to may stop reading. */
  @SuppressWarnings("unused")
  private @Nullable HttpClient reading;

  // Guarded by this.
  private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>(2);
  private @Nullable CompletableFuture<@Nullable ByteBuffer> awaited;
  private Flow.@Nullable Subscription subscription;
  private boolean subscribed;
  private boolean completed;
  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * @param bringer runs, at once, what hands something on that the client brings
   */
  PublishedSource(
      Flow.Publisher<List<ByteBuffer>> publisher, HttpClient reading, Consumer<Runnable> bringer) {
    this.publisher = publisher;
    this.reading = reading;
    this.bringer = bringer;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    CompletableFuture<@Nullable ByteBuffer> next = new CompletableFuture<>();
    Flow.Subscription asked;
    synchronized (this) {
      if (closed) {
        next.completeExceptionally(new IOException("closed"));
        return next;
      }
      ByteBuffer chunk = arrived.poll();
      if (chunk != null || completed) {
        next.complete(chunk);
        return next;
      }
      if (failure != null) {
        next.completeExceptionally(failure);
        return next;
      }
      awaited = next;
      asked = subscription;
      if (asked == null && subscribed) {
        return next; // Asked for on subscription.
      }
      subscribed = true;
    }
    if (asked == null) {
      publisher.subscribe(this);
    } else {
      asked.request(1);
    }
    return next;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    boolean unwanted;
    boolean wanted;
    synchronized (this) {
      subscription = newSubscription;
      unwanted = closed || failure != null;
      wanted = awaited != null;
    }
    if (unwanted) {
      newSubscription.cancel();
    } else if (wanted) {
      newSubscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> chunks) {
    CompletableFuture<@Nullable ByteBuffer> waiting = null;
    ByteBuffer first = null;
    Flow.Subscription more = null;
    synchronized (this) {
      if (closed || failure != null) {
        return;
      }
      for (ByteBuffer chunk : chunks) {
        if (chunk.hasRemaining()) {
          arrived.add(chunk);
        }
      }
      if (arrived.isEmpty()) {
        more = subscription;
      } else if (awaited != null) {
        first = arrived.poll();
        waiting = awaited;
        awaited = null;
      }
    }
    if (more != null) {
      more.request(1);
    } else if (waiting != null) {
      CompletableFuture<@Nullable ByteBuffer> asking = waiting;
      ByteBuffer chunk = first;
      bringer.accept(() -> asking.complete(chunk));
    }
  }

  @Override
  public void onError(Throwable throwable) {
    end(throwable);
  }

  @Override
  public void onComplete() {
    end(null);
  }

  private void end(@Nullable Throwable cause) {
    CompletableFuture<@Nullable ByteBuffer> waiting;
    synchronized (this) {
      reading = null;
      if (closed || completed || failure != null) {
        return;
      }
      completed = cause == null;
      failure = cause;
      waiting = awaited;
      awaited = null;
    }
    if (waiting == null) {
      return;
    }
    CompletableFuture<@Nullable ByteBuffer> asking = waiting;
    bringer.accept(
        () -> {
          if (cause == null) {
            asking.complete(null);
          } else {
            asking.completeExceptionally(cause);
          }
        });
  }

  /** Breaks off: whoever waits, or asks later, gets this instead of what is still to come. */
  void abort(Throwable reason) {
    CompletableFuture<@Nullable ByteBuffer> waiting;
    synchronized (this) {
      if (closed || completed || failure != null) {
        return;
      }
      failure = reason;
      waiting = awaited;
      awaited = null;
      arrived.clear();
    }
    release();
    if (waiting != null) {
      waiting.completeExceptionally(reason);
    }
  }

  /** What is awaited never comes; what is asked for later fails. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      awaited = null;
      arrived.clear();
      if (completed || failure != null) {
        return;
      }
    }
    release();
  }

  /** Gives the connection up; for that, a publisher without a subscriber needs one first. */
  private void release() {
    Flow.Subscription current;
    boolean first;
    synchronized (this) {
      reading = null;
      current = subscription;
      first = !subscribed;
      subscribed = true;
    }
    if (current != null) {
      current.cancel();
    } else if (first) {
      publisher.subscribe(this);
    }
  }
}
