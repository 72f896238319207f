// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.adapter.reactive.ContentPublisher;
import io.headgate.client.AsyncCall;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkCancellationException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * Gives the app's handler what a call comes to, in the order that the SDK's own clients do it: the
 * head, the body, then the future. Whoever completes the future before that has given the call up.
 */
final class Delivery {

  private final SdkAsyncHttpResponseHandler handler;
  private final CompletableFuture<@Nullable Void> result = new CompletableFuture<>();

  /** Whether the handler heard of an error: it is to hear of one only. */
  private final AtomicBoolean told = new AtomicBoolean();

  // Guarded by this.
  private @Nullable Runnable giveUp;
  private @Nullable ContentPublisher<ByteBuffer> body;
  private boolean givenUp;

  Delivery(SdkAsyncHttpResponseHandler handler) {
    this.handler = handler;
    var unused =
        result.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                givenUp(failure);
              }
            });
  }

  /** For the app. */
  CompletableFuture<@Nullable Void> result() {
    return result;
  }

  /** How to give up what is under way from now on. Never blocks. */
  void givenUpBy(Runnable way) {
    boolean late;
    synchronized (this) {
      giveUp = way;
      late = givenUp;
    }
    if (late) {
      way.run();
    }
  }

  private void givenUp(Throwable failure) {
    Runnable way;
    ContentPublisher<ByteBuffer> flowing;
    synchronized (this) {
      givenUp = true;
      way = giveUp;
      flowing = body;
    }
    if (way != null) {
      way.run();
    }
    tell(failure);
    if (flowing != null) {
      flowing.fail(new IOException("Request cancelled"));
    }
  }

  /** Gives the answer; on a thread that may be kept. */
  void deliver(AsyncCall<?> call, Outcome<SdkHttpResponse> outcome) {
    Received<SdkHttpResponse> received = outcome.received();
    ContentPublisher<ByteBuffer> publisher =
        new ContentPublisher<>(
            outcome.content(),
            Function.identity(),
            () ->
                end(
                    new SdkCancellationException(
                        "Subscriber cancelled before all events were published")),
            failure -> {
              if (failure != null) {
                failed(failure);
              } else {
                call.close();
                result.complete(null);
              }
            });
    boolean late;
    synchronized (this) {
      body = publisher;
      late = givenUp;
    }
    if (late) {
      outcome.content().close();
      return;
    }
    try {
      handler.onHeaders(Answers.head(outcome, received == null ? null : received.own()));
      handler.onStream(publisher);
    } catch (Throwable t) {
      failed(t); // The app's own.
    }
  }

  /** The call has failed. */
  void failed(Throwable cause) {
    tell(cause);
    result.completeExceptionally(cause);
  }

  /** The app's own request is under way, with the app's handler. */
  void leaveTo(CompletableFuture<Void> running) {
    told.set(true); // By the client.
    givenUpBy(() -> running.cancel(true));
    var unused =
        running.whenComplete(
            (done, failure) -> {
              if (failure == null) {
                result.complete(null);
              } else {
                result.completeExceptionally(failure);
              }
            });
  }

  private void tell(Throwable cause) {
    if (told.compareAndSet(false, true)) {
      try {
        handler.onError(cause);
      } catch (RuntimeException e) {
        // The app's own, and nobody is left who could be told.
      }
    }
  }

  /** The subscriber has ended the answer. */
  private void end(Throwable cause) {
    told.set(true);
    result.completeExceptionally(cause);
  }
}
