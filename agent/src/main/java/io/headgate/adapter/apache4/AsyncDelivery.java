// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.AsyncCall;
import io.headgate.client.ContentPump;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.ConnectionClosedException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.entity.BasicHttpEntity;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives an answer to the app's consumer: its head, its body as long as the consumer does not
 * suspend input, its end. One signal at a time, on the thread that brings a chunk or asks for one.
 */
final class AsyncDelivery<T> implements IOControl, ContentPump.Sink {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final AsyncCall<AsyncAnswer> call;
  private final Outcome<AsyncAnswer> outcome;
  private final String method;
  private final HttpAsyncResponseConsumer<T> consumer;
  private final HttpContext context;
  private final AsyncEnding<T> ending;
  private final ContentPump pump;
  private final AtomicInteger rounds = new AtomicInteger();

  private volatile boolean suspended;
  private volatile boolean end;
  private volatile @Nullable Throwable failure;
  private volatile ByteBuffer chunk = NOTHING;
  private volatile boolean asking;

  // Used by whoever is in the round.
  private boolean empty;
  private long length = -1;
  private long taken;
  private boolean told;

  /**
   * @param method of the app's request
   */
  AsyncDelivery(
      AsyncCall<AsyncAnswer> call,
      Outcome<AsyncAnswer> outcome,
      String method,
      HttpAsyncResponseConsumer<T> consumer,
      HttpContext context,
      AsyncEnding<T> ending) {
    this.call = call;
    this.outcome = outcome;
    this.method = method;
    this.consumer = consumer;
    this.context = context;
    this.ending = ending;
    this.pump = new ContentPump(outcome.content(), this);
  }

  void begin() {
    try {
      HttpResponse response = response();
      HttpEntity entity = response.getEntity();
      empty = entity == null;
      length = entity == null ? 0 : entity.getContentLength();
      consumer.responseReceived(response);
    } catch (Exception e) {
      ending.failed(e);
      discard();
      return;
    }
    turn();
  }

  private HttpResponse response() {
    Received<AsyncAnswer> received = outcome.received();
    int status = outcome.answer().status();
    HttpResponse own = received == null ? null : received.own().response();
    if (received != null && own != null && received.status() == status) {
      received.own().publish();
      Fields.change(own, received.headers(), outcome.answer().headers());
      if (!outcome.sameBody() && own.getEntity() instanceof BasicHttpEntity entity) {
        entity.setContentLength(-1);
      }
      return own;
    }
    HttpResponse response = ClassicDelivery.madeHead(outcome.answer());
    if (!ClassicDelivery.bodiless(method, status)) {
      BasicHttpEntity entity = new BasicHttpEntity();
      entity.setContentLength(Fields.length(outcome.answer().headers()));
      entity.setChunked(entity.getContentLength() < 0);
      entity.setContentType(response.getFirstHeader(Fields.TYPE));
      response.setEntity(entity);
    }
    return response;
  }

  /** The call is over for the app, which gets nothing more. */
  void discard() {
    pump.cancel();
    call.abandon();
    call.close();
  }

  private void turn() {
    if (rounds.getAndIncrement() != 0) {
      return; // Whoever is in there goes round once more.
    }
    int seen = 1;
    do {
      try {
        step();
      } catch (Exception e) {
        ending.failed(e);
        discard();
      }
      seen = rounds.addAndGet(-seen);
    } while (seen != 0);
  }

  private void step() throws Exception {
    while (!ending.over()) {
      Throwable thrown = failure;
      if (thrown != null) {
        fail(thrown);
        return;
      }
      boolean complete = length >= 0 && taken >= length;
      if (suspended && !complete) {
        return;
      }
      if (chunk.hasRemaining() && empty) {
        chunk = NOTHING;
      } else if (chunk.hasRemaining()) {
        consume();
      } else if (end) {
        finish();
      } else if (asking) {
        return;
      } else {
        asking = true;
        pump.request(1);
      }
    }
  }

  private void consume() throws Exception {
    Decoder decoder = new Decoder(chunk, false);
    consumer.consumeContent(decoder, this);
    if (!decoder.isCompleted() && consumer.isDone()) {
      ending.enough();
      discard();
    }
  }

  private void finish() throws Exception {
    if (!empty && !told) {
      told = true;
      if (length < 0 || taken < length || length == 0) {
        consumer.consumeContent(new Decoder(NOTHING, true), this);
      }
    }
    consumer.responseCompleted(context);
    call.close();
    ending.completed();
  }

  private void fail(Throwable thrown) {
    if (thrown instanceof AsyncAnswer.Cancelled) {
      ending.cancelled();
    } else {
      ending.failed(thrown);
    }
    discard();
  }

  /** What the consumer reads from, for one call of it. */
  private final class Decoder implements ContentDecoder {
    private final ByteBuffer bytes;
    private final boolean last;

    Decoder(ByteBuffer bytes, boolean last) {
      this.bytes = bytes;
      this.last = last;
    }

    @Override
    public int read(ByteBuffer target) {
      if (!bytes.hasRemaining()) {
        return isCompleted() ? -1 : 0;
      }
      int count = Math.min(bytes.remaining(), target.remaining());
      ByteBuffer part = bytes.duplicate();
      part.limit(part.position() + count);
      target.put(part);
      bytes.position(bytes.position() + count);
      taken += count;
      return count;
    }

    @Override
    public boolean isCompleted() {
      return last || (length > 0 && taken >= length && !bytes.hasRemaining());
    }
  }

  @Override
  public void chunk(ByteBuffer next) {
    chunk = next;
    asking = false;
    turn();
  }

  @Override
  public void completed() {
    end = true;
    turn();
  }

  @Override
  public void failed(Throwable cause) {
    failure = cause;
    turn();
  }

  @Override
  public void requestInput() {
    suspended = false;
    turn();
  }

  @Override
  public void suspendInput() {
    suspended = true;
  }

  /** The request is written. */
  @Override
  public void requestOutput() {}

  @Override
  public void suspendOutput() {}

  /** Cuts the connection, unless others wait for the answer; for the app it is cut. */
  @Override
  public void shutdown() {
    failed(new ConnectionClosedException("Connection closed unexpectedly")); // its own words
  }
}
