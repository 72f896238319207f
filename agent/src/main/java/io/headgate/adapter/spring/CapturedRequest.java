// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** What {@code WebClient} writes its request into, so that it is known before anything is sent. */
final class CapturedRequest extends AbstractClientHttpRequest {

  private final HttpMethod method;
  private final URI uri;
  private final CompletableFuture<RequestBody> body = new CompletableFuture<>();
  private volatile Shape shape = Shape.NOTHING;
  private volatile @Nullable BodyCapture capture;
  private volatile boolean nativeWanted;

  /** How the app wrote it, which tells the client how to frame it. */
  enum Shape {
    /** Not at all: not even the head. */
    NOTHING,
    HEAD,
    /** As one buffer, whose length the client can tell. */
    ONE,
    MANY,
    /** Each part is to go out at once. */
    FLUSHED
  }

  /** The app asked for the client's own request, which there is none of yet. */
  static final class NativeWanted extends RuntimeException {
    private static final long serialVersionUID = 1;

    NativeWanted() {
      super("the native request", null, false, false);
    }
  }

  CapturedRequest(HttpMethod method, URI uri) {
    this.method = method;
    this.uri = uri;
  }

  /**
   * Completes when the body is known, opaque if it will not be; stays as it is if writing fails.
   */
  CompletableFuture<RequestBody> body() {
    return body;
  }

  Shape shape() {
    return shape;
  }

  /** Whether the app needs the client's own request. */
  boolean nativeWanted() {
    return nativeWanted;
  }

  /** A body that is opaque, for the one request that sends it. */
  Flux<DataBuffer> flowing() {
    BodyCapture known = capture;
    return known == null ? Flux.empty() : known.flowing();
  }

  /** Whether that has been sent, or begun to be. */
  boolean flowed() {
    BodyCapture known = capture;
    return known != null && known.flowed();
  }

  /** Nothing is sent any more but what is under way. */
  void unsent() {
    BodyCapture known = capture;
    if (known != null) {
      known.unsent();
    }
  }

  /** Nobody wants the body any more. */
  void cancel() {
    BodyCapture known = capture;
    if (known != null) {
      known.cancel();
    }
  }

  @Override
  public HttpMethod getMethod() {
    return method;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public DataBufferFactory bufferFactory() {
    return DefaultDataBufferFactory.sharedInstance;
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // as Spring has it
  public <T> T getNativeRequest() {
    nativeWanted = true;
    throw new NativeWanted();
  }

  @Override
  public Mono<Void> writeWith(Publisher<? extends DataBuffer> publisher) {
    return write(publisher, publisher instanceof Mono ? Shape.ONE : Shape.MANY);
  }

  @Override
  public Mono<Void> writeAndFlushWith(
      Publisher<? extends Publisher<? extends DataBuffer>> publisher) {
    return write(
        Flux.from(publisher)
            .<DataBuffer>concatMap(Function.identity(), 1)
            .doOnDiscard(DataBuffer.class, DataBufferUtils::release),
        Shape.FLUSHED);
  }

  private Mono<Void> write(Publisher<? extends DataBuffer> publisher, Shape how) {
    return doCommit(
        () ->
            Mono.deferContextual(
                context -> {
                  shape = how;
                  BodyCapture taking = new BodyCapture(Context.of(context), body);
                  capture = taking;
                  return taking.take(publisher);
                }));
  }

  @Override
  public Mono<Void> setComplete() {
    return doCommit(
        () ->
            Mono.fromRunnable(
                () -> {
                  shape = Shape.HEAD;
                  body.complete(RequestBody.NONE);
                }));
  }

  @Override
  protected void applyHeaders() {}

  @Override
  protected void applyCookies() {}
}
