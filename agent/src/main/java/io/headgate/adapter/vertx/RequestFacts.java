// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.HostAndPort;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plain properties of a request: which there are, and what they are before it is sent. */
final class RequestFacts {

  /** Setters that are repeated on each request of the client's. */
  private static final Set<String> SETTERS =
      Set.of(
          "authority",
          "setHost",
          "setPort",
          "setFollowRedirects",
          "setMaxRedirects",
          "maxRedirectBufferSize",
          "traceOperation",
          "continueHandler",
          "earlyHintsHandler",
          "pushHandler",
          "setTimeout",
          "idleTimeout",
          "setWriteQueueMaxSize",
          "setStreamPriority");

  /** Those that may still be called when the request has ended. */
  private static final Set<String> LATE =
      Set.of(
          "authority",
          "setHost",
          "setPort",
          "maxRedirectBufferSize",
          "pushHandler",
          "setTimeout",
          "idleTimeout",
          "setStreamPriority");

  private static final Set<String> GETTERS =
      Set.of(
          "authority",
          "getHost",
          "getPort",
          "isFollowRedirects",
          "getMaxRedirects",
          "maxRedirectBufferSize",
          "numberOfRedirections",
          "traceOperation",
          "isChunked",
          "getMethod",
          "absoluteURI",
          "getURI",
          "path",
          "query",
          "version",
          "streamId",
          "getStreamPriority");

  /** Those that the client's own request knows better, once it is answered. */
  private static final Set<String> CONNECTION =
      Set.of("numberOfRedirections", "version", "streamId", "getStreamPriority");

  private RequestFacts() {}

  static boolean sets(Method method) {
    return SETTERS.contains(method.getName());
  }

  static boolean endsWithTheRequest(Method method) {
    return !LATE.contains(method.getName());
  }

  static boolean tells(Method method) {
    return GETTERS.contains(method.getName());
  }

  static boolean ofTheConnection(Method method) {
    return CONNECTION.contains(method.getName());
  }

  static @Nullable Object of(Method method, VertxCall call) {
    Settings settings = call.settings();
    Target target = call.target();
    String uri = settings.uri;
    int query = uri.indexOf('?');
    return switch (method.getName()) {
      case "authority" ->
          or(settings.noted("authority"), HostAndPort.create(target.host(), target.port()));
      case "getHost" -> or(settings.noted("setHost"), target.host());
      case "getPort" -> or(settings.noted("setPort"), target.port());
      case "isFollowRedirects" ->
          or(
              settings.noted("setFollowRedirects"),
              Boolean.TRUE.equals(call.options().getFollowRedirects()));
      case "getMaxRedirects" ->
          or(settings.noted("setMaxRedirects"), HttpClientOptions.DEFAULT_MAX_REDIRECTS);
      case "maxRedirectBufferSize" -> or(settings.noted("maxRedirectBufferSize"), 0);
      case "numberOfRedirections" -> 0;
      case "traceOperation" ->
          settings.noted("traceOperation") == null
              ? call.options().getTraceOperation()
              : settings.noted("traceOperation");
      case "isChunked" -> settings.chunked;
      case "getMethod" -> settings.method;
      case "absoluteURI" -> (target.ssl() ? "https://" : "http://") + target.authority() + uri;
      case "getURI" -> uri;
      case "path" -> query < 0 ? uri : uri.substring(0, query);
      case "query" -> query < 0 ? null : uri.substring(query + 1);
      case "version" -> AppRequest.version(null);
      case "streamId" -> {
        if (method.getReturnType() == int.class) {
          yield 1;
        }
        yield (Object) 1L;
      }
      default -> settings.noted("setStreamPriority");
    };
  }

  private static Object or(@Nullable Object noted, Object otherwise) {
    return noted == null ? otherwise : noted;
  }
}
