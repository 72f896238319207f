// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import java.util.Locale;
import java.util.Set;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * {@link Guarded} over OkHttp, whose copies share the original's connections and dispatcher. A
 * redirect to another origin is followed if the app's client does so, but takes no field along that
 * could be a credential.
 */
final class OkHttpGuard {

  private static final Set<String> OF_ANY_REQUEST =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "host",
          "transfer-encoding",
          "user-agent");

  /** Put together here: a literal would get another name when the agent is packed. */
  private static final String OPENTELEMETRY = String.join(".", "io", "opentelemetry", "");

  private OkHttpGuard() {}

  /** Tags a request with where it was sent at first; OkHttp takes tags along. */
  private record Begun(HttpUrl url) {}

  static HttpClient twin(HttpClient client, boolean foreign) throws ReflectiveOperationException {
    OkHttpClient okHttp = Guarded.engine(client, OkHttpClient.class);
    return Guarded.around(client, OkHttpClient.class, guarded(okHttp, foreign));
  }

  private static OkHttpClient guarded(OkHttpClient client, boolean foreign) {
    if (!foreign && !client.followRedirects()) {
      return client;
    }
    OkHttpClient.Builder builder = client.newBuilder();
    if (foreign) {
      // Answers a 401 with what the app knows for its own host; that for proxies is another one.
      builder.authenticator(Authenticator.NONE);
      builder.interceptors().removeIf(OkHttpGuard::isTheApps);
      builder.networkInterceptors().removeIf(OkHttpGuard::isTheApps);
    }
    return builder
        .addInterceptor(
            chain -> {
              Request request = chain.request();
              Begun begun = new Begun(request.url());
              return chain.proceed(request.newBuilder().tag(Begun.class, begun).build());
            })
        .addNetworkInterceptor(chain -> chain.proceed(within(chain.request())))
        .build();
  }

  /** azure-core's own are for proxies, those of other agents carry their trace on. */
  private static boolean isTheApps(Interceptor interceptor) {
    String name = interceptor.getClass().getName();
    return !name.startsWith("com.azure.core.http.okhttp.")
        && !name.startsWith(OPENTELEMETRY)
        && !name.startsWith("datadog.");
  }

  private static Request within(Request request) {
    Begun begun = request.tag(Begun.class);
    if (begun == null || sameOrigin(begun.url(), request.url())) {
      return request;
    }
    Request.Builder builder = request.newBuilder();
    for (String name : request.headers().names()) {
      if (!OF_ANY_REQUEST.contains(name.toLowerCase(Locale.ROOT))) {
        builder.removeHeader(name);
      }
    }
    return builder.build();
  }

  private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.port() == other.port()
        && one.host().equals(other.host())
        && one.scheme().equals(other.scheme());
  }
}
