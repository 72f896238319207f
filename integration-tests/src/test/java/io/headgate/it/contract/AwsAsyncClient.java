// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.utils.async.SimplePublisher;

/** An asynchronous HTTP client of the AWS SDK, as the SDK uses it. */
abstract class AwsAsyncClient implements Client {

  private final SdkAsyncHttpClient usual = build(null, 0);

  /** As in {@link AwsSyncClient#build}. */
  abstract SdkAsyncHttpClient build(Duration timeout, int proxy);

  @Override
  public Reply call(Call call) throws Exception {
    return stream(call, chunk -> {});
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    if (call.timeout() == null && call.proxy() == 0) {
      return stream(usual, call, onChunk);
    }
    try (SdkAsyncHttpClient own = build(call.timeout(), call.proxy())) {
      return stream(own, call, onChunk);
    }
  }

  private static Reply stream(SdkAsyncHttpClient client, Call call, Consumer<byte[]> onChunk)
      throws Exception {
    Handler handler = new Handler(onChunk);
    CompletableFuture<Void> future = client.execute(request(call, handler));
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return new Reply(handler.head.statusCode(), handler.head.headers(), handler.body.toByteArray());
  }

  private static AsyncExecuteRequest request(Call call, Handler handler) {
    return AsyncExecuteRequest.builder()
        .request(AwsRequests.of(call))
        .requestContentPublisher(new Body(call))
        .responseHandler(handler)
        .build();
  }

  @Override
  public boolean readsOnCallersThread() {
    return false;
  }

  @Override
  public void abandon(Call call) throws Exception {
    CompletableFuture<Void> first = new CompletableFuture<>();
    Handler handler = new Handler(chunk -> first.complete(null));
    CompletableFuture<Void> future = usual.execute(request(call, handler));
    first.get();
    future.cancel(true);
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    CompletableFuture<Void> future = usual.execute(request(call, new Handler(chunk -> {})));
    sent.await();
    boolean cancelled = future.cancel(true);
    try {
      future.get();
      return "done";
    } catch (CancellationException e) {
      return "given up " + cancelled;
    }
  }

  @Override
  public void close() {
    usual.close();
  }

  /** A request's body. */
  private record Body(Call call) implements SdkHttpContentPublisher {
    @Override
    public Optional<Long> contentLength() {
      byte[] body = call.body();
      return body == null
          ? Optional.of(0L)
          : call.framing() == Framing.CHUNKED ? Optional.empty() : Optional.of((long) body.length);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      SimplePublisher<ByteBuffer> publisher = new SimplePublisher<>();
      publisher.subscribe(subscriber);
      if (call.body() != null && call.body().length > 0) {
        publisher.send(ByteBuffer.wrap(call.body()));
      }
      publisher.complete();
    }
  }

  /** What the SDK has above. */
  private static final class Handler
      implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
    private final Consumer<byte[]> onChunk;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private SdkHttpResponse head;
    private Subscription subscription;

    Handler(Consumer<byte[]> onChunk) {
      this.onChunk = onChunk;
    }

    @Override
    public void onHeaders(SdkHttpResponse headers) {
      head = headers;
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      stream.subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes);
      body.writeBytes(bytes);
      onChunk.accept(bytes);
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      // The future fails as well.
    }

    @Override
    public void onComplete() {
      // The future completes.
    }
  }
}
