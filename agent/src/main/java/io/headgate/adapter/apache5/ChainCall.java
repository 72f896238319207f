// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.client.AsyncCall;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.client.Unsent;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One execution of an asynchronous client's chain. */
final class ChainCall implements AsyncCall.Client<AsyncAnswer> {

  private final AsyncAdapter.Executing executing;
  private final Target target;
  private final URI uri;
  private final ChainStart chain;
  private final HttpRequest request;
  private final @Nullable AsyncEntityProducer producer;
  private final AsyncExecChain.Scope scope;
  private final AsyncExecCallback callback;
  private final Exchange.CallSite site = Apache5Adapter.elsewhere();
  private final Headers fields;

  /** The callback is told of one end only. */
  private final AtomicBoolean over = new AtomicBoolean();

  private volatile boolean left;
  private volatile @Nullable Begun begun;

  /** What there is once the body is known. */
  private record Begun(
      GatewayRequest asked, Collector.Collected body, AsyncCall<AsyncAnswer> call) {}

  ChainCall(AsyncAdapter.Executing executing, Target target, URI uri, ChainStart chain) {
    this.executing = executing;
    this.target = target;
    this.uri = uri;
    this.chain = chain;
    this.request = chain.request();
    this.producer = chain.producer();
    this.scope = chain.scope();
    this.callback = chain.callback();
    this.fields = Fields.of(request, producer);
  }

  /** Begins. Whatever comes of it is told to the callback, but for what this throws. */
  void start() {
    scope.cancellableDependency.setDependency(
        () -> {
          abandon();
          return true;
        });
    var unused =
        Collector.collect(producer, Fields.readable(fields))
            .whenComplete(
                (body, failure) -> {
                  if (failure != null) {
                    fail(Causes.of(failure));
                  } else {
                    begin(body);
                  }
                });
  }

  private void begin(Collector.Collected body) {
    GatewayRequest asked = new GatewayRequest(request.getMethod(), uri, fields, body.seen());
    AsyncCall<AsyncAnswer> call = new AsyncCall<>(asked, site, this);
    begun = new Begun(asked, body, call);
    if (left) {
      call.abandon();
    }
    var unused =
        call.start()
            .whenComplete(
                (outcome, failure) -> {
                  if (outcome != null) {
                    deliver(outcome, call);
                  } else if (Causes.of(failure) instanceof Unsent unsent) {
                    proceed(unsent, body);
                  } else {
                    fail(Causes.of(failure));
                  }
                });
  }

  /** As if we were not there. */
  private void proceed(Unsent unsent, Collector.Collected body) {
    Apache5Adapter.fault(unsent.getCause() == null ? unsent : unsent.getCause());
    try {
      chain.proceed(body.producer(producer));
    } catch (Throwable t) {
      fail(t instanceof InvocationTargetException e ? e.getTargetException() : t);
    }
  }

  private void deliver(Outcome<AsyncAnswer> outcome, AsyncCall<AsyncAnswer> call) {
    try {
      new AsyncDelivery(outcome, call, callback, this::ended, this::fail).start();
    } catch (Throwable t) {
      outcome.content().close();
      call.close();
      fail(t);
    }
  }

  private boolean ended() {
    return over.compareAndSet(false, true);
  }

  private void fail(Throwable cause) {
    if (!ended()) {
      return;
    }
    if (cause instanceof Unanswered) {
      callback.completed(); // As the client said it to us.
    } else {
      callback.failed(cause instanceof Exception e ? e : new IOException(cause));
    }
  }

  private void abandon() {
    left = true;
    Begun running = begun;
    if (running != null) {
      running.call().abandon();
    } else {
      fail(givenUp());
    }
  }

  @Override
  public CompletionStage<Received<AsyncAnswer>> send(GatewayRequest sent, Hold hold) {
    Begun known = begun;
    int hops =
        known == null || sent.equals(known.asked())
            ? 0
            : Hop.limit(
                Configs.base(scope.originalRequest, scope.clientContext, executing.client()));
    return send(sent, hold, hops);
  }

