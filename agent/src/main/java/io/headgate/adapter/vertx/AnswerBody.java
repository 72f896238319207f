// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.client.AsyncCall;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as Vert.x gives it to an app: it flows unless it is paused, handlers that are
 * not there get nothing, and all of them are called on the context. One chunk is pulled at a time.
 */
final class AnswerBody {

  private final Context context;
  private final Content content;
  private final AsyncCall<?> call;

  // Guarded by this.
  private long demand = Long.MAX_VALUE;
  private boolean begun;
  private boolean over;
  private @Nullable Throwable stopped;
  private @Nullable Runnable waiting;
  private @Nullable Handler<Buffer> onChunk;
  private @Nullable Handler<Void> onEnd;
  private @Nullable Handler<Throwable> onFailure;
  private @Nullable Buffer whole;
  private @Nullable Promise<Buffer> body;
  private @Nullable Promise<@Nullable Void> end;

  AnswerBody(Context context, Content content, AsyncCall<?> call) {
    this.context = context;
    this.content = content;
    this.call = call;
  }

  /** On the context, once whoever waited for the answer has been told. */
  void begin() {
    synchronized (this) {
      if (begun || over) {
        return;
      }
      begun = true;
    }
    pull();
  }

  private void pull() {
    synchronized (this) {
      if (stopped != null) {
        return;
      }
    }
    var unused =
        content
            .next()
            .whenComplete(
                (chunk, failure) ->
                    context.runOnContext(
                        nothing -> {
                          if (failure != null) {
                            fail(Causes.of(failure));
                          } else if (chunk == null) {
                            offer(this::finish);
                          } else {
                            offer(() -> give(chunk));
                          }
                        }));
  }

  /** Goes to the app now, or when it wants it. On the context. */
  private void offer(Runnable signal) {
    synchronized (this) {
      if (over || stopped != null) {
        return;
      }
      if (demand == 0) {
        waiting = signal;
        return;
      }
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
    }
    signal.run();
  }

  private void give(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.duplicate().get(bytes);
    Buffer buffer = Buffer.buffer(bytes);
    Handler<Buffer> handler;
    synchronized (this) {
      if (whole != null) {
        whole.appendBuffer(buffer);
      }
      handler = onChunk;
    }
    tell(handler, buffer);
    pull();
  }

  private void finish() {
    Handler<Void> handler;
    Promise<Buffer> collected;
    Promise<@Nullable Void> ended;
    Buffer all;
    synchronized (this) {
      over = true;
      handler = onEnd;
      collected = body;
      ended = end;
      all = whole;
    }
    call.close();
    tell(handler, null);
    if (collected != null) {
      collected.tryComplete(all);
    }
    if (ended != null) {
      ended.tryComplete();
    }
  }

  /** Breaks off: the app is told this, and nothing more. From any thread. */
  void stop(Throwable cause) {
    synchronized (this) {
      if (stopped != null || over) {
        return;
      }
      stopped = cause;
    }
    content.close();
    context.runOnContext(nothing -> fail(cause));
  }

  private void fail(Throwable failure) {
    Throwable cause;
    Handler<Throwable> handler;
    Promise<Buffer> collected;
    Promise<@Nullable Void> ended;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      waiting = null;
      cause = stopped == null ? failure : stopped;
      handler = onFailure;
      collected = body;
      ended = end;
    }
    content.close();
    call.close();
    tell(handler, cause);
    if (collected != null) {
      collected.tryFail(cause);
    }
    if (ended != null) {
      ended.tryFail(cause);
    }
  }

  /** What a handler throws is for the context to report, and does not stop the flow. */
  private <T> void tell(@Nullable Handler<T> handler, @Nullable T event) {
    if (handler == null) {
      return;
    }
    try {
      handler.handle(event);
    } catch (RuntimeException | Error e) {
      context.runOnContext(
          nothing -> {
            throw e;
          });
    }
  }

  void fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("negative amount: " + amount);
    }
    synchronized (this) {
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
      if (demand == 0 || waiting == null) {
        return;
      }
    }
    context.runOnContext(
        nothing -> {
          Runnable signal;
          synchronized (this) {
            signal = waiting;
            waiting = null;
          }
          if (signal != null) {
            offer(signal);
          }
        });
  }

  synchronized void pause() {
    demand = 0;
  }

  synchronized boolean over() {
    return over;
  }

  private void open(@Nullable Object handler) {
    if (handler != null && over) {
      throw new IllegalStateException("Response already ended");
    }
  }

  synchronized void onChunk(@Nullable Handler<Buffer> handler) {
    open(handler);
    onChunk = handler;
  }

  synchronized void onEnd(@Nullable Handler<Void> handler) {
    open(handler);
    onEnd = handler;
  }

  synchronized void onFailure(@Nullable Handler<Throwable> handler) {
    open(handler);
    onFailure = handler;
  }

  /** All that comes from now on. */
  synchronized Future<Buffer> body() {
    Promise<Buffer> promise = body;
    if (promise == null) {
      promise = Internals.promise(context);
      body = promise;
      whole = Buffer.buffer();
    }
    return promise.future();
  }

  synchronized Future<@Nullable Void> end() {
    open(this);
    Promise<@Nullable Void> promise = end;
    if (promise == null) {
      promise = Internals.promise(context);
      end = promise;
    }
    return promise.future();
  }
}
