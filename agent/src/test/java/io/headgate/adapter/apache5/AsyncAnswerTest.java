// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;

class AsyncAnswerTest {

  private boolean left;

  private final AsyncAnswer answer =
      new AsyncAnswer(
          new OutgoingMessage("POST", "http", null, "/", null, new Header[0], null),
          false,
          early -> {},
          () -> left);

  @Test
  void anEndWithoutAnAnswerIsNotWaitedForAnyLonger() {
    answer.releaseResources();

    assertThat(answer.head().toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(Unanswered.class);
  }

  @Test
  void whatTheClientFailedWithIsToldInsteadOfItsEnd() {
    IOException reset = new IOException("reset");

    answer.failed(reset);
    answer.releaseResources();

    assertThat(answer.head().toCompletableFuture().handle((head, failure) -> failure).join())
        .isSameAs(reset);
  }

  @Test
  void theEndAfterAnAnswerChangesNothing() throws Exception {
    answer.consumeResponse(new BasicHttpResponse(204), null, HttpCoreContext.create(), NOBODY);
    answer.releaseResources();

    assertThat(answer.head().toCompletableFuture().join().status()).isEqualTo(204);
  }

  private boolean cancelledOver(ProtocolVersion version) throws Exception {
    CompletableFuture<Void> exchange = new CompletableFuture<>();
    answer.exchange(exchange);
    BasicHttpResponse response = new BasicHttpResponse(200);
    response.setVersion(version);
    answer.consumeResponse(response, null, HttpCoreContext.create(), NOBODY);
    answer.cancel();
    return exchange.isCancelled();
  }

  @Test
  void anAnswerWithAConnectionOfItsOwnIsCutOff() throws Exception {
    assertThat(cancelledOver(HttpVersion.HTTP_1_1)).isTrue();
  }

  @Test
  void whatWeGiveUpOfASharedConnectionIsNotCutOff() throws Exception {
    assertThat(cancelledOver(HttpVersion.HTTP_2)).isFalse();
  }

  @Test
  void anAnswerIsCutOffIfTheAppHasGivenItsCallUp() throws Exception {
    left = true;
    assertThat(cancelledOver(HttpVersion.HTTP_2)).isTrue();
  }

  @Test
  void anAnswerIsCutOffIfTheAppWantsNoMoreOfIt() throws Exception {
    answer.unwanted();
    assertThat(cancelledOver(HttpVersion.HTTP_2)).isTrue();
  }

  private static final org.apache.hc.core5.concurrent.FutureCallback<Void> NOBODY =
      new org.apache.hc.core5.concurrent.FutureCallback<>() {
        @Override
        public void completed(Void nothing) {}

        @Override
        public void failed(Exception cause) {}

        @Override
        public void cancelled() {}
      };
}
