// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;

class PublishedSourceTest {

  private final SubmissionPublisher<List<ByteBuffer>> publisher =
      new SubmissionPublisher<>(Runnable::run, 4);
  private final PublishedSource source =
      new PublishedSource(publisher, HttpClient.newHttpClient(), Runnable::run);

  private void failsWithClosed() {
    CompletableFuture<ByteBuffer> next = source.next().toCompletableFuture();
    assertThat(next).isCompletedExceptionally();
    assertThat(next.handle((chunk, failure) -> failure).join())
        .isInstanceOf(IOException.class)
        .hasMessage("closed");
  }

  @Test
  void aSourceClosedUnreadFailsWhenAsked() {
    source.close();
    failsWithClosed();
  }

  @Test
  void aSourceClosedHalfWayFailsWhenAsked() {
    CompletableFuture<ByteBuffer> first = source.next().toCompletableFuture();
    publisher.submit(List.of(ByteBuffer.allocate(1), ByteBuffer.allocate(2)));
    assertThat(first.join().remaining()).isEqualTo(1);
    source.close();
    failsWithClosed();
  }

  @Test
  void aSourceClosedAfterItsEndFailsWhenAsked() {
    CompletableFuture<ByteBuffer> first = source.next().toCompletableFuture();
    publisher.close();
    assertThat(first).isCompletedWithValue(null);
    assertThat(source.next().toCompletableFuture()).isCompletedWithValue(null);
    source.close();
    failsWithClosed();
  }
}
