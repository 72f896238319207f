// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.client.AsyncCall;
import io.headgate.client.Hold;
import io.headgate.client.PushedSource;
import io.headgate.client.Received;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends requests for a call through the app's client, on the app's context. */
final class Sender implements AsyncCall.Client<HttpClientResponse> {

  private final VertxCall call;
  private final GatewayRequest asked;

  Sender(VertxCall call, GatewayRequest asked) {
    this.call = call;
    this.asked = asked;
  }

  @Override
  public CompletionStage<Received<HttpClientResponse>> send(GatewayRequest request, Hold hold) {
    Attempt attempt = new Attempt(request, hold);
    hold.breaking(attempt::breakOff);
    Object trace = Ingress.currentTrace();
    call.context()
        .runOnContext(
            nothing -> {
              Ingress.Resumed resumed = Ingress.resume(trace);
              try {
                attempt.connect();
              } catch (Throwable t) {
                attempt.head.completeExceptionally(t);
              } finally {
                resumed.close();
              }
            });
    return attempt.head;
  }

  @Override
  public Throwable givenUp() {
    Throwable given = call.reset();
    return given == null ? Internals.resetBy(0, null) : given;
  }

  private RequestOptions options(GatewayRequest request, long connectNanos) {
    RequestOptions options = new RequestOptions(call.options());
    options.setHeaders(null).setMethod(call.settings().method).setURI(call.settings().uri);
    URI wanted = request.uri();
    if (!wanted.equals(asked.uri())) {
      String query = wanted.getRawQuery();
      options.setURI(wanted.getRawPath() + (query == null ? "" : "?" + query));
      if (Target.foreign(asked.uri(), wanted)) {
        boolean ssl = "https".equalsIgnoreCase(wanted.getScheme());
        Internals.withoutServer(options);
        options.setHost(wanted.getHost());
        options.setSsl(ssl);
        options.setPort(wanted.getPort() < 0 ? (ssl ? 443 : 80) : wanted.getPort());
      }
    }
    if (!request.method().equals(asked.method())) {
      options.setMethod(io.vertx.core.http.HttpMethod.valueOf(request.method()));
    }
    if (connectNanos > 0) {
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(connectNanos));
      long own =
          options.getConnectTimeout() >= 0 ? options.getConnectTimeout() : options.getTimeout();
      options.setConnectTimeout(own > 0 ? Math.min(own, millis) : millis);
    }
    return options;
  }

  /** One request of the client's. */
  private final class Attempt {
    private final GatewayRequest request;
    private final Hold hold;
    final CompletableFuture<Received<HttpClientResponse>> head = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable HttpClientRequest real;
    private boolean broken;

    Attempt(GatewayRequest request, Hold hold) {
      this.request = request;
      this.hold = hold;
    }

    void connect() {
      synchronized (this) {
        if (broken) {
          return;
        }
      }
      var unused =
          VertxAdapter.original(call.client(), options(request, hold.connectNanos()))
              .onComplete(
                  ar -> {
                    if (ar.failed()) {
                      head.completeExceptionally(ar.cause());
                      return;
                    }
                    try {
                      connected(ar.result());
                    } catch (Throwable t) {
                      head.completeExceptionally(t);
                      var ignored = Internals.reset(ar.result(), 0, null);
                    }
                  });
    }

    private void connected(HttpClientRequest own) {
      boolean late;
      synchronized (this) {
        real = own;
        late = broken;
      }
      if (late) {
        var unused = Internals.reset(own, 0, null);
        return;
      }
      Settings settings = call.settings();
      Function<HttpClientResponse, Future<HttpClientRequest>> app = settings.redirects;
      if (request == asked) {
        settings.apply(own);
        if (app != null) {
          own.redirectHandler(Redirects.ofTheApp(app));
        }
      } else {
        settings.apply(own, asked, request);
        own.redirectHandler(Redirects.within(request.uri(), call.client(), app));
      }
      var unused =
          own.response()
              .onComplete(
                  ar -> {
                    if (ar.failed()) {
                      head.completeExceptionally(ar.cause());
                    } else {
                      arrived(ar.result());
                    }
                  });
      if (request.body().opaque()) {
        own.exceptionHandler(call::failedWriting);
        call.writer().flow(own);
      } else {
        call.writer().write(own, request.body().bytes());
      }
    }

    private void arrived(HttpClientResponse response) {
      response.pause();
      PushedSource source = new PushedSource(begun -> {});
      response.handler(bytes -> source.chunk(ByteBuffer.wrap(bytes.getBytes())));
      response.endHandler(nothing -> source.completed());
      response.exceptionHandler(source::failed);
      source.demand(new Demand(response));
      Received<HttpClientResponse> received =
          new Received<>(
              response,
              response.statusCode(),
              Settings.of(response.headers()),
              response.version() == HttpVersion.HTTP_2 ? "2" : "1.1",
              source);
      if (!head.complete(received)) {
        source.close();
      }
    }

    void breakOff() {
      HttpClientRequest own;
      synchronized (this) {
        broken = true;
        own = real;
      }
      head.completeExceptionally(
          hold.aborted() == null ? givenUp() : new TimeoutException("broken off"));
      if (own != null) {
        var unused = Internals.reset(own, 0, null);
      }
    }
  }

  /** For the body of an answer; what is done with the client's is done on the context. */
  private final class Demand implements PushedSource.Demand {
    private final HttpClientResponse response;

    Demand(HttpClientResponse response) {
      this.response = response;
    }

    @Override
    public void request() {
      Context context = call.context();
      if (Vertx.currentContext() == context) {
        response.fetch(1);
      } else {
        context.runOnContext(nothing -> response.fetch(1));
      }
    }

    @Override
    public void cancel() {
      var unused = Internals.reset(response.request(), 0, null);
    }
  }
}
