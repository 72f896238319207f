// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** The body of a request, to be subscribed to as often as the client likes. */
final class BytesPublisher implements SdkHttpContentPublisher {

  private final byte[] bytes;

  /**
   * @param bytes not to be changed afterwards
   */
  BytesPublisher(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public Optional<Long> contentLength() {
    return Optional.of((long) bytes.length);
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    AtomicBoolean done = new AtomicBoolean();
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {
            if (!done.compareAndSet(false, true)) {
              return;
            }
            if (n <= 0) {
              subscriber.onError(new IllegalArgumentException("non-positive request: " + n));
              return;
            }
            if (bytes.length > 0) {
              subscriber.onNext(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
            }
            subscriber.onComplete();
          }

          @Override
          public void cancel() {
            done.set(true);
          }
        });
  }
}
