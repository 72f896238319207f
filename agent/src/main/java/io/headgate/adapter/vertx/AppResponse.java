// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.client.AsyncCall;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.Headers;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer as the app gets it: the client's own in all that was not changed. */
final class AppResponse implements InvocationHandler {

  private static final String COOKIES = "set-cookie";

  private final VertxCall call;
  private final Outcome<HttpClientResponse> outcome;
  private final @Nullable HttpClientResponse own;
  private final MultiMap headers;
  private final AnswerBody body;
  private final HttpClientResponse proxy;

  AppResponse(
      VertxCall call, Outcome<HttpClientResponse> outcome, AsyncCall<HttpClientResponse> done) {
    this.call = call;
    this.outcome = outcome;
    Received<HttpClientResponse> received = outcome.received();
    this.own = received == null ? null : received.own();
    this.headers =
        own != null && outcome.sameHead() ? own.headers() : fields(outcome.answer().headers());
    this.body = new AnswerBody(call.context(), outcome.content(), done);
    this.proxy =
        (HttpClientResponse)
            Proxy.newProxyInstance(
                HttpClientResponse.class.getClassLoader(),
                new Class<?>[] {HttpClientResponse.class},
                this);
  }

  private static MultiMap fields(Headers headers) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    headers.forEach(fields::add);
    return fields;
  }

  HttpClientResponse proxy() {
    return proxy;
  }

  AnswerBody body() {
    return body;
  }

  /** The client's answer that this is; null if it is of our making. */
  @Nullable HttpClientResponse own() {
    return own;
  }

  @Override
  public @Nullable Object invoke(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (given.length == 1 && takes(method.getName(), given[0])) {
      return self;
    }
    return switch (method.getName()) {
      case "equals" -> given[0] == self;
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "HttpClientResponse{" + outcome.answer().status() + "}";
      case "statusCode" -> outcome.answer().status();
      case "statusMessage" -> statusMessage();
      case "version" -> AppRequest.version(own);
      case "headers" -> headers;
      case "getHeader" -> headers.get((CharSequence) Objects.requireNonNull(given[0]));
      case "trailers" -> trailers();
      case "getTrailer" -> trailers().get((String) Objects.requireNonNull(given[0]));
      case "cookies" -> cookies();
      case "request" -> call.request();
      case "pause" -> {
        body.pause();
        yield self;
      }
      case "resume" -> {
        body.fetch(Long.MAX_VALUE);
        yield self;
      }
      case "body" -> given.length == 0 ? body.body() : other(self, method, given);
      case "end" -> given.length == 0 ? body.end() : other(self, method, given);
      default -> other(self, method, given);
    };
  }

  /** Whether that was a setter of the body's. */
  @SuppressWarnings("unchecked")
  private boolean takes(String name, @Nullable Object given) {
    switch (name) {
      case "handler" -> body.onChunk((Handler<Buffer>) given);
      case "endHandler" -> body.onEnd((Handler<Void>) given);
      case "exceptionHandler" -> body.onFailure((Handler<Throwable>) given);
      case "fetch" -> body.fetch((Long) Objects.requireNonNull(given));
      default -> {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object other(Object self, Method method, @Nullable Object[] given)
      throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(self, method, given);
    }
    // What HTTP/2 and upgrades add.
    if (own != null) {
      Object result = Internals.call(method, own, given);
      return result == own ? self : result;
    }
    if (method.getReturnType().isInstance(self)) {
      return self;
    }
    throw new IllegalStateException("there is no connection");
  }

  private String statusMessage() {
    int status = outcome.answer().status();
    return own != null && own.statusCode() == status
        ? own.statusMessage()
        : HttpResponseStatus.valueOf(status).reasonPhrase();
  }

  /** The client's are not to be asked for before the end, which it would take for the end. */
  private MultiMap trailers() {
    return own != null && outcome.sameBody() && body.over()
        ? own.trailers()
        : MultiMap.caseInsensitiveMultiMap();
  }

  private List<String> cookies() {
    List<String> cookies = new ArrayList<>(headers.getAll(COOKIES));
    cookies.addAll(trailers().getAll(COOKIES));
    return cookies;
  }
}
