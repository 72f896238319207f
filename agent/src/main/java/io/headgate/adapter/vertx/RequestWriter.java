// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.gateway.RequestBody;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a request's body as the app writes it. One that does not end within seconds, or is too
 * large, is opaque: what came is kept, and what is still to come goes to the client's own request,
 * at its pace. Nothing foreign is called under the lock.
 */
final class RequestWriter {

  /** How long a body is waited for; what was not seen is neither metered nor guarded. */
  private static final long PATIENCE_MILLIS = 5_000;

  private record Piece(Buffer bytes, @Nullable Promise<@Nullable Void> written) {}

  private final Context context;
  private final Consumer<RequestBody> known;

  // Guarded by this.
  private final ArrayDeque<Piece> held = new ArrayDeque<>(2);
  private long size;
  private boolean waiting;
  private boolean isKnown;
  private boolean ended;
  private boolean emptyEnd;
  private boolean dropped;
  private @Nullable Consumer<HttpClientRequest> whole;
  private @Nullable Promise<@Nullable Void> end;
  private @Nullable Handler<Void> drain;
  private @Nullable HttpClientRequest real;
  private @Nullable Throwable failure;

  /**
   * @param known told once what the body is
   */
  RequestWriter(Context context, Consumer<RequestBody> known) {
    this.context = context;
    this.known = known;
  }

  /** More is to come after these bytes. */
  Future<@Nullable Void> write(Buffer bytes) {
    HttpClientRequest to;
    Promise<@Nullable Void> written = Internals.promise(context);
    boolean wait = false;
    boolean large = false;
    synchronized (this) {
      Future<@Nullable Void> refusal = refusal();
      if (refusal != null) {
        return refusal;
      }
      to = real;
      if (to == null && !dropped) {
        held.add(isKnown ? new Piece(bytes, written) : new Piece(bytes.copy(), null));
        size += bytes.length();
        large = !isKnown && size > RequestBody.CAPTURE_LIMIT;
        wait = !isKnown && !large && !waiting;
        waiting |= wait;
        if (isKnown) {
          return written.future();
        }
      }
    }
    if (to != null) {
      return to.write(bytes);
    }
    if (large) {
      spill();
    } else if (wait) {
      CompletableFuture<@Nullable Void> patience = new CompletableFuture<>();
      patience.completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      var unused = patience.thenRun(this::spill);
    }
    written.tryComplete();
    return written.future();
  }

  /**
   * These are the last bytes.
   *
   * @param bytes null if the app has none
   */
  Future<@Nullable Void> end(@Nullable Buffer bytes) {
    Promise<@Nullable Void> done = Internals.promise(context);
    HttpClientRequest to;
    RequestBody body = null;
    synchronized (this) {
      Future<@Nullable Void> refusal = refusal();
      if (refusal != null) {
        return refusal;
      }
      ended = true;
      to = real;
      if (to == null && !dropped) {
        emptyEnd = bytes == null && held.isEmpty();
        size += bytes == null ? 0 : bytes.length();
        boolean small = size <= RequestBody.CAPTURE_LIMIT;
        if (bytes != null) {
          held.add(new Piece(isKnown || !small ? bytes : bytes.copy(), null));
        }
        end = done;
        if (!isKnown) {
          isKnown = true;
          body = small ? RequestBody.of(bytes()) : RequestBody.OPAQUE;
        }
      }
    }
    if (to != null) {
      return bytes == null ? to.end() : to.end(bytes);
    }
    if (body == null) {
      if (isDropped()) {
        done.tryComplete();
      }
      return done.future();
    }
    if (!body.opaque()) {
      done.tryComplete();
    }
    known.accept(body);
    return done.future();
  }

  /** The app leaves it to the client to write the body. */
  void end(Consumer<HttpClientRequest> writing) {
    synchronized (this) {
      if (ended || isKnown) {
        return;
      }
      ended = true;
      whole = writing;
    }
    spill();
  }

  private @Nullable Future<@Nullable Void> refusal() {
    if (ended) {
      return Future.failedFuture(new IllegalStateException("Request already complete"));
    }
    return failure == null ? null : Future.failedFuture(failure);
  }

