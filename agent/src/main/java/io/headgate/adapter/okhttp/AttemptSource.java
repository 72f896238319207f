// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Apart;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one attempt, whose body is read as it is pulled, on the thread that pulls or, if it
 * may be shared, on one of ours. Gives the connection back at the end of the body, at a failure, or
 * when closed. On closing OkHttp reads on for up to a tenth of a second, as it does without us, in
 * the hope of saving the connection; except for an event stream that the app has not seen, which is
 * cut at once.
 */
final class AttemptSource implements ContentSource {

  /** In bytes: what one of okio's segments holds. */
  private static final long CHUNK = 8192;

  private static final CompletionStage<@Nullable ByteBuffer> END =
      CompletableFuture.completedFuture(null);

  private final Call call;
  private final Control control;
  private final boolean apart;
  private final CancelLink link;
  private final Response response;
  private final ResponseBody body;
  private final Consumer<Throwable> failures;
  private final GatewayResponse head;
  private final Content content;
  private final Buffer buffer = new Buffer();

  /** Reading and closing never overlap: okio's timeouts are not made for that. */
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  private volatile boolean ended;
  private volatile boolean closed;
  private volatile boolean delivered;
  private volatile @Nullable Throwable failure;

  private enum State {
    IDLE,
    READING,
    RELEASED
  }

  /**
   * @param control says who else waits for it
   * @param link between the app's call and this one; closed with the answer
   * @param failures told of what OkHttp throws at a read
   */
  AttemptSource(
      Call call,
      Control control,
      CancelLink link,
      Response response,
      ResponseBody body,
      Consumer<Throwable> failures) {
    this.call = call;
    this.control = control;
    // One that was shared from the start is on a thread of ours already.
    this.apart = control.shareable() && !control.shared();
    this.link = link;
    this.response = response;
    this.body = body;
    this.failures = failures;
    this.content = new Content(this, Ingress.newBody());
    this.head =
        GatewayResponse.of(
            response.code(),
            Conversions.headers(response.headers()),
            Conversions.protocol(response.protocol()),
            content);
  }

  /** As the gateway is shown it. */
  GatewayResponse head() {
    return head;
  }

  Content content() {
    return content;
  }

  /** OkHttp's own. Its body is not to be touched. */
  Response response() {
    return response;
  }

  /** In bytes, as OkHttp knows it; -1 if unknown. */
  long contentLength() {
    return body.contentLength();
  }

  /** What limits each read, for the app to change if it wants to. */
  Timeout timeout() {
    return body.source().timeout();
  }

  /** Whether others than the app wait for it, one of whom closes it. */
  boolean shared() {
    return control.shared();
  }

  /** Whether nobody has given it up: it may be the one that the app gets. */
  boolean open() {
    return !closed;
  }

  /**
   * It is the app's now, whose limit for the whole call ends the body, too. Not an event stream:
   * okhttp-sse has lifted the limit for such a body, and other readers cannot be told from it.
   *
   * @param deadlineNanos by {@link System#nanoTime}, or {@link Caller#NO_DEADLINE}
   */
  void deliver(long deadlineNanos) {
    delivered = true;
    if (deadlineNanos != Caller.NO_DEADLINE && !eventStream()) {
      link.endAt(deadlineNanos);
    }
  }

  private boolean eventStream() {
    return Conversions.eventStream(head.headers());
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    return apart && !ended ? Apart.run(this::read) : read();
  }

  private CompletionStage<@Nullable ByteBuffer> read() {
    if (ended) {
      return END;
    }
    Throwable known = failure;
    if (known != null) {
      return CompletableFuture.failedFuture(known);
    }
    if (!state.compareAndSet(State.IDLE, State.READING)) {
      return CompletableFuture.failedFuture(new IOException("closed"));
    }
    try {
      link.check();
      if (body.source().read(buffer, CHUNK) == -1) {
        ended = true;
        return END;
      }
      return CompletableFuture.completedFuture(ByteBuffer.wrap(buffer.readByteArray()));
    } catch (Throwable t) {
      Throwable thrown = link.expired() ? timeout(t) : t;
      failure = thrown;
      failures.accept(thrown);
      return CompletableFuture.failedFuture(thrown);
    } finally {
      state.set(State.IDLE);
      if (ended || closed || failure != null) {
        release();
      }
    }
  }

  /** In OkHttp's words. */
  private static Throwable timeout(Throwable cause) {
    InterruptedIOException timeout = new InterruptedIOException("timeout");
    timeout.initCause(cause);
    return timeout;
  }

  @Override
  public void close() {
    closed = true;
    if (!ended && !delivered && eventStream()) {
      call.cancel(); // It is far from its end, and the next attempt waits.
    }
    if (!release()) {
      call.cancel(); // Wakes the reader, who then releases it.
    }
  }

  /** Returns whether it is released; it is not while somebody reads. */
  private boolean release() {
    if (!state.compareAndSet(State.IDLE, State.RELEASED)) {
      return state.get() == State.RELEASED;
    }
    link.close();
    try {
      response.close();
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
    }
    return true;
  }
}
