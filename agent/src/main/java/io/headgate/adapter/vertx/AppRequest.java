// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the app has for a request before the client has one. It notes what the app sets and writes;
 * once the client's own is there for the app, it is that one in all it does.
 */
final class AppRequest implements InvocationHandler {

  /** What may end in a handler, in Vert.x 4, that is told what the future otherwise is. */
  private static final Set<String> ASYNCHRONOUS =
      Set.of("write", "end", "sendHead", "connect", "response");

  private final VertxCall call;
  private final Settings settings;
  private final RequestWriter writer;
  private @Nullable HttpClientRequest proxy;

  private AppRequest(VertxCall call) {
    this.call = call;
    this.settings = call.settings();
    this.writer = call.writer();
  }

  static HttpClientRequest of(VertxCall call) {
    AppRequest handler = new AppRequest(call);
    HttpClientRequest proxy =
        (HttpClientRequest)
            Proxy.newProxyInstance(
                HttpClientRequest.class.getClassLoader(),
                new Class<?>[] {HttpClientRequest.class},
                handler);
    handler.proxy = proxy;
    return proxy;
  }

  /** The client's own request for what may be one of ours. */
  static Future<HttpClientRequest> real(@Nullable HttpClientRequest request) {
    return request != null
            && Proxy.isProxyClass(request.getClass())
            && Proxy.getInvocationHandler(request) instanceof AppRequest ours
        ? ours.call.original()
        : Future.succeededFuture(request);
  }

