// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call whose answers come to us first. Each has a fresh connection, set up like
 * the app's own one, which stays as it is. Blocks the thread that asks. Redirects are followed
 * within the origin, whatever the request: where a server sends a call is no place that was chosen
 * for it.
 */
final class ManagedAttempts implements Attempts {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final GatewayRequest original;
  private final Likeness likeness;
  private final boolean writes;
  private final List<ManagedAttempt> started = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final CountDownLatch left = new CountDownLatch(1);
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
    boolean entered = Ingress.enter();
    try {
      return CompletableFuture.completedFuture(answer(request, control).response());
    } catch (Throwable t) {
      failures.add(t);
      return CompletableFuture.failedFuture(t);
    } finally {
      Ingress.leave(entered);
    }
  }

  private ManagedAttempt answer(GatewayRequest request, Control control) throws IOException {
    GatewayRequest sent = request;
    ManagedAttempt attempt = sent(sent, control, true, false);
    boolean follows = likeness.followsRedirects() && !likeness.streaming();
    for (int i = 0; follows && i < SameOrigin.MAX_REDIRECTS; i++) {
      GatewayRequest next = SameOrigin.next(sent, attempt.connection());
      if (next == null) {
        break;
      }
      attempt.close();
      sent = next;
      attempt = sent(sent, control, true, true);
    }
    if (attempt.unreadRefusal() && !likeness.streaming()) {
      // Refused, so nothing was done for it: the app is to read why, and its authenticator to help.
      boolean moved = attempt.moved();
      attempt.close();
      attempt = sent(sent, control, false, moved);
    }
    return attempt;
  }

  /**
   * Sends one request.
   *
   * @param once whether to keep the JDK from sending a body again, unasked, when a connection ends
   *     before it answers; it does not with a body that is streamed
   */
  private ManagedAttempt sent(GatewayRequest request, Control control, boolean once, boolean moved)
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
    started.add(attempt);
    if (over || abandoned()) {
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
      if (!left.await(nanos, TimeUnit.NANOSECONDS)) {
        return CompletableFuture.completedFuture(null);
      }
      end = ManagedAttempt.brokenOff();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end = new InterruptedIOException("interrupted");
    }
    failures.add(end);
    return CompletableFuture.failedFuture(end);
  }

  @Override
  public boolean abandoned() {
    return left.getCount() == 0;
  }

  /** There is a time-out for connecting and one for each read, but none for a call. */
  @Override
  public long deadlineNanos() {
    return NO_DEADLINE;
  }

  /** The app disconnected: whatever waits is thrown out. */
  void abandon() {
    left.countDown();
    for (ManagedAttempt attempt : started) {
      attempt.breakOff();
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

  /** Lets go of all attempts but one. */
  void closeAllBut(@Nullable ManagedAttempt kept) {
    for (ManagedAttempt attempt : started) {
      if (attempt != kept) {
        attempt.close();
      }
    }
  }
}
