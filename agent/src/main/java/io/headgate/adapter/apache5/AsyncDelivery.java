// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.client.AsyncCall;
import io.headgate.client.ContentPump;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.Headers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * Gives an answer to the app's consumer, which is called by one at a time, and with no more bytes
 * than it has room for, give or take a chunk.
 */
final class AsyncDelivery implements ContentPump.Sink, CapacityChannel {

  /**
   * In bytes: what a consumer gets before it is asked for its room, as it is by the client whenever
   * that is used up. HTTP/2's initial window (RFC 9113 sec. 6.9.2), which is also what the client
   * begins with on HTTP/1.1.
   */
  private static final int FIRST_ROOM = 65_535;

  private final Outcome<AsyncAnswer> outcome;
  private final AsyncCall<AsyncAnswer> call;
  private final AsyncExecCallback callback;
  private final BooleanSupplier ended;
  private final Consumer<Throwable> failing;
  private final ContentPump pump;
  private final AtomicLong room = new AtomicLong(FIRST_ROOM);
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile @Nullable AsyncDataConsumer consumer;

  /**
   * @param ended says, once, that the callback may be told of the end
   * @param failing tells the callback, if it was told of no end
   */
  AsyncDelivery(
      Outcome<AsyncAnswer> outcome,
      AsyncCall<AsyncAnswer> call,
      AsyncExecCallback callback,
      BooleanSupplier ended,
      Consumer<Throwable> failing) {
    this.outcome = outcome;
    this.call = call;
    this.callback = callback;
    this.ended = ended;
    this.failing = failing;
    this.pump = new ContentPump(outcome.content(), this);
  }

  /**
   * Begins.
   *
   * @throws Exception what the app's consumer throws at the head
   */
  void start() throws Exception {
    Received<AsyncAnswer> received = outcome.received();
    AsyncAnswer answer = received == null ? null : received.own();
    EntityDetails details = details(answer);
    AsyncDataConsumer theirs = callback.handleResponse(response(answer), details);
    consumer = details == null ? null : theirs;
    more();
  }

  private @Nullable EntityDetails details(@Nullable AsyncAnswer answer) {
    if (answer != null && (outcome.sameBody() || answer.details() == null)) {
      return answer.details();
    }
    Headers headers = outcome.answer().headers();
    return new Details(
        Fields.length(headers),
        headers.first(Fields.CONTENT_TYPE),
        headers.first(Fields.CONTENT_ENCODING));
  }

  private HttpResponse response(@Nullable AsyncAnswer answer) {
    HttpResponse own = answer == null ? null : answer.response();
    boolean same = outcome.sameHead();
    if (answer != null && own != null && same && !answer.shareable()) {
      return own;
    }
    int status = outcome.answer().status();
    HttpResponse response =
        own != null && own.getCode() == status
            ? new BasicHttpResponse(status, own.getReasonPhrase())
            : new BasicHttpResponse(status);
    if (own != null) {
      response.setVersion(own.getVersion());
      Locale locale = own.getLocale();
      if (locale != null) { // As it is over HTTP/2.
        response.setLocale(locale);
      }
    }
    response.setHeaders(
        own != null && same ? own.getHeaders() : Fields.of(outcome.answer().headers()));
    return response;
  }

  /** Asks for a chunk if there is room for it, and none was asked for. */
  private void more() {
    if (room.get() > 0 && asked.compareAndSet(false, true)) {
      pump.request(1);
    }
  }

  @Override
  public void update(int increment) {
    if (increment > 0) {
      // Whatever it says, it wants to go on: the client reads again then, too.
      room.updateAndGet(had -> Math.max(1, had + increment));
      more();
    }
  }

  @Override
  public void chunk(ByteBuffer chunk) {
    AsyncDataConsumer theirs = consumer;
    int size = chunk.remaining();
    try {
      if (theirs == null) {
        room.addAndGet(size); // There is none that could be short of it.
      } else {
        theirs.consume(chunk);
      }
      if (room.addAndGet(-size) <= 0 && theirs != null) {
        theirs.updateCapacity(this);
      }
    } catch (Throwable t) {
      stop(t);
      return;
    }
    asked.set(false);
    more();
  }

  @Override
  public void completed() {
    call.close();
    Received<AsyncAnswer> received = outcome.received();
    List<? extends Header> trailers =
        received == null || !outcome.sameBody() ? null : received.own().trailers();
    AsyncDataConsumer theirs = consumer;
    try {
      if (theirs != null) {
        theirs.streamEnd(trailers);
      }
    } catch (Throwable t) {
      stop(t);
      return;
    }
    if (ended.getAsBoolean()) {
      callback.completed();
    }
  }

  @Override
  public void failed(Throwable cause) {
    call.close();
    failing.accept(cause);
  }

  /** The app's consumer threw. */
  private void stop(Throwable thrown) {
    Received<AsyncAnswer> received = outcome.received();
    if (received != null) {
      received.own().unwanted();
    }
    pump.cancel();
    call.close();
    failing.accept(thrown);
  }
}
