// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an app has set on its request before the client has one. */
final class Settings {

  /** Those of the app's own origin. */
  private static final Set<String> AUTHORITY = Set.of("authority", "setHost", "setPort");

  private record Call(Method method, @Nullable Object @Nullable [] arguments) {}

  final MultiMap headers = HttpHeaders.headers();
  volatile HttpMethod method;
  volatile String uri;
  volatile boolean chunked;
  volatile @Nullable Function<HttpClientResponse, Future<HttpClientRequest>> redirects;

  /** By name, the last of each. Guarded by this. */
  private final Map<String, Call> calls = new LinkedHashMap<>();

  Settings(RequestOptions options) {
    MultiMap given = options.getHeaders();
    if (given != null) {
      headers.addAll(given);
    }
    method = options.getMethod();
    uri = options.getURI();
  }

  /** Notes a setter that is to be called on each request of the client's. */
  synchronized void note(Method setter, @Nullable Object @Nullable [] arguments) {
    calls.remove(setter.getName());
    calls.put(setter.getName(), new Call(setter, arguments));
  }

  /** What such a setter was last called with; null if it was not. */
  synchronized @Nullable Object noted(String setter) {
    Call call = calls.get(setter);
    return call == null || call.arguments() == null ? null : call.arguments()[0];
  }

  private synchronized List<Call> calls() {
    return new ArrayList<>(calls.values());
  }

  /** As the gateway sees it. */
  GatewayRequest request(Target target, RequestBody body) {
    return new GatewayRequest(method.name(), target.uri(uri), of(headers), body);
  }

  static Headers of(MultiMap fields) {
    List<String> flat = new ArrayList<>();
    for (Map.Entry<String, String> field : fields) {
      flat.add(field.getKey());
      flat.add(field.getValue());
    }
    return Headers.ofFlat(flat.toArray(new String[0]));
  }

  /** As if the app had set it on this request; it is the one that it asked for. */
  void apply(HttpClientRequest to) {
    to.headers().addAll(headers);
    applySetters(to, false);
    if (chunked) {
      to.setChunked(true);
    }
  }

  /** The same for one that the gateway wants in place of the one that the app asked for. */
  void apply(HttpClientRequest to, GatewayRequest asked, GatewayRequest wanted) {
    boolean foreign = Target.foreign(asked.uri(), wanted.uri());
    boolean otherBody = wanted.body() != asked.body();
    wanted
        .headers()
        .forEach(
            (name, value) -> {
              boolean stale =
                  (foreign && name.equalsIgnoreCase("host"))
                      || (otherBody
                          && (name.equalsIgnoreCase("content-length")
                              || name.equalsIgnoreCase("transfer-encoding")));
              if (!stale) {
                to.headers().add(name, value);
              }
            });
    applySetters(to, foreign);
    if (chunked && !otherBody) {
      to.setChunked(true);
    }
  }

  private void applySetters(HttpClientRequest to, boolean foreign) {
    for (Call call : calls()) {
      if (!foreign || !AUTHORITY.contains(call.method().getName())) {
        Object[] arguments = call.arguments();
        Internals.call(call.method(), to, arguments == null ? new Object[0] : arguments);
      }
    }
  }
}
