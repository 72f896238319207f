// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Vert.x 4.5 and 5 have in different places or with different types. */
final class Internals {

  /** Vert.x 5 took this method away. */
  static final boolean VERSION_4 =
      method(HttpClientRequest.class, "setTimeout", long.class) != null;

  private static final String HTTP = "io.vertx.core.http.impl.";
  private static final String IMPL = HTTP + "HttpClientImpl";

  private static final @Nullable Class<?> CLIENT =
      type(VERSION_4 ? HTTP : "io.vertx.core.internal.http.", "HttpClientInternal");
  private static final @Nullable Class<?> CONTEXT =
      type(VERSION_4 ? "io.vertx.core.impl." : "io.vertx.core.internal.", "ContextInternal");

  private static final @Nullable Method VERTX = method(CLIENT, "vertx");
  private static final @Nullable Method OPTIONS = method(CLIENT, "options");
  private static final @Nullable Method CONFIG = method(CLIENT, "config");
  private static final @Nullable Method REDIRECTS = method(CLIENT, "redirectHandler");
  private static final @Nullable Method PROMISE = method(CONTEXT, "promise");
  private static final @Nullable Method GET_SERVER = method(RequestOptions.class, "getServer");
  private static final @Nullable Method SET_SERVER = setServer();
  private static final @Nullable Method RESET =
      method(HttpClientRequest.class, "reset", long.class, Throwable.class);

  /** Frames that are hidden show whether a lambda of the client's own calls it. */
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES);

  private Internals() {}

  private static @Nullable Class<?> type(String room, String name) {
    try {
      return Class.forName(room + name, false, HttpClient.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static @Nullable Method method(
      @Nullable Class<?> type, String name, Class<?>... parameters) {
    try {
      return type == null ? null : type.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static @Nullable Method setServer() {
    for (Method each : RequestOptions.class.getMethods()) {
      if (each.getName().equals("setServer") && !each.isBridge()) {
        return each;
      }
    }
    return null;
  }

  /** Null, too, if there is no such method. Throws what the method throws. */
  static @Nullable Object call(@Nullable Method method, Object on, @Nullable Object... arguments) {
    if (method == null) {
      return null;
    }
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The context that the client would take for a request that this thread makes. */
  static Context context(HttpClient client) {
    Vertx vertx = (Vertx) call(VERTX, client);
    if (vertx == null) {
      throw new IllegalStateException("the client does not tell its Vert.x");
    }
    return vertx.getOrCreateContext();
  }

  /** One whose listeners are called on the context, whoever completes it. */
  @SuppressWarnings("unchecked")
  static <T> Promise<T> promise(Context context) {
    Promise<T> bound = (Promise<T>) call(PROMISE, context);
    return bound == null ? Promise.promise() : bound;
  }

  private static @Nullable Object setting(HttpClient client, String name) {
    Object options = call(OPTIONS, client);
    if (options == null) {
      options = call(CONFIG, client);
    }
    return options == null ? null : call(method(options.getClass(), name), options);
  }

  static @Nullable String defaultHost(HttpClient client) {
    return (String) setting(client, "getDefaultHost");
  }

  static @Nullable Integer defaultPort(HttpClient client) {
    return (Integer) setting(client, "getDefaultPort");
  }

  static boolean defaultSsl(HttpClient client) {
    return Boolean.TRUE.equals(setting(client, "isSsl"));
  }

  /** Whether the app says what address to connect to. */
  static boolean hasServer(RequestOptions options) {
    return call(GET_SERVER, options) != null;
  }

  /** Lets the host say it. */
  static void withoutServer(RequestOptions options) {
    call(SET_SERVER, options, new Object[] {null});
  }

  /** What the client makes of an answer that leads elsewhere; null if it does not tell. */
  @SuppressWarnings("unchecked")
  static @Nullable Function<HttpClientResponse, Future<RequestOptions>> redirects(
      HttpClient client) {
    return (Function<HttpClientResponse, Future<RequestOptions>>) call(REDIRECTS, client);
  }

  /** Gives a request up, and its answer; its connection, too, if that serves no other. */
  static @Nullable Object reset(HttpClientRequest request, long code, @Nullable Throwable cause) {
    return call(RESET, request, code, cause);
  }

  /** What the app sees of that. */
  static Throwable resetBy(long code, @Nullable Throwable cause) {
    return VERSION_4 || cause == null ? new StreamResetException(code, cause) : cause;
  }

  /**
   * Whether this thread is in a request that follows a redirect: the client wants to have an object
   * of its own then. To be asked by advice of the client's method only.
   */
  static boolean redirecting() {
    return STACK.walk(
        frames ->
            frames
                .dropWhile(frame -> !frame.getClassName().equals(IMPL))
                .dropWhile(
                    frame ->
                        frame.getClassName().equals(IMPL)
                            && frame.getMethodName().equals("request"))
                .findFirst()
                .map(
                    frame ->
                        frame.getClassName().equals(IMPL)
                            || frame.getClassName().startsWith(IMPL + "$$Lambda"))
                .orElse(false));
  }
}
