// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.client.PushedSource;
import io.headgate.client.Received;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous client's answer to one request: what the client pushes, asked for piece by piece.
 * The client is given as much capacity as was taken; what it had to begin with is the most that
 * comes unasked.
 */
final class AsyncAnswer implements AsyncResponseConsumer<@Nullable Void>, PushedSource.Demand {

  private final OutgoingMessage request;
  private final boolean shareable;
  private final Informed informed;
  private final BooleanSupplier left;
  private final CompletableFuture<Received<AsyncAnswer>> head = new CompletableFuture<>();
  private final PushedSource body = new PushedSource(source -> source.demand(this));
  private volatile @Nullable Future<?> exchange;
  private volatile @Nullable HttpResponse response;
  private volatile @Nullable EntityDetails details;
  private volatile @Nullable List<? extends Header> trailers;
  private volatile @Nullable FutureCallback<@Nullable Void> done;

  // Guarded by this.
  private @Nullable CapacityChannel capacity;
  private int given;
  private int taken;
  private boolean cancelled;

  /** Nobody wants it, and it goes on for the sake of others. */
  private volatile boolean dropped;

  private volatile boolean unwanted;

  /** Is told of answers that are none yet (1xx). */
  interface Informed {
    void of(HttpResponse response) throws Exception;
  }

  /**
   * @param shareable whether others than the app may come to wait for it
   * @param left whether the app has given its call up
   */
  AsyncAnswer(OutgoingMessage request, boolean shareable, Informed informed, BooleanSupplier left) {
    this.request = request;
    this.shareable = shareable;
    this.informed = informed;
    this.left = left;
  }

  /** The head of the answer, or what the client says instead. */
  CompletionStage<Received<AsyncAnswer>> head() {
    return head;
  }

  /** As the client gave it. Not the app's to change if it is {@link #shareable}. */
  HttpResponse response() {
    HttpResponse known = response;
    if (known == null) {
      throw new IllegalStateException("no answer yet");
    }
    return known;
  }

  boolean shareable() {
    return shareable;
  }

  /** Null if there is no body. */
  @Nullable EntityDetails details() {
    return details;
  }

  /** What came after the body; null if nothing did, or it has not ended. */
  @Nullable List<? extends Header> trailers() {
    return trailers;
  }

  /** The client works on it. */
  void exchange(Future<?> newExchange) {
    exchange = newExchange;
    boolean late;
    synchronized (this) {
      late = cancelled;
    }
    if (late) {
      newExchange.cancel(true);
    }
  }

  /** What the client says of the whole of it; of its end we know. */
  FutureCallback<@Nullable Void> outcome() {
    return new FutureCallback<>() {
      @Override
      public void completed(@Nullable Void nothing) {}

      @Override
      public void failed(Exception cause) {
        AsyncAnswer.this.failed(cause);
      }

      @Override
      public void cancelled() {
        AsyncAnswer.this.failed(new InterruptedIOException("cancelled"));
      }
    };
  }

  @Override
  public void consumeResponse(
      HttpResponse newResponse,
      @Nullable EntityDetails newDetails,
      HttpContext context,
      FutureCallback<@Nullable Void> callback) {
    response = newResponse;
    details = newDetails;
    done = callback;
    if (newDetails == null) {
      body.completed();
      callback.completed(null);
    }
    head.complete(
        new Received<>(
            this,
            newResponse.getCode(),
            Fields.of(newResponse),
            Fields.protocol(newResponse.getVersion()),
            body));
  }

  @Override
  public void informationResponse(HttpResponse early, HttpContext context) throws IOException {
    if (dropped) {
      return;
    }
    try {
      informed.of(early);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** The client has used up what capacity it had. */
  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    int room;
    synchronized (this) {
      capacity = channel;
      room = taken;
      taken = 0;
    }
    if (room > 0) {
      channel.update(room);
    }
  }

  @Override
  public void consume(ByteBuffer src) {
    byte[] bytes = new byte[src.remaining()];
    src.get(bytes);
    synchronized (this) {
      given += bytes.length;
    }
    if (dropped) {
      request();
      return;
    }
    body.chunk(ByteBuffer.wrap(bytes));
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> newTrailers) {
    trailers = newTrailers;
    body.completed();
    FutureCallback<@Nullable Void> callback = done;
    if (callback != null) {
      callback.completed(null);
    }
  }

  @Override
  public void failed(Exception cause) {
    head.completeExceptionally(cause);
    body.failed(cause);
  }

  /**
   * The client is done with it. It may be so without an answer, and tell of no failure: of a
   * redirect that it could follow only with a body that cannot be repeated.
   */
  @Override
  public void releaseResources() {
    head.completeExceptionally(new Unanswered());
  }

  /** All that came was taken. */
  @Override
  public void request() {
    CapacityChannel channel;
    int room;
    synchronized (this) {
      channel = capacity;
      taken += given;
      given = 0;
      room = channel == null ? 0 : taken;
      taken -= room;
    }
    if (channel != null && room > 0) {
      try {
        channel.update(room);
      } catch (IOException | RuntimeException e) {
        body.failed(e);
      }
    }
  }

  /** The app, which was given it, wants no more of it. */
  void unwanted() {
    unwanted = true;
  }

  /**
   * Gives it up, whether the head has come or not. The client has no way to end one exchange of
   * several on a connection: what the app gives up ends them all, as it does without us; what we
   * give up must not, and comes to its end unheard.
   */
  @Override
  public void cancel() {
    if (!left.getAsBoolean() && !unwanted && shared()) {
      dropped = true;
      failed(new InterruptedIOException("cancelled"));
      request();
      return;
    }
    Future<?> running = exchange;
    synchronized (this) {
      cancelled = true;
    }
    if (running != null) {
      running.cancel(true);
    }
    request.cut();
  }

  private boolean shared() {
    HttpResponse known = response;
    return request.shared()
        || (known != null
            && known.getVersion() != null
            && known.getVersion().greaterEquals(HttpVersion.HTTP_2));
  }
}
