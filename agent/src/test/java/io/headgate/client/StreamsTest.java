// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Ingress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What is streamed from a blocking client, and to a blocking app. */
class StreamsTest {

  private final List<String> released = new CopyOnWriteArrayList<>();

  private StreamSource source(InputStream in, Runnable interrupt) {
    return new StreamSource(
        in,
        new StreamSource.Release() {
          @Override
          public void release(boolean whole) {
            released.add(whole ? "whole" : "part");
          }

          @Override
          public void interrupt() {
            interrupt.run();
          }
        });
  }

  private StreamSource source(String text) {
    return source(new ByteArrayInputStream(text.getBytes()), () -> {});
  }

  private static BlockingCall<String> call() {
    return new BlockingCall<>(
        PlannedDoor.REQUEST,
        PlannedDoor.SITE,
        new BlockingCall.Client<>() {
          @Override
          public Received<String> send(io.headgate.gateway.GatewayRequest request, Hold hold) {
            throw new IllegalStateException();
          }

          @Override
          public Exception givenUp() {
            return new IOException("given up");
          }

          @Override
          public Exception interrupted() {
            return new IOException("interrupted");
          }
        });
  }

  private ContentStream stream(StreamSource source, long length, int rest) {
    return new ContentStream(call(), new Content(source, Ingress.newBody()), length, rest);
  }

  @Test
  void whatIsReadToItsEndIsReleasedWholeAndOnce() throws Exception {
    StreamSource source = source("ab");
    assertThat(source.next().toCompletableFuture().join().remaining()).isEqualTo(2);
    assertThat(released).isEmpty();
    assertThat(source.next().toCompletableFuture().join()).isNull();
    assertThat(source.next().toCompletableFuture().join()).isNull();
    source.close();
    assertThat(released).containsExactly("whole");
  }

  @Test
  void whoKeepsAChunkKeepsNoRoomAroundIt() {
    StreamSource source = source("ab");
    assertThat(source.next().toCompletableFuture().join().capacity()).isEqualTo(2);
  }

  @Test
  void aClientThatThrowsWhenItIsAskedForMoreHasFailed() {
    IllegalStateException thrown = new IllegalStateException("closed");
    PushedSource source =
        new PushedSource(
            begun ->
                begun.demand(
                    new PushedSource.Demand() {
                      @Override
                      public void request() {
                        throw thrown;
                      }

                      @Override
                      public void cancel() {}
                    }));
    assertThatThrownBy(() -> source.next().toCompletableFuture().join()).hasCause(thrown);
  }

  @Test
  void anAppHearsOfASourceThatThrows() {
    IllegalStateException thrown = new IllegalStateException("closed");
    ContentSource source =
        new ContentSource() {
          @Override
          public CompletionStage<ByteBuffer> next() {
            throw thrown;
          }

          @Override
          public void close() {
            throw thrown;
          }
        };
    List<Throwable> heard = new ArrayList<>();
    new ContentPump(
            new Content(source, Ingress.newBody()),
            new ContentPump.Sink() {
              @Override
              public void chunk(ByteBuffer chunk) {}

              @Override
              public void completed() {}

              @Override
              public void failed(Throwable cause) {
                heard.add(cause);
              }
            })
        .request(1);
    assertThat(heard).containsExactly(thrown);
  }

  @Test
  void whatIsClosedBeforeIsReleasedInPart() {
    StreamSource source = source("ab");
    source.close();
    assertThat(released).containsExactly("part");
    assertThat(source.next().toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void anAnswerWithoutABodyEnds() {
    StreamSource source = source(null, () -> {});
    assertThat(source.next().toCompletableFuture().join()).isNull();
    assertThat(released).containsExactly("whole");
  }

  @Test
  void aFailureIsTheVeryExceptionAndReleases() {
    IOException thrown = new IOException("theirs");
    StreamSource source =
        source(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw thrown;
              }
            },
            () -> {});
    ContentStream stream = stream(source, -1, 0);
    assertThatThrownBy(stream::read).isSameAs(thrown);
    assertThatThrownBy(stream::read).isSameAs(thrown);
    assertThat(released).containsExactly("part");
  }

  @Test
  void closingThrowsTheReaderOutWhoThenReleases() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch out = new CountDownLatch(1);
    StreamSource source =
        source(
            new InputStream() {
              @Override
              public int read() throws IOException {
                reading.countDown();
                PlannedDoor.await(out);
                throw new IOException("socket closed");
              }
            },
            out::countDown);
    ContentStream stream = stream(source, -1, 1024);
    FutureTask<Integer> reader = new FutureTask<>(stream::read);
    Thread thread = new Thread(reader);
    thread.start();
    PlannedDoor.await(reading);
    stream.close();
    assertThatThrownBy(reader::get).cause().hasMessage("socket closed");
    thread.join();
    assertThat(released).containsExactly("part");
  }

  @Test
  void aReaderThatKnowsTheLengthNeedNotAskForTheEnd() throws Exception {
    ContentStream stream = stream(source("abc"), 3, 0);
    assertThat(stream.readNBytes(3)).hasSize(3);
    assertThat(released).containsExactly("whole");
  }

  @Test
  void anEmptyBodyEndsUnread() {
    assertThat(stream(source(""), 0, 0)).isNotNull();
    assertThat(released).containsExactly("whole");
  }

  @Test
  void aLittleThatIsLeftUnreadIsReadWhenItIsClosed() throws Exception {
    try (ContentStream stream = stream(source("abc"), -1, 1024)) {
      assertThat(stream.read()).isEqualTo('a');
    }
    assertThat(released).containsExactly("whole");
  }

  @Test
  void moreThanALittleIsNot() throws Exception {
    try (ContentStream stream = stream(source("x".repeat(100_000)), -1, 1024)) {
      assertThat(stream.read()).isEqualTo('x');
    }
    assertThat(released).containsExactly("part");
  }

  @Test
  void aStreamOfEventsIsNotReadOn() throws Exception {
    try (ContentStream stream = stream(source("abc"), -1, 0)) {
      assertThat(stream.read()).isEqualTo('a');
    }
    assertThat(released).containsExactly("part");
  }

  @Test
  void nothingIsReadAfterClosing() throws Exception {
    ContentStream stream = stream(source("abc"), -1, 0);
    stream.close();
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
  }
}
