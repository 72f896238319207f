// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call. All of them run, and all waiting is done, on the thread that asks for
 * it, which is the one that made the call or the dispatcher's. No lock is held meanwhile.
 */
final class OkHttpAttempts implements Attempts {

  /** How soon a pause takes notice of a cancellation, of which OkHttp 3 and 4 tell nobody. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final OkHttpClient client;
  private final Interceptor.Chain chain;
  private final Request unchanged;
  private final GatewayRequest asked;
  private final long deadlineNanos;
  private final List<AttemptSource> answers = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Throwable> thrown = new CopyOnWriteArrayList<>();
  private volatile boolean sent;
  private volatile boolean abandoned;
  private volatile @Nullable Call current;

  /**
   * @param startedNanos {@link System#nanoTime} when the call came to us
   */
  OkHttpAttempts(
      OkHttpClient client,
      Interceptor.Chain chain,
      Request unchanged,
      GatewayRequest asked,
      long startedNanos) {
    this.client = client;
    this.chain = chain;
    this.unchanged = unchanged;
    this.asked = asked;
    this.deadlineNanos = deadline(chain.call().timeout(), startedNanos);
  }

  /** OkHttp does not tell when it started the call: before the application's interceptors. */
  private static long deadline(Timeout timeout, long startedNanos) {
    long within = timeout.timeoutNanos();
    if (timeout.hasDeadline()) {
      long left = timeout.deadlineNanoTime() - startedNanos;
      within = within == 0 ? left : Math.min(within, left);
    } else if (within == 0) {
      return NO_DEADLINE;
    }
    long deadline = startedNanos + within;
    return within > 0 && deadline < startedNanos ? NO_DEADLINE : deadline;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    if (abandoned()) {
      return failed(new IOException("Canceled"));
    }
    Call call;
    try {
      Request outgoing =
          request.equals(asked) ? unchanged : Conversions.toOkHttp(request, asked, unchanged);
      boolean foreign = !Hosts.sameOrigin(outgoing.url(), unchanged.url());
      call = AttemptCall.of(client, chain, outgoing, foreign, control.connectNanos());
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      return CompletableFuture.failedFuture(t);
    }
    CancelLink link = CancelLink.between(chain.call(), call);
    current = call;
    control.onAbort(call::cancel);
    Response response;
    boolean entered = Ingress.enter();
    try {
      link.throwIfCanceled();
      sent = true;
      response = call.execute();
    } catch (Throwable t) {
      link.close();
      return failed(t);
    } finally {
      current = null;
      Ingress.leave(entered);
    }
    return head(call, link, response);
  }

  private CompletionStage<GatewayResponse> head(Call call, CancelLink link, Response response) {
    AttemptSource answer;
    try {
      ResponseBody body = response.body();
      if (body == null) {
        throw new IOException("answer without a body"); // No call that was executed has one.
      }
      answer = new AttemptSource(call, link, response, body, this::note);
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      link.close();
      response.close();
      return CompletableFuture.failedFuture(t);
    }
    answers.add(answer);
    if (abandoned) {
      answer.close();
    }
    return CompletableFuture.completedFuture(answer.head());
  }

  @Override
  public CompletionStage<@Nullable Void> pause(long nanos) {
    long start = System.nanoTime();
    while (true) {
      if (abandoned()) {
        return failed(new IOException("Canceled"));
      }
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return CompletableFuture.completedFuture(null);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(Math.min(left, STEP_NANOS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed(new InterruptedIOException("interrupted")); // okio's own words
      }
    }
  }

  @Override
  public boolean abandoned() {
    return abandoned || chain.call().isCanceled();
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  private <T> CompletionStage<T> failed(Throwable failure) {
    note(failure);
    return CompletableFuture.failedFuture(failure);
  }

  private void note(Throwable failure) {
    thrown.addIfAbsent(failure);
    if (failure instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
      abandoned = true;
    }
  }

  /** Whether any request was given to the client. */
  boolean sent() {
    return sent;
  }

  /** Whether this exception is OkHttp's, or what OkHttp would have thrown. */
  boolean threw(Throwable failure) {
    for (Throwable known : thrown) {
      if (known == failure) {
        return true;
      }
    }
    return false;
  }

  /** Whether the app may see this exception; if not, it is a fault of ours. */
  boolean mayEndWith(Throwable failure) {
    return threw(failure) || (sent && failure instanceof IOException);
  }

  /** What the app gets if nobody can say: what was thrown last; null if nothing was. */
  @Nullable Throwable lastThrown() {
    List<Throwable> all = List.copyOf(thrown);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** The latest answer, unless it was given up; null if there is none. */
  @Nullable AttemptSource lastOpen() {
    List<AttemptSource> all = List.copyOf(answers);
    AttemptSource last = all.isEmpty() ? null : all.get(all.size() - 1);
    return last != null && last.open() ? last : null;
  }

  /** The app waits no more. */
  void abandon() {
    abandoned = true;
    Call running = current;
    if (running != null) {
      running.cancel();
    }
    close();
  }

  /** Gives up every answer that nobody gave up. */
  void close() {
    for (AttemptSource answer : answers) {
      if (answer.open()) {
        answer.content().close();
        answer.close();
      }
    }
  }
}
