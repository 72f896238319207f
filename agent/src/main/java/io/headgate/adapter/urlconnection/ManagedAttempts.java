// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Apart;
import io.headgate.gateway.Attempts;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call whose answers come to us first. Each has a fresh connection, set up like
 * the app's own one, which stays as it is. Blocks the thread that asks, but for an attempt that may
 * be shared, which runs on a thread of ours. Redirects are followed within the origin, whatever the
 * request: where a server sends a call is no place that was chosen for it.
 */
final class ManagedAttempts implements Attempts {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final GatewayRequest original;
  private final Likeness likeness;
  private final boolean writes;
  private final List<ManagedAttempt> started = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final CompletableFuture<@Nullable Void> left = new CompletableFuture<>();
  private volatile boolean over;

  /**
   * @param writes whether the app asked for an output, so that there is a body, be it empty
   */
  ManagedAttempts(GatewayRequest original, Likeness likeness, boolean writes) {
    this.original = original;
    this.likeness = likeness;
    this.writes = writes;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    boolean aside = control.shared();
    return control.shareable() && !aside
        ? Apart.run(() -> run(request, control, false))
        : run(request, control, aside);
  }

  /**
   * Sends it, on this thread.
   *
   * @param aside whether it is no part of the app's call: nothing of it is ever the app's
   */
  private CompletionStage<GatewayResponse> run(
      GatewayRequest request, Control control, boolean aside) {
    boolean entered = Ingress.enter();
    try {
      return CompletableFuture.completedFuture(answer(request, control, aside).response());
    } catch (Throwable t) {
      if (!aside) {
        failures.add(t);
      }
      return CompletableFuture.failedFuture(t);
    } finally {
      Ingress.leave(entered);
    }
  }

  private ManagedAttempt answer(GatewayRequest request, Control control, boolean aside)
      throws IOException {
    GatewayRequest sent = request;
    ManagedAttempt attempt = sent(sent, control, true, false, aside);
    boolean follows = likeness.followsRedirects() && !likeness.streaming();
    for (int i = 0; follows && i < SameOrigin.MAX_REDIRECTS; i++) {
      GatewayRequest next = SameOrigin.next(sent, attempt.connection());
      if (next == null) {
        break;
      }
      attempt.close();
      sent = next;
      attempt = sent(sent, control, true, true, aside);
    }
    if (attempt.unreadRefusal() && !likeness.streaming()) {
      // Refused, so nothing was done for it: the app is to read why, and its authenticator to help.
      boolean moved = attempt.moved();
      attempt.close();
      attempt = sent(sent, control, false, moved, aside);
    }
    return attempt;
  }

  /**
   * Sends one request.
   *
   * @param once whether to keep the JDK from sending a body again, unasked, when a connection ends
   *     before it answers; it does not with a body that is streamed
   */
  private ManagedAttempt sent(
      GatewayRequest request, Control control, boolean once, boolean moved, boolean aside)
      throws IOException {
    HttpURLConnection connection = likeness.open(original, request);
    limitConnecting(connection, control.connectNanos());
    byte[] content = request.body().bytes();
    boolean body = content.length > 0 || (writes && !request.method().equals("GET"));
    if (body) {
      connection.setDoOutput(true);
    }
    if (!likeness.streaming()) {
      connection.setInstanceFollowRedirects(false);
      if (body && once && !request.headers().contains("Expect")) {
        connection.setFixedLengthStreamingMode((long) content.length);
      }
    }
    ManagedAttempt attempt = new ManagedAttempt(connection, control, moved);
    if (!aside) {
      started.add(attempt);
    }
    if (!control.shared() && (over || abandoned())) {
      throw ManagedAttempt.brokenOff();
    }
    attempt.run(request, body);
    return attempt;
  }

  private static void limitConnecting(HttpURLConnection connection, long nanos) {
    if (nanos <= 0) {
      return;
    }
    long millis = Math.max(1, nanos / NANOS_PER_MILLI);
    int own = connection.getConnectTimeout();
    if (own == 0 || millis < own) {
      connection.setConnectTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    }
  }

  @Override
  public CompletionStage<@Nullable Void> pause(long nanos) {
    IOException end;
    try {
      left.get(nanos, TimeUnit.NANOSECONDS);
      end = ManagedAttempt.brokenOff();
    } catch (TimeoutException e) {
      return CompletableFuture.completedFuture(null);
    } catch (InterruptedException e) {
      end = interrupted();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // It does not fail.
    }
    failures.add(end);
    return CompletableFuture.failedFuture(end);
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage) {
    CompletableFuture<T> other = stage.toCompletableFuture();
    if (other.isDone()) {
      return stage;
    }
    IOException end = ManagedAttempt.brokenOff();
    try {
      CompletableFuture.anyOf(other, left).get();
    } catch (InterruptedException e) {
      end = interrupted();
    } catch (ExecutionException | CancellationException e) {
      return stage;
    }
    if (other.isDone()) {
      return stage;
    }
    failures.add(end);
    return CompletableFuture.failedFuture(end);
  }

  /** Like the JDK, which says that of streams; its sockets take no notice. */
  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  /**
   * What a call has come to. Its end is waited for until the app disconnects; an interrupt does not
   * end it, as it does not end the JDK's wait for an answer.
   *
   * @throws IOException the app has disconnected: the answer, if one comes, is let go of
   */
  GatewayResponse outcome(CompletableFuture<GatewayResponse> call) throws IOException {
    if (!call.isDone()) {
      var either = CompletableFuture.anyOf(call, left).handle((done, failure) -> true);
      either.join();
      if (!call.isDone()) {
        IOException end = ManagedAttempt.brokenOff();
        failures.add(end);
        var unused = call.thenAccept(GatewayResponse::abandon);
        throw end;
      }
    }
    return call.join();
  }

  @Override
  public boolean abandoned() {
    return left.isDone();
  }

  /** There is a time-out for connecting and one for each read, but none for a call. */
  @Override
  public long deadlineNanos() {
    return NO_DEADLINE;
  }

  /** The app disconnected: whatever waits is thrown out, but for what others wait for, too. */
  void abandon() {
    left.complete(null);
    for (ManagedAttempt attempt : started) {
      if (!attempt.shared()) {
        attempt.breakOff();
      }
    }
  }

  /** Whether anything was sent, as far as is known. */
  boolean used() {
    return !started.isEmpty();
  }

  /** Whether this is what one of ours failed with. */
  boolean failedWith(Throwable failure) {
    for (Throwable known : failures) {
      if (known == failure) {
        return true;
      }
    }
    return false;
  }

  /** Takes no more sends. */
  void finish() {
    over = true;
  }

  /** What the newest failure was; null if there was none. */
  @Nullable Throwable lastFailure() {
    return failures.isEmpty() ? null : failures.get(failures.size() - 1);
  }

  /** Whose answer that is, as it came; null if it was changed on its way, or is nobody's. */
  @Nullable ManagedAttempt of(LiveBody body) {
    for (ManagedAttempt attempt : started) {
      if (attempt.body() == body) {
        return attempt;
      }
    }
    return null;
  }

  /** The newest one that was answered and is not closed; null if there is none. */
  @Nullable ManagedAttempt newestOpen() {
    ManagedAttempt newest = null;
    for (ManagedAttempt attempt : started) {
      if (attempt.open()) {
        newest = attempt;
      }
    }
    return newest;
  }

  /** Lets go of all attempts but one, and but those that others wait for. */
  void closeAllBut(@Nullable ManagedAttempt kept) {
    for (ManagedAttempt attempt : started) {
      if (attempt != kept && !attempt.shared()) {
        attempt.close();
      }
    }
  }
}
