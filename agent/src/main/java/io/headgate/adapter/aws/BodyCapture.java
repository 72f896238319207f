// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** Gathers a request's body, on whatever thread publishes it. */
final class BodyCapture implements Subscriber<ByteBuffer> {

  private final CompletableFuture<RequestBody> body;
  private final int length;
  private final ByteArrayOutputStream bytes;

  private BodyCapture(CompletableFuture<RequestBody> body, int length) {
    this.body = body;
    this.length = length;
    this.bytes = new ByteArrayOutputStream(length);
  }

  /**
   * The body, which is opaque if it does not say how long it is, or is too long for us. Fails with
   * what its publisher does; completing it from outside ends the gathering.
   */
  static CompletableFuture<RequestBody> of(SdkHttpContentPublisher publisher) {
    Long length = publisher.contentLength().orElse(null);
    if (length == null || length > RequestBody.CAPTURE_LIMIT) {
      return CompletableFuture.completedFuture(RequestBody.OPAQUE);
    }
    CompletableFuture<RequestBody> body = new CompletableFuture<>();
    publisher.subscribe(new BodyCapture(body, length.intValue()));
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    var unused = body.whenComplete((captured, failure) -> subscription.cancel());
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer chunk) {
    ByteBuffer view = chunk.duplicate();
    byte[] copy = new byte[view.remaining()];
    view.get(copy);
    bytes.writeBytes(copy);
    if (bytes.size() > length) {
      body.complete(RequestBody.OPAQUE); // For the client to refuse.
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(
        bytes.size() == length ? RequestBody.of(bytes.toByteArray()) : RequestBody.OPAQUE);
  }
}
