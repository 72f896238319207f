// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the app's body publisher ahead of the client and keeps what comes, up to {@link
 * RequestBody#CAPTURE_LIMIT}. It is also the publisher that the client gets then: it repeats what
 * was kept and, if the body is longer, slower or fails, goes on with the app's own. So the app's
 * publisher is subscribed to once, as without us.
 */
final class CapturedBody implements Flow.Subscriber<ByteBuffer>, BodyPublisher {

  private final BodyPublisher source;
  private final CompletableFuture<RequestBody> captured = new CompletableFuture<>();

  // Guarded by this; nothing foreign is called under the lock.
  private final ArrayDeque<ByteBuffer> kept = new ArrayDeque<>();
  private long size;
  private Flow.@Nullable Subscription upstream;
  private Flow.@Nullable Subscriber<? super ByteBuffer> downstream;
  private long demand;
  private boolean requested;
  private boolean completed;
  private boolean terminated;
  private boolean draining;
  private @Nullable Throwable failure;

  CapturedBody(BodyPublisher source) {
    this.source = source;
  }

  /**
   * Starts capturing. The future completes with the body, or with {@link RequestBody#OPAQUE} if it
   * is longer than we keep or fails.
   */
  CompletableFuture<RequestBody> capture() {
    source.subscribe(this);
    return captured;
  }

  /** As {@link #capture}, subscribing on a thread that may block. */
  CompletableFuture<RequestBody> captureInBackground() {
    Ingress.background(
        () -> {
          try {
            source.subscribe(this);
          } catch (Throwable t) {
            // The app's own failure: the client gets it where it would have met it.
            onError(t);
          }
        });
    return captured;
  }

  /** Nobody will want the body. */
  void abandon() {
    new Downstream().cancel();
  }

  // The app's publisher talks to us.

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    boolean unwanted;
    synchronized (this) {
      upstream = subscription;
      requested = true;
      unwanted = terminated;
    }
    if (unwanted) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(ByteBuffer item) {
    Flow.Subscription more = null;
    synchronized (this) {
      requested = false;
      size += item.remaining();
      kept.add(item);
      if (downstream == null && !captured.isDone() && size <= RequestBody.CAPTURE_LIMIT) {
        requested = true;
        more = upstream;
      }
    }
    if (more != null) {
      more.request(1);
    } else {
      captured.complete(RequestBody.OPAQUE);
      drain();
    }
  }

  @Override
  public void onError(Throwable throwable) {
    synchronized (this) {
      failure = throwable;
    }
    captured.complete(RequestBody.OPAQUE);
    drain();
  }

  @Override
  public void onComplete() {
    RequestBody body = RequestBody.OPAQUE;
    synchronized (this) {
      completed = true;
      if (downstream == null && !captured.isDone()) {
        body = RequestBody.of(copy());
      }
    }
    if (captured.complete(body) && !body.opaque()) {
      synchronized (this) {
        kept.clear(); // The copy is what the client gets.
      }
    } else {
      drain();
    }
  }

  private byte[] copy() {
    byte[] bytes = new byte[(int) size];
    int at = 0;
    for (ByteBuffer buffer : kept) {
      int length = buffer.remaining();
      buffer.duplicate().get(bytes, at, length);
      at += length;
    }
    return bytes;
  }

  // We talk to the client.

  /** As the app's publisher has it: an unknown length stays unknown, and the request chunked. */
  @Override
  public long contentLength() {
    return source.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    RequestBody whole = captured.getNow(RequestBody.OPAQUE);
    if (!whole.opaque()) {
      // May happen again: after a redirect or a challenge the client sends the body anew.
      BodyPublishers.ofByteArray(whole.bytes()).subscribe(subscriber);
      return;
    }
    synchronized (this) {
      if (downstream == null) {
        downstream = subscriber;
        whole = RequestBody.NONE;
      }
    }
    if (whole.opaque()) {
      source.subscribe(subscriber);
    } else {
      subscriber.onSubscribe(new Downstream());
    }
  }

  private final class Downstream implements Flow.Subscription {
    @Override
    public void request(long n) {
      synchronized (CapturedBody.this) {
        if (n <= 0) {
          failure = new IllegalArgumentException("non-positive request: " + n);
          kept.clear();
        } else {
          demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        }
      }
      drain();
    }

    @Override
    public void cancel() {
      Flow.Subscription subscription;
      synchronized (CapturedBody.this) {
        terminated = true;
        kept.clear();
        subscription = upstream;
      }
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }

  /** Hands on what is kept, as far as demand goes; one thread at a time. */
  private void drain() {
    while (true) {
      Flow.Subscriber<? super ByteBuffer> subscriber;
      ByteBuffer next = null;
      Flow.Subscription more = null;
      Throwable error = null;
      synchronized (this) {
        subscriber = downstream;
        if (subscriber == null || terminated || draining) {
          return;
        }
        if (!kept.isEmpty() && demand > 0) {
          next = kept.poll();
          demand--;
        } else if (kept.isEmpty() && (failure != null || completed)) {
          error = failure;
          terminated = true;
        } else if (demand > 0 && kept.isEmpty() && !requested && upstream != null) {
          requested = true;
          more = upstream;
        } else {
          return;
        }
        draining = true;
      }
      try {
        if (next != null) {
          subscriber.onNext(next);
        } else if (more != null) {
          more.request(1);
        } else if (error != null) {
          subscriber.onError(error);
        } else {
          subscriber.onComplete();
        }
      } finally {
        synchronized (this) {
          draining = false;
        }
      }
    }
  }
}
