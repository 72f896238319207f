// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.gateway.GatewayRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes a request into the client's own, in the way in which the app wrote its. Where that is not
 * known, or the body that flows was sent before, as to whoever redirects it, the app writes it.
 */
final class Replay implements Function<ClientHttpRequest, Mono<Void>> {

  /** {@code Map getAttributes()}; null before Spring 6.2. */
  private static final @Nullable MethodHandle ATTRIBUTES = attributes();

  private final CapturedRequest captured;
  private final GatewayRequest asked;
  private final GatewayRequest request;
  private final Function<? super ClientHttpRequest, Mono<Void>> untouched;
  private final @Nullable Function<Object, Runnable> prepare;
  private volatile @Nullable Runnable abort;

  /**
   * @param untouched how the app writes its request
   * @param prepare as {@link Engine#prepare} returns it
   */
  Replay(
      CapturedRequest captured,
      GatewayRequest asked,
      GatewayRequest request,
      Function<? super ClientHttpRequest, Mono<Void>> untouched,
      @Nullable Function<Object, Runnable> prepare) {
    this.captured = captured;
    this.asked = asked;
    this.request = request;
    this.untouched = untouched;
    this.prepare = prepare;
  }

  private static @Nullable MethodHandle attributes() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(ClientHttpRequest.class, "getAttributes", MethodType.methodType(Map.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  @Override
  public Mono<Void> apply(ClientHttpRequest to) {
    ready(to);
    if (captured.nativeWanted() || (request.body().opaque() && captured.flowed())) {
      return byTheApp(to);
    }
    Fields.write(request, asked, to.getHeaders());
    if (!Fields.foreign(asked.uri(), request.uri())) {
      captured
          .getCookies()
          .forEach((name, cookies) -> cookies.forEach(cookie -> to.getCookies().add(name, cookie)));
    }
    attributes(to).putAll(attributes(captured));
    return request.body().opaque() ? flow(to) : write(to, request.body().bytes());
  }

  private void ready(ClientHttpRequest to) {
    if (prepare != null) {
      abort = prepare.apply(to.getNativeRequest());
    }
  }

  /** What was sent is not wanted any more. */
  void abort() {
    Runnable how = abort;
    if (how != null) {
      how.run();
    }
  }

  /** In its way, but for what was changed. */
  private Mono<Void> byTheApp(ClientHttpRequest to) {
    if (request != asked) {
      to.beforeCommit(
          () ->
              Mono.fromRunnable(
                  () -> {
                    Fields.change(request, asked, to.getHeaders());
                    if (Fields.foreign(asked.uri(), request.uri())) {
                      to.getCookies().clear();
                    }
                  }));
    }
    return untouched.apply(to);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> attributes(ClientHttpRequest of) {
    if (ATTRIBUTES == null) {
      return new java.util.HashMap<>();
    }
    try {
      return (Map<String, Object>) ATTRIBUTES.invoke(of);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private Mono<Void> flow(ClientHttpRequest to) {
    Flux<DataBuffer> body = captured.flowing();
    return captured.shape() == CapturedRequest.Shape.FLUSHED
        ? to.writeAndFlushWith(body.map(Mono::just))
        : to.writeWith(body);
  }

  private Mono<Void> write(ClientHttpRequest to, byte[] bytes) {
    CapturedRequest.Shape shape = captured.shape();
    if (request.body() != asked.body() && bytes.length > 0) {
      shape = CapturedRequest.Shape.ONE;
    }
    Mono<DataBuffer> one =
        bytes.length == 0 ? Mono.empty() : Mono.fromSupplier(() -> to.bufferFactory().wrap(bytes));
    return switch (shape) {
      case NOTHING -> Mono.empty();
      case HEAD -> to.setComplete();
      case ONE -> to.writeWith(one);
      case MANY -> to.writeWith(one.flux());
      case FLUSHED -> to.writeAndFlushWith(Flux.just(one));
    };
  }
}
