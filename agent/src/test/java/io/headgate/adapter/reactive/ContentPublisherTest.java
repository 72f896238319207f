// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Content;
import io.headgate.gateway.LiveBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class ContentPublisherTest {

  private final List<String> told = new ArrayList<>();
  private final LiveBody live = new LiveBody(fault -> told.add("fault " + fault));
  private final ContentPublisher<ByteBuffer> publisher =
      new ContentPublisher<>(
          Content.of("text".getBytes(StandardCharsets.UTF_8), live),
          chunk -> chunk,
          () -> told.add("cancelled"),
          failure -> told.add(failure == null ? "ended" : "failed " + failure.getMessage()));

  @Test
  void aSecondSubscriberIsRefusedAndTheFirstGoesOn() {
    Noting first = new Noting();
    Noting second = new Noting();
    publisher.subscribe(first);
    publisher.subscribe(second);
    assertThat(second.signals).singleElement().asString().startsWith("error ");
    assertThat(told).isEmpty();

    first.subscription.request(10);
    assertThat(first.signals).containsExactly("text", "complete");
    assertThat(told).containsExactly("ended");
  }

  @Test
  void aSubscriberThatCancelsIsNotToldOfAnEnd() {
    live.tap(
        new BodyTap() {
          @Override
          public void onBytes(ByteBuffer chunk) {}

          @Override
          public void onEnd() {}

          @Override
          public void onError(Throwable cause) {
            told.add(cause == null ? "stopped" : "broken");
          }
        });
    Noting first = new Noting();
    publisher.subscribe(first);
    first.subscription.cancel();
    assertThat(first.signals).isEmpty();
    assertThat(told).containsExactly("stopped", "cancelled");
  }

  @Test
  void aFailureIsToldAfterTheSubscriberHasHeardOfIt() {
    Noting first = new Noting();
    publisher.subscribe(first);
    publisher.fail(new IOException("cut"));
    assertThat(first.signals).containsExactly("error cut");
    assertThat(told).containsExactly("failed cut");
  }

  private static final class Noting implements Subscriber<ByteBuffer> {
    final List<String> signals = new ArrayList<>();
    Subscription subscription;

    @Override
    public void onSubscribe(Subscription newSubscription) {
      subscription = newSubscription;
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      signals.add(StandardCharsets.UTF_8.decode(chunk).toString());
    }

    @Override
    public void onError(Throwable failure) {
      signals.add("error " + failure.getMessage());
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }
}
