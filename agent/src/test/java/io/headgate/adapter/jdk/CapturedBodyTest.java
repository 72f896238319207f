// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class CapturedBodyTest {

  /** A publisher that a test drives by hand. */
  private static final class ByHand implements BodyPublisher {
    private Flow.Subscriber<? super ByteBuffer> subscriber;
    private final List<Long> requests = new ArrayList<>();
    private int subscriptions;
    private boolean cancelled;

    @Override
    public long contentLength() {
      return -1;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> newSubscriber) {
      subscriptions++;
      subscriber = newSubscriber;
      newSubscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {
              requests.add(n);
            }

            @Override
            public void cancel() {
              cancelled = true;
            }
          });
    }

    void publish(String text) {
      subscriber.onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** What the client would have got. */
  private static final class Sink implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.Subscription subscription;
    private String ending = "";

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
    }

    @Override
    public void onNext(ByteBuffer item) {
      byte[] chunk = new byte[item.remaining()];
      item.get(chunk);
      bytes.writeBytes(chunk);
    }

    @Override
    public void onError(Throwable throwable) {
      ending += "error " + throwable.getMessage();
    }

    @Override
    public void onComplete() {
      ending += "complete";
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void aWholeBodyCanBeSentAgainAndAgain() {
    CapturedBody body = new CapturedBody(BodyPublishers.ofString("hello"));
    assertThat(body.capture().join().text()).isEqualTo("hello");
    for (int i = 0; i < 3; i++) {
      Sink sink = new Sink();
      body.subscribe(sink);
      sink.subscription.request(Long.MAX_VALUE);
      assertThat(sink.text() + sink.ending).isEqualTo("hellocomplete");
    }
    assertThat(body.contentLength()).isEqualTo(5);
  }

  @Test
  void aBodyThatIsNotWaitedForFlowsOnWithTheClientsDemand() {
    ByHand source = new ByHand();
    CapturedBody body = new CapturedBody(source);
    var captured = body.capture();
    source.publish("one ");
    captured.complete(RequestBody.OPAQUE);
    Sink sink = new Sink();
    body.subscribe(sink);
    assertThat(sink.text()).isEmpty();
    sink.subscription.request(1);
    assertThat(sink.text()).isEqualTo("one ");
    sink.subscription.request(1);
    source.publish("two");
    source.subscriber.onComplete();
    assertThat(sink.text() + sink.ending).isEqualTo("one twocomplete");
    assertThat(source.subscriptions).isEqualTo(1);
  }

  @Test
  void aBodyLargerThanTheLimitIsOpaqueAndArrivesWhole() {
    byte[] large = new byte[(int) RequestBody.CAPTURE_LIMIT + 100_000];
    CapturedBody body =
        new CapturedBody(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)));
    assertThat(body.capture().join().opaque()).isTrue();
    Sink sink = new Sink();
    body.subscribe(sink);
    sink.subscription.request(Long.MAX_VALUE);
    assertThat(sink.bytes.size()).isEqualTo(large.length);
    assertThat(sink.ending).isEqualTo("complete");
  }

  @Test
  void theAppsFailureReachesTheClientAfterWhatCameBefore() {
    ByHand source = new ByHand();
    CapturedBody body = new CapturedBody(source);
    var captured = body.capture();
    source.publish("one");
    source.subscriber.onError(new IOException("no more"));
    assertThat(captured.join().opaque()).isTrue();
    Sink sink = new Sink();
    body.subscribe(sink);
    sink.subscription.request(5);
    assertThat(sink.text() + sink.ending).isEqualTo("oneerror no more");
  }

  @Test
  void anAbandonedBodyIsNotAskedForAnyMore() {
    ByHand source = new ByHand();
    CapturedBody body = new CapturedBody(source);
    body.capture();
    body.abandon();
    assertThat(source.cancelled).isTrue();
  }

  @Test
  void theClientsCancelReachesTheAppsPublisher() {
    ByHand source = new ByHand();
    CapturedBody body = new CapturedBody(source);
    body.capture().complete(RequestBody.OPAQUE);
    Sink sink = new Sink();
    body.subscribe(sink);
    sink.subscription.cancel();
    assertThat(source.cancelled).isTrue();
  }
}
