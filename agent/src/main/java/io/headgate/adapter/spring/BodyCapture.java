// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.gateway.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * Takes in a request's body as the app publishes it. One that does not end within seconds, or is
 * too large, is opaque: what came is kept, and what is still to come is taken only as fast as it is
 * sent. Every buffer is released, sent or not.
 */
final class BodyCapture implements CoreSubscriber<DataBuffer> {

  /** How long a body is waited for; what was not seen is neither metered nor guarded. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final Context context;
  private final CompletableFuture<RequestBody> seen;

  /** The app's view: its body is written. */
  private final Sinks.One<Boolean> written = Sinks.one();

  private final AtomicBoolean taken = new AtomicBoolean();

  // Guarded by this.
  private final List<DataBuffer> held = new ArrayList<>();
  private long size;
  private Sinks.@Nullable Many<DataBuffer> flow;
  private boolean over;
  private boolean cancelled;
  private @Nullable Subscription upstream;

  /**
   * @param seen told what the body is, unless it fails before that is known
   */
  BodyCapture(Context context, CompletableFuture<RequestBody> seen) {
    this.context = context;
    this.seen = seen;
  }

  /** Subscribes. Returns what the app waits for. */
  Mono<Void> take(Publisher<? extends DataBuffer> body) {
    Flux.<DataBuffer>from(body).subscribe(this);
    if (!seen.isDone() && !over()) {
      CompletableFuture<@Nullable Void> patience = new CompletableFuture<>();
      patience.completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      var unused = patience.thenRun(this::spill);
      var ignored = seen.whenComplete((known, failure) -> patience.cancel(false));
    }
    return written.asMono().then();
  }

  private synchronized boolean over() {
    return over;
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    boolean unwanted;
    synchronized (this) {
      upstream = subscription;
      unwanted = cancelled;
    }
    if (unwanted) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(DataBuffer buffer) {
    Sinks.Many<DataBuffer> to;
    boolean more = false;
    boolean large = false;
    synchronized (this) {
      if (cancelled) {
        to = null;
      } else {
        to = flow;
        if (to == null) {
          held.add(buffer);
          size += buffer.readableByteCount();
          large = size > RequestBody.CAPTURE_LIMIT;
          more = !large;
        }
      }
    }
    if (large) {
      spill();
    } else if (more) {
      request(1);
    } else if (to == null || to.tryEmitNext(buffer).isFailure()) {
      DataBufferUtils.release(buffer);
    }
  }

  /** It is not to be had as a whole. */
  private void spill() {
    synchronized (this) {
      if (over || cancelled || flow != null) {
        return;
      }
      Sinks.Many<DataBuffer> many = Sinks.many().unicast().onBackpressureBuffer();
      // Nobody has subscribed to it: these only go into its queue.
      held.forEach(many::tryEmitNext);
      held.clear();
      flow = many;
    }
    seen.complete(RequestBody.OPAQUE);
  }

  @Override
  public void onError(Throwable failure) {
    Sinks.Many<DataBuffer> to = end();
    if (to != null) {
      to.tryEmitError(failure);
    }
    release();
    written.tryEmitError(failure);
  }

  @Override
  public void onComplete() {
    Sinks.Many<DataBuffer> to = end();
    if (to != null) {
      to.tryEmitComplete();
    } else {
      seen.complete(RequestBody.of(bytes()));
    }
    written.tryEmitValue(Boolean.TRUE);
  }

  private synchronized Sinks.@Nullable Many<DataBuffer> end() {
    over = true;
    return flow;
  }

  private synchronized byte[] bytes() {
    byte[] all = new byte[(int) size];
    int at = 0;
    for (DataBuffer buffer : held) {
      int count = buffer.readableByteCount();
      buffer.read(all, at, count);
      at += count;
    }
    release();
    return all;
  }

  private synchronized void release() {
    held.forEach(DataBufferUtils::release);
    held.clear();
  }

  private void request(long count) {
    Subscription from;
    synchronized (this) {
      from = upstream;
    }
    if (from != null) {
      from.request(count);
    }
  }

  /** The body that flows, for the one subscriber that sends it. */
  Flux<DataBuffer> flowing() {
    return Flux.defer(
        () -> {
          Sinks.Many<DataBuffer> many;
          synchronized (this) {
            many = flow;
          }
          if (many == null || !taken.compareAndSet(false, true)) {
            return Flux.error(new IllegalStateException("the body was sent"));
          }
          return many.asFlux()
              .doOnRequest(this::request)
              .doOnCancel(this::cancel)
              .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
        });
  }

  boolean flowed() {
    return taken.get();
  }

  /** It was not asked for, and will not be. */
  void unsent() {
    if (!taken.get()) {
      cancel();
    }
  }

  /** Nobody wants it any more. */
  void cancel() {
    Subscription from;
    Sinks.Many<DataBuffer> unsent;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      from = over ? null : upstream;
      unsent = taken.compareAndSet(false, true) ? flow : null;
    }
    if (from != null) {
      from.cancel();
    }
    release();
    if (unsent != null) {
      unsent.tryEmitComplete();
      var unused = unsent.asFlux().subscribe(DataBufferUtils::release);
    }
  }
}
