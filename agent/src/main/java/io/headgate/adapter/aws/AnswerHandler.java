// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.adapter.reactive.PublishedBody;
import io.headgate.client.PushedSource;
import io.headgate.client.Received;
import io.headgate.gateway.ContentSource;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** Takes the answer to a request of ours from the client, on its threads. */
final class AnswerHandler implements SdkAsyncHttpResponseHandler {

  private final CompletableFuture<Received<SdkHttpResponse>> head = new CompletableFuture<>();
  private volatile @Nullable SdkHttpResponse response;
  private volatile @Nullable PushedSource flowing;

  /** Completes when the body is about to flow. */
  CompletableFuture<Received<SdkHttpResponse>> head() {
    return head;
  }

  @Override
  public void onHeaders(SdkHttpResponse headers) {
    response = headers;
  }

  @Override
  public void onStream(Publisher<ByteBuffer> stream) {
    // The client copies each chunk out of its own memory for whoever gets it.
    ContentSource body = PublishedBody.of(stream, Function.identity());
    flowing = body instanceof PushedSource pushed ? pushed : null;
    SdkHttpResponse headers = response;
    if (headers == null || !head.complete(Answers.received(headers, headers, body))) {
      body.close(); // Nobody waits any more.
    }
  }

  @Override
  public void onError(Throwable failure) {
    head.completeExceptionally(failure);
    PushedSource body = flowing;
    if (body != null) {
      body.failed(failure); // Not every client tells the subscriber of every failure.
    }
  }
}
