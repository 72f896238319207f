// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.LiveBody;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The app's body subscriber, with the taps looking at what it gets. Demand stays the app's own. */
final class TappedSubscriber<T> implements BodySubscriber<T> {

  private final BodySubscriber<T> subscriber;
  private final LiveBody body;

  TappedSubscriber(BodySubscriber<T> subscriber, LiveBody body) {
    this.subscriber = subscriber;
    this.body = body;
  }

  @Override
  public CompletionStage<T> getBody() {
    return subscriber.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            subscription.request(n);
          }

          @Override
          public void cancel() {
            try {
              body.error(null);
            } finally {
              subscription.cancel();
            }
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      body.bytes(item);
    }
    subscriber.onNext(items);
  }

  @Override
  public void onError(Throwable throwable) {
    body.error(throwable);
    subscriber.onError(throwable);
  }

  @Override
  public void onComplete() {
    body.end();
    subscriber.onComplete();
  }
}