  private byte[] bytes() {
    byte[] all = new byte[(int) size];
    int at = 0;
    for (Piece piece : held) {
      piece.bytes().getBytes(all, at);
      at += piece.bytes().length();
    }
    held.clear();
    return all;
  }

  /** It is not to be had as a whole: what is written from now on flows. */
  void spill() {
    synchronized (this) {
      if (isKnown || failure != null) {
        return;
      }
      isKnown = true;
    }
    known.accept(RequestBody.OPAQUE);
  }

  /** Nobody is told any more what the body is: it goes to where {@link #flow} says. */
  synchronized boolean claim() {
    boolean first = !isKnown;
    isKnown = true;
    return first;
  }

  synchronized boolean ended() {
    return ended;
  }

  private synchronized boolean isDropped() {
    return dropped;
  }

  /** Writes a body that was captured, as the app wrote it; it can be done again. */
  void write(HttpClientRequest to, byte[] bytes) {
    boolean nothing;
    synchronized (this) {
      nothing = emptyEnd;
    }
    var unused = bytes.length == 0 && nothing ? to.end() : to.end(Buffer.buffer(bytes));
  }

  /** Whether the app has to wait until it is told to go on. */
  boolean full() {
    HttpClientRequest to;
    synchronized (this) {
      to = real;
      if (to == null) {
        return isKnown && !dropped && failure == null && size > 0;
      }
    }
    return to.writeQueueFull();
  }

  void drainHandler(@Nullable Handler<Void> handler) {
    HttpClientRequest to;
    synchronized (this) {
      drain = handler;
      to = real;
    }
    if (to != null) {
      to.drainHandler(handler);
    }
  }

  /** A body that is opaque goes to this request, what is held first. */
  void flow(HttpClientRequest to) {
    Consumer<HttpClientRequest> writing;
    Handler<Void> draining;
    synchronized (this) {
      writing = whole;
      draining = drain;
    }
    if (writing != null) {
      writing.accept(to);
      return;
    }
    to.drainHandler(draining);
    while (flowOne(to)) {
      // On to the next one.
    }
    if (draining != null && !ended() && !to.writeQueueFull()) {
      context.runOnContext(draining);
    }
  }

  private boolean flowOne(HttpClientRequest to) {
    Piece piece;
    boolean last;
    Promise<@Nullable Void> done;
    synchronized (this) {
      piece = held.poll();
      last = ended && held.isEmpty();
      done = last ? end : piece == null ? null : piece.written();
      if (piece == null || last) {
        real = to;
      }
    }
    if (piece == null && !last) {
      return false;
    }
    Future<Void> written =
        piece == null ? to.end() : last ? to.end(piece.bytes()) : to.write(piece.bytes());
    if (done != null) {
      var unused =
          written.onComplete(
              ar -> {
                if (ar.succeeded()) {
                  done.tryComplete();
                } else {
                  done.tryFail(ar.cause());
                }
              });
    }
    return !last;
  }

  /** Nobody wants the body: what comes is taken and goes nowhere. */
  void drop() {
    close(null);
  }

  /** It cannot be sent, as the app is told where it writes. */
  void fail(Throwable cause) {
    close(cause);
  }

  private void close(@Nullable Throwable cause) {
    List<Promise<@Nullable Void>> open = new ArrayList<>();
    Handler<Void> draining;
    synchronized (this) {
      if (real != null || dropped || failure != null) {
        return;
      }
      dropped = cause == null;
      failure = cause;
      held.forEach(
          piece -> {
            if (piece.written() != null) {
              open.add(piece.written());
            }
          });
      held.clear();
      if (end != null) {
        open.add(end);
      }
      draining = ended ? null : drain;
    }
    for (Promise<@Nullable Void> each : open) {
      if (cause == null) {
        each.tryComplete();
      } else {
        each.tryFail(cause);
      }
    }
    if (draining != null && cause == null) {
      context.runOnContext(draining);
    }
  }
}
