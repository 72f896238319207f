// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.AsyncCall;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.client.Unsent;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.nio.client.HttpAsyncClient;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One call of an asynchronous client, from the app's producer to the app's consumer, which are
 * treated as the client treats them (DefaultClientExchangeHandlerImpl): one ending each, and then
 * closed.
 */
final class AsyncExchange<T> implements AsyncCall.Client<AsyncAnswer> {

  private static final ClassLoader LOADER = HttpAsyncClient.class.getClassLoader();

  private final HttpAsyncClient client;
  private final HttpAsyncRequestProducer producer;
  private final AsyncEnding<T> ending;
  private final HttpAsyncResponseConsumer<T> consumer;
  private final HttpContext context;
  private final HttpRequest original;
  private final HttpHost target;
  private final @Nullable Object parent;

  private volatile @Nullable Outgoing outgoing;
  private volatile @Nullable AsyncBody body;
  private volatile @Nullable AsyncCall<AsyncAnswer> call;
  private volatile @Nullable AsyncDelivery<T> delivery;
  private volatile @Nullable AsyncOriginal<T> handed;

  private AsyncExchange(
      HttpAsyncClient client,
      HttpAsyncRequestProducer producer,
      HttpAsyncResponseConsumer<T> consumer,
      @Nullable HttpContext context,
      BasicFuture<T> future,
      HttpRequest original) {
    this.client = client;
    this.producer = producer;
    this.consumer = consumer;
    this.context = context == null ? new BasicHttpContext() : context;
    this.original = original;
    this.target = producer.getTarget();
    this.ending = new AsyncEnding<>(producer, consumer, future);
    this.parent = Ingress.captureParent(LOADER);
  }

  /** The future for the app, or null to let the original method run. */
  @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // the advice hands it to the app
  static @Nullable Object execute(
      Object client,
      @Nullable Object producer,
      @Nullable Object consumer,
      @Nullable Object context,
      @Nullable Object callback) {
    if (!Apache4Adapter.on()
        || !(producer instanceof HttpAsyncRequestProducer asked)
        || !(consumer instanceof HttpAsyncResponseConsumer<?> consuming)) {
      return null;
    }
    HttpHost target = asked.getTarget();
    if (target == null || !Targets.handled(target)) {
      return null;
    }
    return start(
        (HttpAsyncClient) client,
        asked,
        (HttpAsyncResponseConsumer<Object>) consuming,
        (HttpContext) context,
        (FutureCallback<Object>) callback);
  }

  private static <T> @Nullable Future<T> start(
      HttpAsyncClient client,
      HttpAsyncRequestProducer producer,
      HttpAsyncResponseConsumer<T> consumer,
      @Nullable HttpContext context,
      @Nullable FutureCallback<T> callback) {
    HttpRequest request;
    try {
      request = producer.generateRequest();
      Targets.uri(producer.getTarget(), request);
    } catch (IOException | HttpException | URISyntaxException e) {
      return null; // The client is to meet it, too.
    }
    BasicFuture<T> future = new BasicFuture<>(callback);
    AsyncExchange<T> exchange =
        new AsyncExchange<>(client, producer, consumer, context, future, request);
    exchange.begin();
    return new AsyncFuture<>(future, exchange::cancel);
  }

  private void begin() {
    if (original instanceof HttpExecutionAware aware) {
      aware.setCancellable(this::cancel);
    }
    if (AsyncBody.atHand(producer, original)) {
      prepare();
      return;
    }
    try {
      // The app's producer may block; the client would ask it on a thread of its own.
      Ingress.background(this::prepare);
    } catch (RuntimeException e) {
      prepare(); // There is nobody to do it.
    }
  }

  private void prepare() {
    AsyncBody captured;
    try {
      captured = AsyncBody.of(producer, original);
    } catch (Throwable t) {
      fail(t); // The app's producer has thrown.
      return;
    }
    body = captured;
    try {
      Outgoing prepared = new Outgoing(client, target, original, captured.capture());
      outgoing = prepared;
      Exchange.CallSite site = new Exchange.CallSite(Apache4Adapter.CLIENT, LOADER, parent);
      AsyncCall<AsyncAnswer> made = new AsyncCall<>(prepared.asked(), site, this);
      call = made;
      if (ending.over()) {
        return;
      }
      var unused = made.start().whenComplete(this::ended);
    } catch (Throwable t) {
      Apache4Adapter.fault(t); // Nothing has been sent.
      proceed(captured);
    }
  }

  /** As if we were not there. */
  private void proceed(AsyncBody captured) {
    AsyncOriginal<T> untouched = new AsyncOriginal<>(client, consumer, context, ending);
    handed = untouched;
    untouched.begin(captured.original(target, original));
  }

  private void ended(@Nullable Outcome<AsyncAnswer> outcome, @Nullable Throwable failure) {
    AsyncCall<AsyncAnswer> made = call;
    Outgoing sent = outgoing;
    AsyncBody captured = body;
    if (made == null || sent == null || captured == null) {
      return; // Set before it was started.
    }
    if (outcome == null) {
      Throwable thrown = failure == null ? new IllegalStateException() : Causes.of(failure);
      if (thrown instanceof Unsent) {
        proceed(captured);
      } else {
        fail(thrown);
      }
      return;
    }
    AsyncDelivery<T> delivering =
        new AsyncDelivery<>(
            made,
            outcome,
            sent.asked().method(),
            consumer,
            HttpClientContext.adapt(context),
            ending);
    delivery = delivering;
    if (ending.over()) {
      delivering.discard();
    } else {
      delivering.begin();
    }
  }

  private void fail(Throwable failure) {
    if (failure instanceof AsyncAnswer.Cancelled) {
      cancel();
    } else {
      ending.failed(failure);
    }
  }

  /** The app gives the call up. Returns whether its consumer took note. */
  private boolean cancel() {
    boolean noted = ending.cancelled();
    AsyncCall<AsyncAnswer> made = call;
    if (made != null) {
      made.abandon();
    }
    AsyncDelivery<T> delivering = delivery;
    if (delivering != null) {
      delivering.discard();
    }
    AsyncOriginal<T> untouched = handed;
    return untouched == null ? noted : untouched.cancel();
  }

  @Override
  public CompletionStage<Received<AsyncAnswer>> send(GatewayRequest request, Hold hold) {
    Outgoing sent = outgoing;
    AsyncBody captured = body;
    if (sent == null || captured == null) {
      throw new IllegalStateException("not prepared");
    }
    if (sent.asBuilt(request, hold)) {
      AsyncAnswer answer = AsyncAnswer.asBuilt(context);
      hold.breaking(answer::cut);
      HttpAsyncRequestProducer once = captured.producer(target, original);
      answer.sent(client.execute(once, answer, context, answer.callback()));
      return answer.head();
    }
    Outgoing.Built built = sent.build(request, hold, context);
    AsyncAnswer answer = AsyncAnswer.of(built.context(), built.request());
    hold.breaking(answer::cut);
    HttpHost to = built.target() == null ? target : built.target();
    HttpAsyncRequestProducer ours =
        request.body().opaque()
            ? captured.producer(to, built.request())
            : new AsyncRequest(to, built.request(), ending);
    answer.sent(client.execute(ours, answer, built.context(), answer.callback()));
    return answer.head();
  }

  @Override
  public Throwable givenUp() {
    return new CancellationException("Request execution cancelled");
  }
}
