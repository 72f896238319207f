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
import java.util.concurrent.TimeUnit;
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
    if (abandoned()) {
      return CompletableFuture.failedFuture(givenUp());
    }
    try {
      long deadline = deadlineNanos();
      long left = deadline == NO_DEADLINE ? Long.MAX_VALUE : deadline - System.nanoTime();
      if (left <= 0) {
        used = true;
        return CompletableFuture.failedFuture(new HttpTimeoutException("request timed out"));
      }
      boolean changed = outgoing.changes(request);
      HttpRequest wanted = outgoing.attempt(request, left);
      HttpClient sender =
          JdkAdapter.sender(
              client, changed, control.connectNanos(), outgoing.foreign(request.uri()));
      used = true;
      return send(sender, wanted, changed, control);
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  private CompletionStage<GatewayResponse> send(
      HttpClient sender, HttpRequest wanted, boolean changed, Control control) {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> exchange =
        changed && client.followRedirects() != HttpClient.Redirect.NEVER
            ? Sending.hopping(sender, new Hops<>(wanted, BodyHandlers.ofPublisher()), null)
            : Sending.through(sender, wanted, BodyHandlers.ofPublisher(), null);
    CompletableFuture<GatewayResponse> head = new CompletableFuture<>();
    Runnable cancel = () -> exchange.cancel(true);
    // What depends on the exchange may be the app's: not on the thread that times for all.
    control.onAbort(() -> Ingress.background(cancel));
    hold(cancel);
    var unused =
        exchange.whenComplete(
            (response, failure) -> {
              if (failure != null) {
                head.completeExceptionally(failure(Causes.of(failure), control));
              } else {
                arrived(response, sender, control, head);
              }
            });
    return head;
  }

  private void arrived(
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response,
      HttpClient sender,
      Control control,
      CompletableFuture<GatewayResponse> head) {
    PublishedSource source = new PublishedSource(response.body(), sender);
    try {
      LiveBody body = Ingress.newBody();
      control.onAbort(() -> Ingress.background(() -> source.abort(timedOut(control))));
      hold(
          () -> {
            body.error(null);
            source.abort(givenUp());
          });
      if (control.aborted() != null || abandoned()) {
        source.close();
        head.completeExceptionally(failure(new CancellationException(), control));
        return;
      }
      sslSession = response.sslSession();
      head.complete(
          GatewayResponse.of(
              response.statusCode(),
              Headers.of(response.headers().map()),
              response.version() == HttpClient.Version.HTTP_2 ? "2" : "1.1",
              new Content(source, body)));
    } catch (Throwable t) {
      source.close();
      head.completeExceptionally(t);
    }
  }

  /** What ended an attempt, in the client's terms; it only knows that it was cancelled. */
  private Throwable failure(Throwable cause, Control control) {
    if (abandoned()) {
      return givenUp();
    }
    return control.aborted() != null ? timedOut(control) : cause;
  }

  private static Throwable timedOut(Control control) {
    HttpTimeoutException timeout = new HttpTimeoutException("request timed out");
    Throwable why = control.aborted();
    if (why != null) {
      timeout.initCause(why);
    }
    return timeout;
  }

  @Override
  public CompletionStage<@Nullable Void> pause(long nanos) {
    CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
    if (abandoned()) {
      timer.completeExceptionally(givenUp());
      return timer;
    }
    timer.completeOnTimeout(null, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    hold(() -> timer.completeExceptionally(givenUp()));
    // Not on the thread that times waits for the whole JVM, nor on the one that cancels.
    return timer.whenCompleteAsync((done, failure) -> {}, Ingress::background);
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

  /** The app gives the call up: what is under way is broken off, and nothing follows. */
  void abandon() {
    Runnable under;
    synchronized (this) {
      givenUp = true;
      under = current;
      current = null;
    }
    if (under != null) {
      under.run();
    }
  }

  /** How to break off what is under way now; at once, if the app has given the call up. */
  void hold(Runnable cancel) {
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