  @Override
  public @Nullable Object invoke(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> given[0] == self;
        case "hashCode" -> System.identityHashCode(self);
        default -> "HttpClientRequest{" + settings.method + " " + call.target().authority() + "}";
      };
    }
    HttpClientRequest passed = call.passed();
    if (passed != null) {
      Object result = Internals.call(method, passed, given);
      return result == passed ? self : result;
    }
    Class<?>[] types = method.getParameterTypes();
    boolean callsBack =
        types.length > 0
            && types[types.length - 1] == Handler.class
            && ASYNCHRONOUS.contains(method.getName());
    return callsBack
        ? callingBack(method, java.util.Arrays.copyOf(given, given.length - 1), given)
        : answer(method, given);
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object callingBack(
      Method method, @Nullable Object[] rest, @Nullable Object[] all) throws Throwable {
    Future<Object> future = (Future<Object>) answer(method, rest);
    Handler<AsyncResult<Object>> handler = (Handler<AsyncResult<Object>>) all[all.length - 1];
    if (handler != null && future != null) {
      var unused = future.onComplete(handler);
    }
    return method.getReturnType() == void.class ? null : proxy;
  }

  private @Nullable Object answer(Method method, @Nullable Object[] given) throws Throwable {
    String name = method.getName();
    return switch (name) {
      case "write" -> writer.write(Objects.requireNonNull(framed(buffer(given))));
      case "end" -> writer.end(buffer(given));
      case "send" -> send(method, given);
      case "sendHead" -> sendHead();
      case "response" -> call.response();
      case "connect" -> call.original().compose(HttpClientRequest::connect);
      case "writeCustomFrame" -> through(method, given);
      case "reset" -> given.length == 2 ? reset(method, given[0], given[1]) : reset(method, given);
      case "cancel" -> reset(method, given);
      case "exceptionHandler" -> {
        writable(given[0]);
        call.exceptionHandler(handler(given[0]));
        yield proxy;
      }
      case "drainHandler" -> {
        writable(given[0]);
        writer.drainHandler(handler(given[0]));
        yield proxy;
      }
      case "writeQueueFull" -> {
        writable(proxy);
        yield writer.full();
      }
      case "headers" -> settings.headers;
      case "putHeader" -> putHeader(given[0], given[1]);
      case "setChunked" -> {
        writable(proxy);
        settings.chunked = (Boolean) Objects.requireNonNull(given[0]);
        yield proxy;
      }
      case "setMethod" -> {
        settings.method = (HttpMethod) Objects.requireNonNull(given[0]);
        yield proxy;
      }
      case "setURI" -> {
        settings.uri = (String) Objects.requireNonNull(given[0]);
        yield proxy;
      }
      case "redirectHandler" -> redirectHandler(given[0]);
      case "connection" -> AppConnection.of(call);
      default -> other(method, given);
    };
  }

  private @Nullable Object other(Method method, @Nullable Object[] given) throws Throwable {
    if (given.length == 1 && method.getReturnType() != void.class && RequestFacts.sets(method)) {
      if (RequestFacts.endsWithTheRequest(method)) {
        writable(given[0]);
      }
      settings.note(method, given);
      return proxy;
    }
    HttpClientRequest answered = call.answered();
    if (answered != null && given.length == 0 && RequestFacts.ofTheConnection(method)) {
      return Internals.call(method, answered);
    }
    if (given.length == 0 && RequestFacts.tells(method)) {
      return RequestFacts.of(method, call);
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(Objects.requireNonNull(proxy), method, given);
    }
    return through(method, given);
  }

  @SuppressWarnings("unchecked")
  private static <T> @Nullable Handler<T> handler(@Nullable Object handler) {
    return (Handler<T>) handler;
  }

  /** Handlers may be taken away after the end. */
  private void writable(@Nullable Object value) {
    if (value != null && writer.ended()) {
      throw new IllegalStateException("Request already complete");
    }
  }

  private static @Nullable Buffer buffer(@Nullable Object[] given) {
    if (given.length == 0) {
      return null;
    }
    Object first = Objects.requireNonNull(given[0], "no null chunk accepted");
    if (first instanceof Buffer bytes) {
      return bytes;
    }
    return given.length == 1
        ? Buffer.buffer((String) first)
        : Buffer.buffer(
            (String) first, (String) Objects.requireNonNull(given[1], "no null encoding accepted"));
  }

  /** Vert.x 4 refuses a body whose length nobody knows; Vert.x 5 sends it in chunks. */
  private @Nullable Buffer framed(@Nullable Buffer bytes) {
    if (!settings.chunked && !settings.headers.contains("content-length") && !writer.ended()) {
      if (Internals.VERSION_4) {
        throw new IllegalStateException(
            "You must set the Content-Length header to be the total size of the message "
                + "body BEFORE sending any data if you are not using HTTP chunked encoding.");
      }
      settings.chunked = true;
    }
    return bytes;
  }

  private @Nullable Object send(Method method, @Nullable Object[] given) throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(Objects.requireNonNull(proxy), method, given);
    }
    // A form, which the client encodes.
    writer.end(
        to -> {
          var unused = Internals.call(method, to, given);
        });
    return call.response();
  }

  /** Before the body is written; whoever waits for the server's word needs it sent. */
  private Future<Void> sendHead() {
    writable(proxy);
    if (settings.headers.contains("expect") || settings.noted("continueHandler") != null) {
      writer.spill();
    }
    return Future.succeededFuture();
  }

  private @Nullable Object through(Method method, @Nullable Object[] given) {
    Future<HttpClientRequest> own = call.original();
    if (method.getReturnType() == Future.class) {
      return own.compose(to -> (Future<?>) Internals.call(method, to, given));
    }
    var unused = own.onSuccess(to -> Internals.call(method, to, given));
    return HttpClientRequest.class == method.getReturnType() ? proxy : null;
  }

  private Object reset(Method method, @Nullable Object[] given) throws Throwable {
    return reset(method, given.length == 0 ? (Object) 0L : given[0], null);
  }

  private Object reset(Method method, @Nullable Object code, @Nullable Object cause) {
    boolean first = call.reset((Long) Objects.requireNonNull(code), (@Nullable Throwable) cause);
    if (method.getReturnType() == boolean.class) {
      return first;
    }
    return first
        ? Future.succeededFuture(method.getName().equals("cancel") ? Boolean.TRUE : null)
        : Future.failedFuture("Already reset");
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object putHeader(@Nullable Object name, @Nullable Object value) {
    writable(proxy);
    MultiMap headers = settings.headers;
    if (value instanceof Iterable) {
      headers.set((CharSequence) name, (Iterable<CharSequence>) value);
    } else {
      headers.set((CharSequence) name, (CharSequence) value);
    }
    return proxy;
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object redirectHandler(@Nullable Object handler) {
    writable(handler);
    settings.redirects = (Function<HttpClientResponse, Future<HttpClientRequest>>) handler;
    return proxy;
  }

  /** The version that is spoken if nothing else is known. */
  static HttpVersion version(@Nullable HttpClientResponse own) {
    return own == null ? HttpVersion.HTTP_1_1 : own.version();
  }
}
