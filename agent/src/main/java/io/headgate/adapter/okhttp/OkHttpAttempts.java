// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Apart;
import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
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
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call. All of them run, and all waiting is done, on the thread that asks for
 * it, which is the one that made the call or the dispatcher's; but for an attempt that may be
 * shared, which runs on a thread of ours. No lock is held meanwhile.
 */
final class OkHttpAttempts implements Attempts {

  private final OkHttpClient client;
  private final Interceptor.Chain chain;
  private final Request unchanged;
  private final GatewayRequest asked;
  private final Patience patience;
  private final List<AttemptSource> answers = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Throwable> thrown = new CopyOnWriteArrayList<>();
  private volatile boolean sent;
  private volatile @Nullable Running current;
  private volatile @Nullable Content delivered;

  /** An attempt whose answer is awaited. */
  private record Running(Call call, Control control) {}

  /**
   * @param patience of the thread that made the call
   */
  OkHttpAttempts(
      OkHttpClient client,
      Interceptor.Chain chain,
      Request unchanged,
      GatewayRequest asked,
      Patience patience) {
    this.client = client;
    this.chain = chain;
    this.unchanged = unchanged;
    this.asked = asked;
    this.patience = patience;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    boolean aside = control.shared();
    if (!aside && abandoned()) {
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
    if (aside) {
      return aside(call, control);
    }
    sent = true;
    return control.shareable() ? Apart.run(() -> run(call, control)) : run(call, control);
  }

  private CompletionStage<GatewayResponse> run(Call call, Control control) {
    CancelLink link = CancelLink.between(chain.call(), call, control, this::depart);
    Running running = new Running(call, control);
    current = running;
    control.onAbort(call::cancel);
    Response response;
    boolean entered = Ingress.enter();
    try {
      link.throwIfCanceled();
      response = call.execute();
    } catch (Throwable t) {
      link.close();
      return failed(t);
    } finally {
      if (current == running) {
        current = null;
      }
      Ingress.leave(entered);
    }
    AttemptSource answer = answer(call, control, link, response, this::note);
    if (answer == null) {
      return CompletableFuture.failedFuture(new IOException("answer without a body"));
    }
    answers.add(answer);
    if (patience.over() && !control.shared()) {
      answer.close();
    }
    return CompletableFuture.completedFuture(answer.head());
  }

  /** An attempt that is no part of the app's call: nothing of it is ever the app's. */
  private CompletionStage<GatewayResponse> aside(Call call, Control control) {
    CancelLink link = CancelLink.between(chain.call(), call, control, () -> {});
    control.onAbort(call::cancel);
    boolean entered = Ingress.enter();
    try {
      AttemptSource answer = answer(call, control, link, call.execute(), failure -> {});
      return answer == null
          ? CompletableFuture.failedFuture(new IOException("answer without a body"))
          : CompletableFuture.completedFuture(answer.head());
    } catch (Throwable t) {
      link.close();
      return CompletableFuture.failedFuture(t);
    } finally {
      Ingress.leave(entered);
    }
  }

  /** Null if OkHttp's answer is none. */
  private static @Nullable AttemptSource answer(
      Call call,
      Control control,
      CancelLink link,
      Response response,
      Consumer<Throwable> failures) {
    try {
      ResponseBody body = response.body();
      if (body == null) {
        throw new IOException("answer without a body"); // No call that was executed has one.
      }
      return new AttemptSource(call, control, link, response, body, failures);
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      link.close();
      response.close();
      return null;
    }
  }

  @Override
  public CompletionStage<@Nullable Void> pause(long nanos) {
    IOException end = patience.sleep(nanos);
    return end == null ? CompletableFuture.completedFuture(null) : failed(end);
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage) {
    IOException end = patience.until(stage.toCompletableFuture());
    return end == null ? stage : failed(end);
  }

  @Override
  public boolean abandoned() {
    return patience.over();
  }

  @Override
  public long deadlineNanos() {
    return patience.deadlineNanos();
  }

  private <T> CompletionStage<T> failed(Throwable failure) {
    note(failure);
    return CompletableFuture.failedFuture(failure);
  }

  private void note(Throwable failure) {
    thrown.addIfAbsent(failure);
    if (failure instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
      patience.leave();
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

  /** What the app is given; the limit of its call does not end an event stream. */
  void delivering(Content content, boolean eventStream) {
    delivered = content;
    if (eventStream) {
      patience.unlimited();
    }
  }

  /** The app waits no more. */
  void abandon() {
    patience.leave();
    Running running = current;
    if (running != null && !running.control().shared()) {
      running.call().cancel();
    }
    close();
  }

  /** The app has left an attempt that goes on for others: what it was given ends here. */
  private void depart() {
    patience.leave();
    Content given = delivered;
    if (given != null) {
      // Closing may take a while, and the thread that looks has more to look after.
      Ingress.background(given::close);
    }
  }

  /** Gives up every answer that nobody gave up, and that nobody but the app waits for. */
  void close() {
    for (AttemptSource answer : answers) {
      if (answer.open() && !answer.shared()) {
        answer.content().close();
        answer.close();
      }
    }
  }
}
