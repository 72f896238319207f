// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Carries one client's calls to handled hosts through the gateway. The last application
 * interceptor: the request is as the SDK wants it sent, and the answer's transparent gzip is
 * already undone. Throws what the client's own stack throws and nothing else.
 */
final class GatewayInterceptor implements Interceptor {

  private final OkHttpClient client;

  GatewayInterceptor(OkHttpClient client) {
    this.client = client;
  }

  boolean serves(OkHttpClient asking) {
    return client == asking;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    if (!OkHttpAdapter.on() || !Hosts.handled(request.url())) {
      return chain.proceed(request);
    }
    Capture capture = capture(request);
    if (capture == null) {
      return chain.proceed(request);
    }
    Request outgoing = capture.sent(); // From here on what the body wrote is only there.
    OkHttpUpstream upstream = null;
    try {
      GatewayRequest head = Conversions.head(outgoing);
      upstream =
          new OkHttpUpstream(client, chain, outgoing, head.uri(), head.headers(), capture.seen());
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
    }
    return upstream == null ? chain.proceed(outgoing) : upstream.execute();
  }

  /**
   * Null for a call that is to go on without us: a web socket or a duplex call, in which there is
   * no body that ends before the answer, and one whose body throws when it is asked about itself.
   */
  private static @Nullable Capture capture(Request request) {
    try {
      RequestBody body = request.body();
      boolean oneWayAtATime =
          request.header("Upgrade") == null && (body == null || !body.isDuplex());
      return oneWayAtATime ? Capture.of(request) : null;
    } catch (Throwable t) {
      OkHttpAdapter.thrownByApp(t);
      return null;
    }
  }

  @Override
  public String toString() {
    return "Headgate gateway";
  }
}
