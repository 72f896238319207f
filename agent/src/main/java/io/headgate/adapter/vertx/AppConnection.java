// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What an app is given that asks for the connection of a call that has none, because it is not made
 * yet or was answered here. To close it gives the call up; there is nothing else to be done with
 * it.
 */
final class AppConnection implements InvocationHandler {

  private final VertxCall call;

  private AppConnection(VertxCall call) {
    this.call = call;
  }

  /** The connection over which the answer came, if there is one. */
  static HttpConnection of(VertxCall call) {
    HttpClientRequest answered = call.answered();
    return answered != null
        ? answered.connection()
        : (HttpConnection)
            Proxy.newProxyInstance(
                HttpConnection.class.getClassLoader(),
                new Class<?>[] {HttpConnection.class},
                new AppConnection(call));
  }

  @Override
  public @Nullable Object invoke(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    Class<?> type = method.getReturnType();
    return switch (method.getName()) {
      case "equals" -> given[0] == self;
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "HttpConnection{" + call.target().authority() + "}";
      case "isSsl" -> call.target().ssl();
      case "protocolVersion" -> AppRequest.version(null);
      case "remoteAddress" ->
          SocketAddress.inetSocketAddress(call.target().port(), call.target().host());
      case "close", "shutdown" -> {
        if (type != Future.class && method.isDefault()) {
          yield InvocationHandler.invokeDefault(self, method, given);
        }
        var unused = call.reset(0, null);
        yield type == Future.class ? Future.succeededFuture() : null;
      }
      default -> nothing(self, type);
    };
  }

  private static @Nullable Object nothing(Object self, Class<?> type) {
    if (type.isInstance(self)) {
      return self; // Handlers, which will never be told.
    }
    if (type == Future.class) {
      return Future.failedFuture("there is no connection yet");
    }
    return type == int.class ? (Object) 0 : null;
  }
}
