// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.PushedSource;
import io.headgate.client.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer to one request, as the client pushes it: read not much further than it is
 * asked for, input being suspended then. Its methods are called by an I/O thread and never block.
 */
final class AsyncAnswer implements HttpAsyncResponseConsumer<Object> {

  /** In bytes: what the client reads from a socket at once. */
  private static final int CHUNK = 8192;

  /**
   * In bytes: what is taken unasked. The reactor does not notice at once that input is wanted again
   * which has come already, and not at all if what has come is an empty body's end.
   */
  private static final int READ_AHEAD = 8 * CHUNK;

  private final HttpContext where;
  private final @Nullable SendContext context;
  private final @Nullable HttpRequestBase request;
  private final CompletableFuture<Received<AsyncAnswer>> head = new CompletableFuture<>();
  private final PushedSource source = new PushedSource(begun -> begun.demand(new Demanded()));

  private volatile @Nullable HttpResponse response;
  private volatile @Nullable IOControl control;
  private volatile @Nullable Future<?> sent;
  private volatile boolean wanted;
  private volatile boolean over;
  private volatile boolean cut;

  /** The client has its connection back, or is about to: it may be another exchange's. */
  private volatile boolean returned;

  /** To be read into next. Used by the I/O thread. */
  private byte @Nullable [] room;

  /** The client has cancelled the exchange. */
  static final class Cancelled extends CancellationException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param where what the client tells of the exchange
   */
  private AsyncAnswer(
      HttpContext where, @Nullable SendContext context, @Nullable HttpRequestBase request) {
    this.where = where;
    this.context = context;
    this.request = request;
  }

  /** Of the app's own request, in the app's context. */
  static AsyncAnswer asBuilt(HttpContext context) {
    return new AsyncAnswer(context, null, null);
  }

  /** Of a request of ours. */
  static AsyncAnswer of(SendContext context, HttpRequestBase request) {
    return new AsyncAnswer(context, context, request);
  }

  CompletableFuture<Received<AsyncAnswer>> head() {
    return head;
  }

  /** The client's own; null before it is there. */
  @Nullable HttpResponse response() {
    return response;
  }

  /** The app gets it. */
  void publish() {
    if (context != null) {
      context.publish();
    }
  }

  /** The exchange is under way. */
  void sent(Future<?> exchange) {
    sent = exchange;
    if (cut) {
      cut();
    }
  }

  /** Breaks the exchange off; from any thread. Not every client's future can do that (4.1.0). */
  void cut() {
    cut = true;
    if (over) {
      return;
    }
    if (request != null) {
      request.abort();
    }
    Future<?> exchange = sent;
    if (exchange != null) {
      exchange.cancel(true);
    }
    shutdown();
  }

  /**
   * Cuts the connection, if it is this exchange's: a future that was cancelled (4.1.0) tells its
   * callback, but nobody who would let go of the connection.
   */
  private void shutdown() {
    IOControl known = control;
    if (known != null && !returned) {
      try {
        known.shutdown();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }

  /** For the client, which knows of no better way to say that it has failed. */
  FutureCallback<Object> callback() {
    return new FutureCallback<>() {
      @Override
      public void completed(@Nullable Object nothing) {}

      @Override
      public void failed(Exception thrown) {
        AsyncAnswer.this.failed(thrown);
      }

      @Override
      public void cancelled() {
        AsyncAnswer.this.failed(new Cancelled());
      }
    };
  }

  @Override
  public void responseReceived(HttpResponse received) throws IOException {
    if (cut) {
      throw new IOException("cancelled");
    }
    if (where.getAttribute(HttpCoreContext.HTTP_CONNECTION) instanceof IOControl connection) {
      control = connection;
    }
    response = received;
    head.complete(
        new Received<>(
            this,
            received.getStatusLine().getStatusCode(),
            Fields.of(received),
            Fields.protocol(received.getStatusLine().getProtocolVersion()),
            source));
  }

  @Override
  public void consumeContent(ContentDecoder decoder, IOControl newControl) throws IOException {
    control = newControl;
    if (cut) {
      newControl.shutdown();
      return;
    }
    int unasked = 0;
    while (!decoder.isCompleted() && (wanted || unasked < READ_AHEAD)) {
      ByteBuffer chunk = read(decoder);
      int count = chunk.remaining();
      if (count == 0) {
        break;
      }
      unasked = wanted ? count : unasked + count;
      wanted = false;
      source.chunk(chunk); // May come to ask for more.
    }
    if (!wanted && !decoder.isCompleted()) {
      newControl.suspendInput();
      if (wanted) {
        newControl.requestInput(); // Somebody has asked in between.
      }
    }
  }

  /** A chunk, without bytes if there are none now. */
  private ByteBuffer read(ContentDecoder decoder) throws IOException {
    byte[] bytes = room == null ? new byte[CHUNK] : room;
    int count = Math.max(0, decoder.read(ByteBuffer.wrap(bytes)));
    if (count > CHUNK / 2) {
      room = null;
      return ByteBuffer.wrap(bytes, 0, count);
    }
    // Who keeps chunks, keeps what they hold and not the room around it.
    room = bytes;
    return ByteBuffer.wrap(Arrays.copyOf(bytes, count));
  }

  private final class Demanded implements PushedSource.Demand {
    @Override
    public void request() {
      wanted = true;
      IOControl known = control;
      if (known != null && !over) {
        known.requestInput();
      }
    }

    @Override
    public void cancel() {
      cut();
    }
  }

  @Override
  public void responseCompleted(HttpContext ignored) {
    returned = true;
    over = true;
    source.completed();
  }

  @Override
  public void failed(Exception thrown) {
    over = true;
    if (!head.completeExceptionally(thrown)) {
      source.failed(thrown);
    }
  }

  @Override
  public boolean cancel() {
    failed(new Cancelled());
    return true;
  }

  @Override
  public void close() {
    returned = true;
    if (!over) {
      failed(new Cancelled());
    }
  }

  @Override
  public @Nullable Exception getException() {
    return null;
  }

  @Override
  public @Nullable Object getResult() {
    return null;
  }

  /** Also says to the client that no more is wanted. */
  @Override
  public boolean isDone() {
    return over || cut;
  }
}
