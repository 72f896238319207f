// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.client.AsyncCall;
import io.headgate.client.Outcome;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One call of {@code WebClient}: one subscription to what its connector returned. The app writes
 * its request into one of ours first; nothing is sent, and no connection made, before it is known
 * what is to be sent where.
 *
 * <p>An app that reaches for the client's native request, to give that call a timeout for example,
 * writes into the real one when it is there. Its body is opaque then.
 */
final class ReactiveCall {

  private final Engine engine;
  private final ClientHttpConnector connector;
  private final Function<? super ClientHttpRequest, Mono<Void>> callback;
  private final Context context;
  private final Exchange.CallSite site = SpringAdapter.subscribedHere();
  private final AppThread app = new AppThread();
  private final CapturedRequest captured;
  private volatile boolean cancelled;
  private volatile @Nullable GatewayRequest asked;
  private volatile @Nullable Disposable writing;
  private volatile @Nullable Disposable passing;
  private volatile @Nullable AsyncCall<ClientHttpResponse> call;
  private volatile @Nullable ReactiveAnswer answer;

  private ReactiveCall(
      Engine engine,
      ClientHttpConnector connector,
      HttpMethod method,
      URI uri,
      Function<? super ClientHttpRequest, Mono<Void>> callback,
      ContextView context) {
    this.engine = engine;
    this.connector = connector;
    this.callback = callback;
    this.context = Context.of(context);
    this.captured = new CapturedRequest(method, uri);
  }

  /** Does nothing before it is subscribed to; then makes a call, each time. */
  static Mono<ClientHttpResponse> of(
      Engine engine,
      ClientHttpConnector connector,
      HttpMethod method,
      URI uri,
      Function<? super ClientHttpRequest, Mono<Void>> callback) {
    return Mono.deferContextual(
        context -> {
          ReactiveCall call;
          try {
            call = new ReactiveCall(engine, connector, method, uri, callback, context);
          } catch (Throwable t) {
            SpringAdapter.fault(t);
            return original(connector, method, uri, callback);
          }
          return Mono.create(call::begin).doOnCancel(call::cancel);
        });
  }

  private static Mono<ClientHttpResponse> original(
      ClientHttpConnector connector,
      HttpMethod method,
      URI uri,
      Function<? super ClientHttpRequest, Mono<Void>> callback) {
    boolean entered = Ingress.enter();
    try {
      return OwnMethods.connect(connector, method, uri, callback);
    } finally {
      Ingress.leave(entered);
    }
  }

  private void begin(MonoSink<ClientHttpResponse> sink) {
    var unused = captured.body().thenAccept(body -> send(body, sink));
    Mono<Void> write;
    try {
      write = callback.apply(captured);
    } catch (Throwable t) {
      unwritten(t, sink);
      return;
    }
    Disposable subscription =
        write.subscribe(null, failure -> unwritten(failure, sink), this::written, context);
    writing = subscription;
    if (cancelled) {
      subscription.dispose();
    }
  }

  /** The app is done with writing, perhaps without having written anything. */
  private void written() {
    captured.body().complete(RequestBody.NONE);
  }

  private void unwritten(Throwable failure, MonoSink<ClientHttpResponse> sink) {
    if (captured.nativeWanted()) {
      captured.body().complete(RequestBody.OPAQUE);
    } else if (!captured.body().isDone()) {
      sink.error(failure);
    }
    // Else it is the body which flows that failed, as whoever sends it is told.
  }

  private void send(RequestBody body, MonoSink<ClientHttpResponse> sink) {
    if (cancelled) {
      captured.cancel();
      return;
    }
    try {
      GatewayRequest request =
          new GatewayRequest(
              captured.getMethod().name(),
              captured.getURI(),
              Fields.of(captured.getHeaders()),
              body);
      asked = request;
      AsyncCall<ClientHttpResponse> started =
          new AsyncCall<>(
              request,
              site,
              new ReactiveSender(engine, connector, captured, request, callback, context, app));
      call = started;
      var unused =
          started.start().whenComplete((outcome, failure) -> end(outcome, failure, started, sink));
      if (cancelled) {
        started.abandon();
      }
    } catch (Throwable t) {
      SpringAdapter.fault(t);
      passBy(sink);
    }
  }

  /** As if we were not there. */
  private void passBy(MonoSink<ClientHttpResponse> sink) {
    GatewayRequest known = asked;
    Disposable subscription =
        original(
                connector,
                captured.getMethod(),
                captured.getURI(),
                known == null ? callback : new Replay(captured, known, known, callback, null))
            .doOnNext(response -> pass(response, sink)) // A subscriber that left is not told.
            .subscribe(null, sink::error, sink::success, context);
    passing = subscription;
    if (cancelled) {
      subscription.dispose();
    }
  }

  private void pass(ClientHttpResponse response, MonoSink<ClientHttpResponse> sink) {
    if (cancelled) {
      // It holds its connection until it is read, or no more is wanted of it.
      response.getBody().subscribe(DataBufferUtils.releaseConsumer(), late -> {}).dispose();
    } else {
      sink.success(response);
    }
  }

  private void end(
      @Nullable Outcome<ClientHttpResponse> outcome,
      @Nullable Throwable failure,
      AsyncCall<ClientHttpResponse> ended,
      MonoSink<ClientHttpResponse> sink) {
    Throwable cause =
        failure == null ? new IllegalStateException("there is no answer") : Causes.of(failure);
    captured.unsent();
    if (outcome == null) {
      app.run(() -> sink.error(cause));
      return;
    }
    try {
      ReactiveAnswer response = new ReactiveAnswer(outcome, ended, app);
      answer = response;
      if (cancelled) {
        response.release();
      } else {
        app.run(() -> sink.success(response));
      }
    } catch (Throwable t) {
      SpringAdapter.fault(t);
      outcome.content().close();
      sink.error(t);
    }
  }

  private void cancel() {
    cancelled = true;
    Disposable write = writing;
    if (write != null) {
      write.dispose();
    }
    Disposable past = passing;
    if (past != null) {
      past.dispose();
    }
    AsyncCall<ClientHttpResponse> started = call;
    ReactiveAnswer response = answer;
    if (response != null) {
      response.release();
    } else {
      captured.cancel();
      if (started != null) {
        started.abandon();
        started.close();
      }
    }
  }
}
