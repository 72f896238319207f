// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Caller;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How long the thread of a call waits for what others bring about: until the app cancels the call,
 * its limit is over, the thread is interrupted, or nobody wants the answer any more. What is waited
 * for is left alone.
 */
final class Patience {

  /** How soon a cancellation is taken notice of, of which OkHttp 3 and 4 tell nobody. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Call call;
  private final long deadlineNanos;
  private volatile boolean unlimited;
  private volatile boolean left;

  /**
   * @param startedNanos {@link System#nanoTime} when the call came to us
   */
  Patience(Call call, long startedNanos) {
    this.call = call;
    this.deadlineNanos = deadline(call.timeout(), startedNanos);
    this.unlimited = deadlineNanos == Caller.NO_DEADLINE;
  }

  /** OkHttp does not tell when it started the call: before the application's interceptors. */
  private static long deadline(Timeout timeout, long startedNanos) {
    long within = timeout.timeoutNanos();
    if (timeout.hasDeadline()) {
      long left = timeout.deadlineNanoTime() - startedNanos;
      within = within == 0 ? left : Math.min(within, left);
    } else if (within == 0) {
      return Caller.NO_DEADLINE;
    }
    long deadline = startedNanos + within;
    return within > 0 && deadline < startedNanos ? Caller.NO_DEADLINE : deadline;
  }

  /** As {@link Caller#deadlineNanos}. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** What the app gets now is an event stream, which the limit of the call does not end. */
  void unlimited() {
    unlimited = true;
  }

  /** Nobody waits any more. */
  void leave() {
    left = true;
  }

  /** Whether the app has given the call up. */
  boolean over() {
    return left || call.isCanceled();
  }

  /** What OkHttp would throw now; null if the call goes on. */
  @Nullable IOException ended() {
    if (call.isCanceled()) {
      return new IOException("Canceled"); // RealCall's own words
    }
    if (!unlimited && System.nanoTime() - deadlineNanos >= 0) {
      return new InterruptedIOException("timeout"); // RealCall's own words
    }
    return left ? new IOException("Canceled") : null;
  }

  /** Waits until that is done, and then returns null; or says why not. */
  @Nullable IOException until(CompletableFuture<?> future) {
    return until(future, Long.MAX_VALUE);
  }

  /** Waits for so many nanoseconds, and then returns null; or says why not. */
  @Nullable IOException sleep(long nanos) {
    return until(new CompletableFuture<>(), nanos);
  }

  private @Nullable IOException until(CompletableFuture<?> future, long nanos) {
    long start = System.nanoTime();
    while (!future.isDone()) {
      IOException end = ended();
      long rest = nanos - (System.nanoTime() - start);
      if (end != null || rest <= 0) {
        return end;
      }
      try {
        future.get(Math.min(rest, STEP_NANOS), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Looks again.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted"); // okio's own words
      } catch (ExecutionException | CancellationException e) {
        return null;
      }
    }
    return null;
  }
}