  private CompletionStage<Received<AsyncAnswer>> send(GatewayRequest sent, Hold hold, int hops) {
    CompletionStage<Received<AsyncAnswer>> head = exchange(sent, hold);
    return hops == 0 ? head : head.thenCompose(received -> hop(sent, received, hold, hops));
  }

  private CompletionStage<Received<AsyncAnswer>> hop(
      GatewayRequest sent, Received<AsyncAnswer> received, Hold hold, int hops) {
    GatewayRequest next = Hop.after(sent, received.own().response(), true);
    if (next == null) {
      return CompletableFuture.completedFuture(received);
    }
    if (producer != null && !producer.isRepeatable() && next.body() == sent.body()) {
      received.body().close();
      return CompletableFuture.failedFuture(new Unanswered()); // As the client has it.
    }
    received.body().close();
    boolean entered = Ingress.enter(); // This may be the client's thread.
    try {
      return send(next, hold, hops - 1);
    } finally {
      Ingress.leave(entered);
    }
  }

  private CompletionStage<Received<AsyncAnswer>> exchange(GatewayRequest sent, Hold hold) {
    Begun known = begun;
    OutgoingMessage outgoing;
    AsyncEntityProducer body;
    Target goal;
    HttpContext with;
    try {
      if (known == null) {
        throw new IllegalStateException("not begun");
      }
      boolean same = sent.equals(known.asked());
      goal = same || sent.uri().equals(uri) ? target : Target.of(sent.uri());
      Target foreign = goal.equals(target) ? null : goal;
      boolean own = same && !hold.shareable() && hold.connectNanos() == 0;
      with =
          own ? scope.clientContext : OwnContext.of(scope.clientContext, foreign, sent.headers());
      outgoing = outgoing(sent, same, foreign, hold.connectNanos());
      body = body(sent.body(), known);
    } catch (Throwable t) {
      throw new Unsent(t);
    }
    boolean shareable = hold.shareable();
    AsyncAnswer answer =
        new AsyncAnswer(
            outgoing,
            shareable,
            early -> {
              if (!shareable) {
                callback.handleInformationResponse(early);
              }
            },
            () -> left);
    hold.breaking(answer::cancel);
    try {
      answer.exchange(
          executing
              .client()
              .execute(
                  goal.equals(target) ? scope.route.getTargetHost() : goal.toHost(),
                  new BasicRequestProducer(outgoing, body),
                  answer,
                  executing.pushes(),
                  with,
                  answer.outcome()));
    } catch (LinkageError e) {
      if (Apache5Adapter.missedByUs(e)) {
        throw new Unsent(e);
      }
      throw e;
    }
    return answer.head();
  }

  private OutgoingMessage outgoing(
      GatewayRequest sent, boolean same, @Nullable Target foreign, long connectNanos) {
    Header[] all =
        sent.headers() == fields
            ? request.getHeaders()
            : Fields.outgoing(sent.headers(), foreign != null);
    return new OutgoingMessage(
        sent.method(),
        foreign == null ? request.getScheme() : foreign.scheme(),
        foreign == null ? request.getAuthority() : foreign.toAuthority(),
        sent.uri().equals(uri) ? request.getPath() : Target.path(sent.uri()),
        request.getVersion(),
        all,
        Configs.of(
            scope.originalRequest, scope.clientContext, executing.client(), !same, connectNanos));
  }

  private @Nullable AsyncEntityProducer body(RequestBody body, Begun known) {
    if (body == known.asked().body() || body.opaque()) {
      return known.body().producer(producer);
    }
    return body == RequestBody.NONE ? null : BytesProducer.instead(producer, body.bytes());
  }

  @Override
  public Throwable givenUp() {
    return new InterruptedIOException("cancelled");
  }
}
