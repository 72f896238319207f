// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.client.AsyncCall;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * A request that the app has given to an asynchronous client. It holds the future that {@link
 * #start} returns, which completes when it has the whole answer, and gives the call up by
 * completing that itself.
 */
final class AsyncExchange {

  private final SdkAsyncHttpClient client;
  private final AsyncExecuteRequest app;
  private final Exchange.CallSite site = AwsAdapter.callSiteAndParent();
  private final Delivery delivery;

  AsyncExchange(SdkAsyncHttpClient client, AsyncExecuteRequest app) {
    this.client = client;
    this.app = app;
    this.delivery = new Delivery(app.responseHandler());
  }

  CompletableFuture<@Nullable Void> start() {
    CompletableFuture<RequestBody> body = BodyCapture.of(app.requestContentPublisher());
    delivery.givenUpBy(() -> body.cancel(false));
    var unused =
        body.whenComplete(
            (captured, failure) -> {
              if (captured != null) {
                begin(captured);
              } else if (!(failure instanceof CancellationException)) {
                delivery.failed(Causes.of(failure));
              }
            });
    return delivery.result();
  }

  private void begin(RequestBody body) {
    try {
      Outgoing outgoing = Outgoing.of(app.request(), body);
      AsyncCall<SdkHttpResponse> call =
          new AsyncCall<>(outgoing.asked(), site, new Sending(outgoing));
      delivery.givenUpBy(call::abandon);
      var unused = call.start().whenComplete((outcome, failure) -> ended(call, outcome, failure));
    } catch (RuntimeException | LinkageError e) {
      AwsAdapter.fault(e);
      original();
    }
  }

  private void ended(
      AsyncCall<SdkHttpResponse> call,
      @Nullable Outcome<SdkHttpResponse> outcome,
      @Nullable Throwable failure) {
    if (outcome != null) {
      delivery.deliver(call, outcome);
      return;
    }
    delivery.failed(Causes.of(failure == null ? new IllegalStateException() : failure));
  }

  /** As if we were not there. */
  private void original() {
    boolean entered = Ingress.enter();
    try {
      delivery.leaveTo(client.execute(app));
    } catch (Throwable t) {
      delivery.failed(t);
    } finally {
      Ingress.leave(entered);
    }
  }

  /** The client, as it serves this call. */
  private final class Sending implements AsyncCall.Client<SdkHttpResponse> {

    private final Outgoing outgoing;

    Sending(Outgoing outgoing) {
      this.outgoing = outgoing;
    }

    @Override
    public CompletionStage<Received<SdkHttpResponse>> send(GatewayRequest wanted, Hold hold) {
      AnswerHandler handler = new AnswerHandler();
      AsyncExecuteRequest.Builder builder =
          AsyncExecuteRequest.builder()
              .request(outgoing.request(wanted))
              .requestContentPublisher(content(wanted))
              .responseHandler(handler)
              .httpExecutionAttributes(app.httpExecutionAttributes());
      app.metricCollector().ifPresent(builder::metricCollector);
      CompletableFuture<Void> running = client.execute(builder.build());
      hold.breaking(() -> running.cancel(true));
      var unused =
          running.whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  handler.onError(Causes.of(failure));
                }
              });
      return handler.head();
    }

    private SdkHttpContentPublisher content(GatewayRequest wanted) {
      return wanted.body().opaque()
          ? app.requestContentPublisher()
          : new BytesPublisher(wanted.body().bytes());
    }

    @Override
    public Throwable givenUp() {
      return new IOException("Request cancelled");
    }
  }
}
