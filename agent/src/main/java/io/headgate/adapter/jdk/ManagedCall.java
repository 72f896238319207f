// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A call that may take several requests. All are asynchronous, whatever way the app called: a
 * blocking app waits for the end of the whole, on its own thread, where it can be interrupted.
 */
final class ManagedCall implements Attempts {

  private final HttpClient client;
  private final Outgoing outgoing;

  /** The app's thread, while it waits; null if none does. */
  private volatile @Nullable Thread waiting;

  private final boolean blocking;
  private volatile boolean used;
  private volatile boolean delivering;
  private final Waits waits = new Waits();
  private final Bringing bringing = new Bringing();
  private final CompletableFuture<@Nullable Void> expired = new CompletableFuture<>();

  /** The TLS session under the newest answer, whatever has become of that one. */
  private volatile Optional<SSLSession> sslSession = Optional.empty();

  // Guarded by this.
  private boolean givenUp;
  private @Nullable Runnable current;

  /**
   * @param waiting the thread that waits for the call; null if the app gets a future
   */
  ManagedCall(HttpClient client, Outgoing outgoing, @Nullable Thread waiting) {
    this.client = client;
    this.outgoing = outgoing;
    this.waiting = waiting;
    this.blocking = waiting != null;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    boolean aside = control.shared();
    if (!aside && abandoned()) {
      return CompletableFuture.failedFuture(givenUp());
    }
    try {
      long left = leftNanos();
      if (!aside && left <= 0) {
        used = true;
        return CompletableFuture.failedFuture(Waits.timedOut());
      }
      boolean changed = outgoing.changes(request);
      HttpRequest wanted = outgoing.attempt(request, limitNanos(control, left));
      HttpClient sender =
          JdkAdapter.sender(
              client, changed, control.connectNanos(), outgoing.foreign(request.uri()));
      used |= !aside;
      CompletableFuture<GatewayResponse> head = send(sender, wanted, changed, control, aside);
      if (!aside && control.shareable() && left != Long.MAX_VALUE) {
        Waits.limit(head, left, () -> Ingress.background(() -> late(head, control)));
      }
      return head;
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  /** What the app's timeout leaves; {@link Long#MAX_VALUE} if it has none. */
  private long leftNanos() {
    long deadline = deadlineNanos();
    return deadline == NO_DEADLINE ? Long.MAX_VALUE : deadline - System.nanoTime();
  }

  /**
   * How long the client is to wait for the head. The app's timeout is its patience for its own
   * call: an attempt that goes on for others has as much once more.
   */
  private long limitNanos(Control control, long left) {
    if (left == Long.MAX_VALUE || !(control.shared() || control.shareable())) {
      return left;
    }
    return outgoing.timeoutNanos() + (control.shared() ? 0 : left);
  }

  /** The app's own timeout is over, which the client does not know of. */
  private void late(CompletableFuture<GatewayResponse> head, Control control) {
    if (!control.shared()) {
      if (head.completeExceptionally(Waits.timedOut())) {
        breakOff();
      }
    } else if (!head.isDone()) {
      expired.complete(null);
      abandon();
    }
  }

  private CompletableFuture<GatewayResponse> send(
      HttpClient sender, HttpRequest wanted, boolean changed, Control control, boolean aside) {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> exchange =
        changed && client.followRedirects() != HttpClient.Redirect.NEVER
            ? Sending.hopping(sender, new Hops<>(wanted, BodyHandlers.ofPublisher()), null)
            : Sending.through(sender, wanted, BodyHandlers.ofPublisher(), null);
    CompletableFuture<GatewayResponse> head = new CompletableFuture<>();
    Runnable cancel = () -> exchange.cancel(true);
    // What depends on the exchange may be the app's: not on the thread that times for all.
    control.onAbort(() -> Ingress.background(cancel));
    if (!aside) {
      hold(unlessShared(control, cancel));
    }
    var unused =
        exchange.whenComplete(
            (response, failure) -> {
              if (failure != null) {
                head.completeExceptionally(failure(Causes.of(failure), control));
              } else {
                arrived(response, sender, control, aside, head);
              }
            });
    return head;
  }

  private static Runnable unlessShared(Control control, Runnable cancel) {
    return () -> {
      if (!control.shared()) {
        cancel.run();
      }
    };
  }

  private void arrived(
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response,
      HttpClient sender,
      Control control,
      boolean aside,
      CompletableFuture<GatewayResponse> head) {
    PublishedSource source =
        new PublishedSource(response.body(), sender, task -> bring(task, control));
    try {
      LiveBody body = Ingress.newBody();
      control.onAbort(() -> Ingress.background(() -> source.abort(timedOut(control))));
      if (!aside) {
        sslSession = response.sslSession();
        hold(
            unlessShared(
                control,
                () -> {
                  body.error(null);
                  source.abort(givenUp());
                }));
      }
      if (control.aborted() != null || (!control.shared() && abandoned())) {
        source.close();
        head.completeExceptionally(failure(new CancellationException(), control));
        return;
      }
      boolean awaited =
          head.complete(
              GatewayResponse.of(
                  response.statusCode(),
                  Headers.of(response.headers().map()),
                  response.version() == HttpClient.Version.HTTP_2 ? "2" : "1.1",
                  new Content(source, body)));
      if (!awaited) {
        source.close(); // Too late.
      }
    } catch (Throwable t) {
      source.close();
      head.completeExceptionally(t);
    }
  }

  /** What is shared may be brought to others before the app, whose code would keep them waiting. */
  private void bring(Runnable task, Control control) {
    if (control.shared()) {
      task.run();
    } else {
      bringing.run(task);
    }
  }

  /** What ended an attempt, in the client's terms; it only knows that it was cancelled. */
  private Throwable failure(Throwable cause, Control control) {
    if (!control.shared() && abandoned()) {
      return givenUp();
    }
    return control.aborted() != null ? timedOut(control) : cause;
  }

  private static Throwable timedOut(Control control) {
    HttpTimeoutException timeout = Waits.timedOut();
    Throwable why = control.aborted();
    if (why != null) {
      timeout.initCause(why);
    }
    return timeout;
  }

  @Override
  public CompletionStage<@Nullable Void> pause(long nanos) {
    CompletableFuture<@Nullable Void> timer = waits.lasting(nanos);
    endIfAbandoned(timer);
    // Not on the thread that times waits for the whole JVM, nor on the one that cancels.
    return timer.whenCompleteAsync((done, failure) -> {}, Ingress::background);
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage) {
    if (stage.toCompletableFuture().isDone()) {
      return stage;
    }
    CompletableFuture<T> wait = waits.on(stage);
    endIfAbandoned(wait);
    if (delivering) {
      return wait; // Its timeout ended with the head; the app's code is kept off other threads.
    }
    long left = leftNanos();
    if (left != Long.MAX_VALUE) {
      Waits.limit(wait, left, () -> late(wait));
    }
    // Whoever brings it has more to do than to go on with this call.
    return wait.whenCompleteAsync((done, failure) -> {}, Ingress::background);
  }

  /** As if it had been the client's: nothing is to be sent any more. */
  private void late(CompletableFuture<?> wait) {
    used = true;
    wait.completeExceptionally(Waits.timedOut());
  }

  private void endIfAbandoned(CompletableFuture<?> wait) {
    if (abandoned()) {
      wait.completeExceptionally(givenUp());
    }
  }

  @Override
  public boolean abandoned() {
    Thread thread = waiting;
    if (thread != null && thread.isInterrupted()) {
      return true;
    }
    synchronized (this) {
      return givenUp;
    }
  }

  @Override
  public long deadlineNanos() {
    return outgoing.deadlineNanos();
  }

  /** What the client throws, or completes its future with, when the app gives a call up. */
  private Throwable givenUp() {
    return blocking ? new InterruptedException() : new CancellationException();
  }

  /**
   * The app gives the call up: what is under way is broken off, unless others wait for it, and
   * nothing follows.
   */
  void abandon() {
    synchronized (this) {
      givenUp = true;
    }
    waits.end(givenUp());
    breakOff();
  }

  private void breakOff() {
    Runnable under;
    synchronized (this) {
      under = current;
      current = null;
    }
    if (under != null) {
      under.run();
    }
  }

  /** The app is about to get its answer, which this ends if the app gives the call up. */
  void delivering(Runnable cancel) {
    delivering = true;
    hold(cancel);
  }

  /** Completes when the app's own timeout ends the call, and an attempt goes on for others. */
  CompletableFuture<@Nullable Void> expired() {
    return expired;
  }

  /** What the app's code may run in. */
  Bringing bringing() {
    return bringing;
  }

  /** How to break off what is under way now; at once, if the app has given the call up. */
  private void hold(Runnable cancel) {
    boolean late;
    synchronized (this) {
      late = givenUp;
      current = late ? null : cancel;
    }
    if (late) {
      cancel.run();
    }
  }

  /** The app has what it gets: nobody waits any more. */
  void done() {
    waiting = null;
    synchronized (this) {
      current = null;
    }
  }

  /** Whether the gateway got as far as having the client send something. */
  boolean used() {
    return used;
  }

  /** The TLS session of the newest attempt that was answered; empty if it had none. */
  Optional<SSLSession> sslSession() {
    return sslSession;
  }
}
