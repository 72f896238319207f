// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.adapter.apache5.Collector.Collected;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectorTest {

  private final TestDoor door = new TestDoor();

  @BeforeEach
  void install() {
    Ingress.install(door);
  }

  @AfterEach
  void uninstall() {
    Ingress.install(null);
    door.close();
  }

  @Test
  void anEmptyBodyIsAskedForThoughNothingIsAvailable() throws Exception {
    Silent producer = new Silent();
    producer.ended = true;
    Collected collected = get(Collector.collect(producer, true));
    assertThat(collected.seen().text()).isEmpty();
    assertThat(collected.rest()).isNull();
  }

  @Test
  void aBodyThatEndsLaterIsWaitedFor() throws Exception {
    Silent producer = new Silent();
    producer.next = "{}";
    CompletableFuture<Collected> collected = Collector.collect(producer, true);
    assertThat(collected).isNotDone();
    producer.ended = true;
    producer.channel.requestOutput();
    assertThat(get(collected).seen().text()).isEqualTo("{}");
  }

  /** As a producer that a publisher feeds does. */
  @Test
  void aProducerThatKeepsToItsFirstChannelIsHeardByTheRequestThatSendsTheRest() throws Exception {
    Silent producer = new Silent();
    producer.available = 1;
    Collected collected = get(Collector.collect(producer, true));
    assertThat(collected.seen().opaque()).isTrue();
    DataStreamChannel first = producer.channel;
    Sending sending = new Sending();
    AsyncEntityProducer rest = collected.producer(producer);
    rest.produce(sending);
    assertThat(sending.asked).hasValue(0);
    first.requestOutput();
    assertThat(sending.asked).hasValue(1);
    producer.next = "{}";
    rest.produce(sending);
    assertThat(sending.text.toString()).isEqualTo("{}");
  }

  /** A request that is under way. */
  private static final class Sending implements DataStreamChannel {
    final AtomicInteger asked = new AtomicInteger();
    final StringBuilder text = new StringBuilder();

    @Override
    public void requestOutput() {
      asked.incrementAndGet();
    }

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      text.append(StandardCharsets.UTF_8.decode(source));
      return count;
    }

    @Override
    public void endStream() {}

    @Override
    public void endStream(List<? extends Header> trailers) {}
  }

  private static Collected get(CompletableFuture<Collected> collected) throws Exception {
    return collected.get(20, TimeUnit.SECONDS);
  }

  /** Does not say beforehand that it has something. */
  private static final class Silent implements AsyncEntityProducer {

    volatile String next = "";
    volatile boolean ended;
    volatile int available;
    volatile DataStreamChannel channel;

    @Override
    public int available() {
      return available;
    }

    @Override
    public void produce(DataStreamChannel to) throws IOException {
      channel = to;
      to.write(ByteBuffer.wrap(next.getBytes(StandardCharsets.UTF_8)));
      next = "";
      if (ended) {
        to.endStream();
      }
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public String getContentType() {
      return "application/json";
    }

    @Override
    public String getContentEncoding() {
      return null;
    }

    @Override
    public boolean isChunked() {
      return true;
    }

    @Override
    public Set<String> getTrailerNames() {
      return Set.of();
    }

    @Override
    public void releaseResources() {}
  }
}
