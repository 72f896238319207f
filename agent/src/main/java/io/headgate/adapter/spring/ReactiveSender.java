// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.adapter.reactive.PublishedBody;
import io.headgate.client.AsyncCall;
import io.headgate.client.Hold;
import io.headgate.client.Received;
import io.headgate.client.Unsent;
import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Sends requests through the connector of the app, for one subscription of its. */
final class ReactiveSender implements AsyncCall.Client<ClientHttpResponse> {

  private final Engine engine;
  private final ClientHttpConnector connector;
  private final CapturedRequest captured;
  private final GatewayRequest asked;
  private final Function<? super ClientHttpRequest, Mono<Void>> untouched;
  private final Context context;
  private final AppThread app;

  /**
   * @param untouched writes the app's request where what was captured cannot
   * @param context the subscriber's
   */
  ReactiveSender(
      Engine engine,
      ClientHttpConnector connector,
      CapturedRequest captured,
      GatewayRequest asked,
      Function<? super ClientHttpRequest, Mono<Void>> untouched,
      Context context,
      AppThread app) {
    this.engine = engine;
    this.connector = connector;
    this.captured = captured;
    this.asked = asked;
    this.untouched = untouched;
    this.context = context;
    this.app = app;
  }

  @Override
  public CompletionStage<Received<ClientHttpResponse>> send(GatewayRequest request, Hold hold) {
    Engine.Sending sending =
        new Engine.Sending(
            request,
            request != asked,
            Fields.foreign(asked.uri(), request.uri()),
            hold.connectNanos());
    Replay replay = new Replay(captured, asked, request, untouched, engine.prepare(sending));
    Head head = new Head(hold, replay);
    hold.breaking(head::breakOff);
    app.run(
        () -> {
          try {
            connect(sending, replay).subscribe(head);
          } catch (Throwable t) {
            head.received.completeExceptionally(t);
          }
        });
    return head.received;
  }

  private Mono<ClientHttpResponse> connect(Engine.Sending sending, Replay replay) {
    GatewayRequest request = sending.request();
    return OwnMethods.connect(
        through(sending), HttpMethod.valueOf(request.method()), request.uri(), replay);
  }

  private ClientHttpConnector through(Engine.Sending sending) {
    if (!sending.changed() && sending.connectNanos() == 0) {
      return connector;
    }
    try {
      return engine.connector(connector, sending);
    } catch (ReflectiveOperationException | LinkageError e) {
      SpringAdapter.fault(e);
      if (sending.changed()) {
        throw new Unsent(e);
      }
      return connector;
    }
  }

  @Override
  public Throwable givenUp() {
    return new CancellationException("cancelled");
  }

  /** Waits for the head of an answer. */
  private final class Head extends BaseSubscriber<ClientHttpResponse> {
    private final Hold hold;
    private final Replay replay;
    final CompletableFuture<Received<ClientHttpResponse>> received = new CompletableFuture<>();

    Head(Hold hold, Replay replay) {
      this.hold = hold;
      this.replay = replay;
    }

    @Override
    public Context currentContext() {
      return context;
    }

    @Override
    protected void hookOnNext(ClientHttpResponse response) {
      Received<ClientHttpResponse> head =
          new Received<>(
              response,
              response.getStatusCode().value(),
              Fields.of(response.getHeaders()),
              "",
              PublishedBody.of(response.getBody().doOnCancel(replay::abort), ReactiveSender::take));
      if (!received.complete(head)) {
        head.body().close();
      }
    }

    @Override
    protected void hookOnComplete() {
      received.completeExceptionally(new IOException("there is no answer"));
    }

    @Override
    protected void hookOnError(Throwable failure) {
      received.completeExceptionally(failure);
    }

    void breakOff() {
      cancel();
      replay.abort();
      received.completeExceptionally(
          hold.aborted() == null ? givenUp() : new SocketTimeoutException("broken off"));
    }
  }

  private static ByteBuffer take(DataBuffer buffer) {
    try {
      byte[] bytes = new byte[buffer.readableByteCount()];
      buffer.read(bytes);
      return ByteBuffer.wrap(bytes);
    } finally {
      DataBufferUtils.release(buffer);
    }
  }
}
