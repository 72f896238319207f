// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.reactive;

import io.headgate.client.PushedSource;
import io.headgate.gateway.ContentSource;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The body of an answer that a client publishes, subscribed to when the first chunk is wanted. */
public final class PublishedBody {

  private PublishedBody() {}

  /**
   * A source of its chunks.
   *
   * @param bytes takes what a chunk holds, which is the source's then, and lets go of the chunk
   */
  public static <T> ContentSource of(Publisher<T> publisher, Function<T, ByteBuffer> bytes) {
    return new PushedSource(source -> publisher.subscribe(new Chunks<>(source, bytes)));
  }

  private static final class Chunks<T> implements Subscriber<T> {
    private final PushedSource source;
    private final Function<T, ByteBuffer> bytes;

    Chunks(PushedSource source, Function<T, ByteBuffer> bytes) {
      this.source = source;
      this.bytes = bytes;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      source.demand(
          new PushedSource.Demand() {
            @Override
            public void request() {
              subscription.request(1);
            }

            @Override
            public void cancel() {
              subscription.cancel();
            }
          });
    }

    @Override
    public void onNext(T chunk) {
      source.chunk(bytes.apply(chunk));
    }

    @Override
    public void onError(Throwable failure) {
      source.failed(failure);
    }

    @Override
    public void onComplete() {
      source.completed();
    }
  }
}
