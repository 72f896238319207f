// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Spring's {@code WebClient}; uses only what versions 6.1 to 7.0 have in common. */
abstract class WebClientClient implements Client {

  private final ClientHttpConnector connector;

  WebClientClient(ClientHttpConnector connector) {
    this.connector = connector;
  }

  /** One that goes through an HTTP proxy on this port of 127.0.0.1. */
  ClientHttpConnector proxied(int port) {
    throw new UnsupportedOperationException();
  }

  /** Whether a body without bytes goes well. */
  boolean writesNothing() {
    return true;
  }

  @Override
  public Reply call(Call call) throws Exception {
    return stream(call, chunk -> {});
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    Mono<Reply> reply = request(call).exchangeToMono(response -> read(response, onChunk));
    return await((call.timeout() == null ? reply : reply.timeout(call.timeout())).toFuture());
  }

  private static Mono<Reply> read(ClientResponse response, Consumer<byte[]> onChunk) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    return response
        .bodyToFlux(DataBuffer.class)
        .doOnNext(
            buffer -> {
              byte[] bytes = take(buffer);
              all.writeBytes(bytes);
              onChunk.accept(bytes);
            })
        .then(
            Mono.fromSupplier(
                () ->
                    new Reply(
                        response.statusCode().value(),
                        map(response.headers().asHttpHeaders()),
                        all.toByteArray())));
  }

  @Override
  public void abandon(Call call) throws Exception {
    var unused =
        await(
            request(call)
                .exchangeToFlux(response -> response.bodyToFlux(DataBuffer.class))
                .map(WebClientClient::take)
                .next()
                .toFuture());
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    AtomicBoolean signalled = new AtomicBoolean();
    Disposable subscription =
        request(call)
            .exchangeToMono(response -> read(response, chunk -> {}))
            .subscribe(reply -> signalled.set(true), failure -> signalled.set(true));
    sent.await();
    subscription.dispose();
    return "signalled " + signalled.get();
  }

  private WebClient.RequestHeadersSpec<?> request(Call call) {
    WebClient client =
        WebClient.builder()
            .clientConnector(call.proxy() == 0 ? connector : proxied(call.proxy()))
            .build();
    if (call.body() == null) {
      return client.get().uri(call.url()).header("Authorization", "Bearer sk-app");
    }
    WebClient.RequestBodySpec request =
        client
            .post()
            .uri(call.url())
            .header("Authorization", "Bearer sk-app")
            .contentType(MediaType.APPLICATION_JSON);
    if (call.body().length == 0 && !writesNothing()) {
      return request;
    }
    return call.framing() == Framing.FIXED
        ? request.bodyValue(call.body())
        : request.body(BodyInserters.fromDataBuffers(parts(call)));
  }

  private static Flux<DataBuffer> parts(Call call) {
    AtomicBoolean written = new AtomicBoolean();
    DefaultDataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;
    return Flux.defer(
        () ->
            written.getAndSet(true) && call.framing() == Framing.ONE_SHOT
                ? Flux.error(new IllegalStateException("one-shot body was written twice"))
                : Flux.just(buffers.wrap(call.body())));
  }

  private static byte[] take(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  static Map<String, List<String>> map(HttpHeaders headers) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    headers.forEach((name, values) -> map.put(name, new ArrayList<>(values)));
    return map;
  }

  /** What is in Spring's exception names the URL as well, which is another one for a redirect. */
  private static <T> T await(CompletableFuture<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause =
          e.getCause() instanceof WebClientRequestException spring
              ? spring.getCause()
              : e.getCause();
      if (cause instanceof EOFException) {
        throw new EOFException(); // Jetty's message names its objects, which are others each time.
      }
      if (cause instanceof Exception exception) {
        throw exception;
      }
      throw e;
    }
  }
}
