// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request made by the client: the app's body handler with ours around it. When the client asks
 * for a body subscriber it has the head of the answer; the gateway sees it there and then, hangs
 * its taps, and the app's subscriber gets the body with the taps in front.
 */
final class Attempt<T> implements BodyHandler<T> {

  private static final long PATIENCE_MILLIS = 5_000;

  private final BodyHandler<T> handler;
  private final CompletableFuture<GatewayResponse> head = new CompletableFuture<>();
  private final LiveBody body = Ingress.newBody();

  /** The stage of the call, in which the fields for the app may be others; null if they cannot. */
  private final @Nullable CompletableFuture<CompletionStage<GatewayResponse>> call;

  private final Thread maker = Thread.currentThread();
  private volatile @Nullable HttpHeaders shown;

  /**
   * @param acting whether the gateway may change what the app gets to see
   */
  Attempt(BodyHandler<T> handler, boolean acting) {
    this.handler = handler;
    this.call = acting ? new CompletableFuture<>() : null;
  }

  /** The call ends with this stage, to which all is chained that the gateway has to say. */
  void endsWith(CompletionStage<GatewayResponse> stage) {
    if (call != null) {
      call.complete(stage);
    }
  }

  /** The fields that the app is to see, if they are not the server's. */
  @Nullable HttpHeaders shown() {
    return shown;
  }

  /** Completes when the head of the answer is there, or fails with the client's exception. */
  CompletableFuture<GatewayResponse> head() {
    return head;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    ResponseInfo seen = info;
    try {
      Headers sent = Headers.of(info.headers().map());
      // Dependents run here, before the body: that is when taps are hung.
      head.complete(
          new GatewayResponse(
              info.statusCode(),
              sent,
              info.version() == HttpClient.Version.HTTP_2 ? "2" : "1.1",
              body));
      Headers wanted = wanted(sent);
      if (wanted != sent) {
        HttpHeaders headers = Head.headers(wanted);
        shown = headers;
        seen = new Head(info.statusCode(), headers, info.version());
      }
    } catch (Throwable t) {
      // The call is under way: it goes on without having been looked at.
      Ingress.fault(JdkAdapter.CLIENT, t);
      head.completeExceptionally(t);
    }
    BodySubscriber<T> subscriber;
    try {
      subscriber = handler.apply(seen);
    } catch (RuntimeException | Error e) {
      body.error(e);
      throw e;
    }
    return body.untapped() || subscriber == null
        ? subscriber
        : new TappedSubscriber<>(subscriber, body);
  }

  /**
   * The fields in the call's answer. The head may be here before the thread that made the call has
   * chained all to it: that takes it moments.
   */
  private Headers wanted(Headers sent) throws ExecutionException {
    if (call == null || (!call.isDone() && Thread.currentThread() == maker)) {
      return sent;
    }
    try {
      CompletableFuture<GatewayResponse> stage =
          call.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).toCompletableFuture();
      return stage.isDone() && !stage.isCompletedExceptionally() ? stage.join().headers() : sent;
    } catch (TimeoutException e) {
      return sent;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return sent;
    }
  }

  /** The client failed, before or during the body. */
  void failed(Throwable cause) {
    if (!head.completeExceptionally(cause)) {
      body.error(cause);
    }
  }
}
