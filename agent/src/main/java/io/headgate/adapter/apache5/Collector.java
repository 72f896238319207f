// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Lets a body of the app be produced into memory. Produces on the thread that starts it, and goes
 * on, if the producer says that it has more, on a thread of ours: the producer may hold its lock
 * when it says so.
 */
final class Collector implements DataStreamChannel {

  private final AsyncEntityProducer producer;
  private final CompletableFuture<Collected> result = new CompletableFuture<>();
  private final AtomicInteger rounds = new AtomicInteger();

  /** Of the request that the rest goes out with; null before that. */
  private volatile @Nullable DataStreamChannel real;

  // Used by whoever is in the round.
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean ended;
  private boolean full;

  /**
   * A body as the gateway sees it.
   *
   * @param rest what to send if it cannot be kept; null if the bytes are all of it
   */
  record Collected(RequestBody seen, @Nullable AsyncEntityProducer rest) {

    /** What is to be sent if nothing changes it; anew for each request. */
    @Nullable AsyncEntityProducer producer(@Nullable AsyncEntityProducer original) {
      return original == null || rest != null
          ? rest
          : BytesProducer.produced(original, seen.bytes());
    }
  }

  private Collector(AsyncEntityProducer producer) {
    this.producer = producer;
  }

  /**
   * Completes when the body is there, or known to be none that can be kept; fails with what the
   * producer throws.
   *
   * @param readable whether somebody reads bodies of its kind
   */
  static CompletableFuture<Collected> collect(
      @Nullable AsyncEntityProducer producer, boolean readable) {
    if (producer == null) {
      return CompletableFuture.completedFuture(new Collected(RequestBody.NONE, null));
    }
    var trailers = producer.getTrailerNames();
    if (!readable
        || producer.getContentLength() > RequestBody.CAPTURE_LIMIT
        || (trailers != null && !trailers.isEmpty())) {
      return CompletableFuture.completedFuture(new Collected(RequestBody.OPAQUE, producer));
    }
    Collector collector = new Collector(producer);
    collector.drive();
    return collector.result;
  }

  private void drive() {
    if (rounds.getAndIncrement() != 0) {
      return; // Whoever is in there goes round once more.
    }
    int seen = 1;
    do {
      try {
        // At the start and when asked to, as the client does: of an empty body, or of the end of
        // one, nothing tells that it is available.
        boolean more = !result.isDone();
        while (more) {
          produce();
          more = !result.isDone() && producer.available() > 0;
        }
      } catch (Throwable t) {
        result.completeExceptionally(t);
      }
      seen = rounds.addAndGet(-seen);
    } while (seen != 0);
  }

  private void produce() throws IOException {
    int before = bytes.size();
    boolean promised = producer.available() > 0;
    producer.produce(this);
    if (ended) {
      byte[] all = bytes.toByteArray();
      long length = producer.getContentLength();
      result.complete(
          length < 0 || length == all.length
              ? new Collected(RequestBody.of(all), null)
              : new Collected(RequestBody.OPAQUE, BytesProducer.produced(producer, all)));
    } else if (full || (promised && bytes.size() == before)) {
      result.complete(
          new Collected(
              RequestBody.OPAQUE, new ResumedProducer(producer, bytes.toByteArray(), this)));
    }
  }

  /**
   * The rest is produced into this channel from now on. A producer may keep to the first one that
   * it was given, which is this, to say that it has more.
   */
  void pass(DataStreamChannel channel) {
    real = channel;
  }

  @Override
  public int write(ByteBuffer src) {
    int room = (int) Math.min(src.remaining(), RequestBody.CAPTURE_LIMIT - bytes.size());
    if (room < src.remaining()) {
      full = true;
    }
    byte[] taken = new byte[room];
    src.get(taken);
    bytes.writeBytes(taken);
    return room;
  }

  @Override
  public void requestOutput() {
    DataStreamChannel known = real;
    if (known != null) {
      known.requestOutput();
    } else if (!result.isDone()) {
      Ingress.background(this::drive);
    }
  }

  @Override
  public void endStream() {
    ended = true;
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) {
    ended = true;
  }
}
