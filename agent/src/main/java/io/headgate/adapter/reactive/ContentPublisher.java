// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.reactive;

import io.headgate.client.ContentPump;
import io.headgate.gateway.Content;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** An answer's body as an app subscribes to it: once, and as fast as it asks. */
public final class ContentPublisher<T> implements Publisher<T> {

  private final Content content;
  private final Function<ByteBuffer, T> chunks;
  private final Runnable cancelled;
  private final Consumer<@Nullable Throwable> ended;
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private volatile @Nullable ContentPump pump;

  /**
   * @param chunks makes the app's kind of chunk of ours
   * @param cancelled told when the app wants no more of it
   * @param ended told when the one subscriber that is served has heard of the end: with what it
   *     failed with, or null. A second subscriber is refused, which ends nothing.
   */
  public ContentPublisher(
      Content content,
      Function<ByteBuffer, T> chunks,
      Runnable cancelled,
      Consumer<@Nullable Throwable> ended) {
    this.content = content;
    this.chunks = chunks;
    this.cancelled = cancelled;
    this.ended = ended;
  }

  @Override
  public void subscribe(Subscriber<? super T> subscriber) {
    if (!subscribed.compareAndSet(false, true)) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
          });
      subscriber.onError(new IllegalStateException("the body of an answer is read once only"));
      return;
    }
    ContentPump started =
        new ContentPump(
            content,
            new ContentPump.Sink() {
              @Override
              public void chunk(ByteBuffer chunk) {
                subscriber.onNext(chunks.apply(chunk));
              }

              @Override
              public void completed() {
                try {
                  subscriber.onComplete();
                } finally {
                  ended.accept(null);
                }
              }

              @Override
              public void failed(Throwable cause) {
                try {
                  subscriber.onError(cause);
                } finally {
                  ended.accept(cause);
                }
              }
            });
    pump = started;
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {
            started.request(n);
          }

          @Override
          public void cancel() {
            started.cancel();
            cancelled.run();
          }
        });
  }

  /** Breaks off: a subscriber is told this; without one nothing more is read. */
  public void fail(Throwable cause) {
    ContentPump started = pump;
    if (started != null) {
      started.fail(cause);
    } else {
      content.close();
    }
  }
}
