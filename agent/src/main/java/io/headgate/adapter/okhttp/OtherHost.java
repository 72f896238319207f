// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Calls to another host than the app's. They cannot just proceed down the app's chain: SDKs install
 * network interceptors which take the credentials off any request whose origin is not their call's
 * (openai-java does). So each is a fresh call on a copy of the app's client, which shares its pool,
 * dispatcher, proxy, TLS, DNS and event listener.
 */
final class OtherHost {

  /** Put together here: a literal would get another name when the agent is packed, as ours do. */
  private static final String OPENTELEMETRY = String.join(".", "io", "opentelemetry", "");

  private OtherHost() {}

  /**
   * A call to be executed on this thread: it must not wait for a place at the dispatcher, of which
   * the app's call holds one.
   */
  static Call call(OkHttpClient client, Interceptor.Chain chain, Request request) {
    OkHttpClient.Builder builder = copy(client, chain);
    makeForeign(builder);
    return builder.build().newCall(request);
  }

  /** The app's client as it is for this call, below the application's interceptors. */
  static OkHttpClient.Builder copy(OkHttpClient client, Interceptor.Chain chain) {
    OkHttpClient.Builder builder =
        client
            .newBuilder()
            .connectTimeout(chain.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(chain.readTimeoutMillis(), TimeUnit.MILLISECONDS)
            .writeTimeout(chain.writeTimeoutMillis(), TimeUnit.MILLISECONDS)
            // The app's call has one: when it is over, that call is cancelled, and ours with it.
            // A second one here would go on into the body of an event stream, for which okhttp-sse
            // has ended the first.
            .callTimeout(0, TimeUnit.MILLISECONDS);
    builder.interceptors().clear();
    return builder;
  }

  /** Takes out whatever is meant for the app's own host only. */
  static void makeForeign(OkHttpClient.Builder builder) {
    // Answers a 401 with what the app knows for its own host.
    builder.authenticator(Authenticator.NONE);
    builder.networkInterceptors().removeIf(interceptor -> !telemetry(interceptor));
    builder.addNetworkInterceptor(new OriginGuard());
  }

  /** Other agents' interceptors carry their trace on; the app's may carry its credentials. */
  private static boolean telemetry(Interceptor interceptor) {
    String name = interceptor.getClass().getName();
    return name.startsWith(OPENTELEMETRY) || name.startsWith("datadog.");
  }
}
