// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.headgate.client.AsyncCall;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/**
 * One subscription of an app to the answer of a request. Each is a call of its own, and nothing
 * happens before.
 */
final class AsyncSend {

  private final HttpClient client;
  private final HttpRequest own;
  private final Context context;
  private final ContextView view;
  private final MonoSink<HttpResponse> sink;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  /** Whether the app has got its answer. */
  private final AtomicBoolean arrived;

  /** The client's own sending, of a request that could not be looked at. */
  private final Disposable.Swap running = Disposables.swap();

  private volatile boolean cancelled;
  private volatile @Nullable AsyncCall<HttpResponse> call;

  private AsyncSend(
      HttpClient client,
      HttpRequest own,
      Context context,
      ContextView view,
      MonoSink<HttpResponse> sink,
      AtomicBoolean arrived) {
    this.arrived = arrived;
    this.client = client;
    this.own = own;
    this.context = context;
    this.view = view;
    this.sink = sink;
  }

  static Mono<HttpResponse> of(HttpClient client, HttpRequest own, Context context) {
    return Mono.deferContextual(
        view -> {
          if (Ingress.bypassed()) {
            return AzureAdapter.original(client, own, context);
          }
          AtomicBoolean arrived = new AtomicBoolean();
          return Mono.<HttpResponse>create(
                  sink -> new AsyncSend(client, own, context, view, sink, arrived).begin())
              .doOnNext(answer -> arrived.set(true));
        });
  }

  private void begin() {
    sink.onCancel(this::cancel);
    ClassLoader azure = HttpClient.class.getClassLoader();
    Exchange.CallSite site =
        new Exchange.CallSite(AzureAdapter.CLIENT, azure, Ingress.captureParent(azure));
    // Reading the body may have to wait, and this may be an event loop.
    Ingress.background(() -> read(site));
  }

  private void read(Exchange.CallSite site) {
    try {
      if (!cancelled) {
        start(new Asked(own, BodyReading.of(own)), site);
      }
    } catch (Throwable t) {
      unread(t);
    }
  }

  private void start(Asked asked, Exchange.CallSite site) {
    Sending sending = new Sending(client, context);
    AsyncCall<HttpResponse> started =
        new AsyncCall<>(asked.request(), site, new Client(asked, sending, view, Sending.givenUp()));
    call = started;
    if (cancelled) {
      return;
    }
    var unused =
        started
            .start()
            .whenComplete(
                (outcome, failure) ->
                    within(
                        () -> {
                          if (outcome == null) {
                            sink.error(failure == null ? Sending.givenUp() : Causes.of(failure));
                          } else {
                            deliver(started, outcome);
                          }
                        }));
  }

  /** The request cannot be looked at; what the client makes of it is for the app. */
  private void unread(Throwable fault) {
    if (fault instanceof LinkageError) {
      AzureAdapter.failed(fault); // Which may be the app's own.
    }
    if (cancelled) {
      return;
    }
    try {
      Disposable sending =
          AzureAdapter.original(client, own, context)
              .contextWrite(known -> known.putAll(view))
              .subscribe(this::give, sink::error, sink::success);
      if (!Kind.of(client).dropsLateAnswers()) {
        running.update(sending);
      }
    } catch (Throwable t) {
      sink.error(t); // As if it were thrown where the app subscribed.
    }
  }

  private void deliver(AsyncCall<HttpResponse> done, Outcome<HttpResponse> outcome) {
    if (cancelled) {
      outcome.content().close();
      done.close();
      return;
    }
    if (!Options.whole(context, outcome)) {
      give(new PublishedAnswer(own, outcome, done, Kind.of(client) == Kind.OKHTTP));
      return;
    }
    var unused =
        Whole.read(outcome.content())
            .whenComplete(
                (bytes, failure) ->
                    within(
                        () -> {
                          done.close();
                          if (bytes == null) {
                            sink.error(failure == null ? Sending.givenUp() : Causes.of(failure));
                          } else {
                            sink.success(new WholeAnswer(own, outcome, bytes));
                          }
                        }));
  }

  /** Gives the app its answer, which is for nobody if it has just left. */
  private void give(HttpResponse answer) {
    sink.success(answer);
    if (cancelled && !arrived.get()) {
      answer.close();
    }
  }

  /** What the app chains to the answer runs here: with the class loader that it subscribed with. */
  private void within(Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      work.run();
    } catch (Throwable t) {
      Ingress.fault(AzureAdapter.CLIENT, t);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void cancel() {
    cancelled = true;
    if (arrived.get()) {
      return; // It has its answer, and closes that itself.
    }
    running.dispose();
    AsyncCall<HttpResponse> begun = call;
    if (begun != null) {
      begun.abandon();
    }
  }

  /**
   * The app's client, as it serves one call.
   *
   * @param givenUp the same each time, so that it is known for what it is
   */
  private record Client(Asked asked, Sending sending, ContextView view, Throwable givenUp)
      implements AsyncCall.Client<HttpResponse> {

    @Override
    public CompletionStage<Received<HttpResponse>> send(GatewayRequest request, Hold hold) {
      return sending.subscribe(asked.toSend(request), hold, view);
    }
  }
}
