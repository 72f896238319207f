// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Ingress;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway that is fake, and clients that go through it as they do under the agent. */
abstract class OkHttpFixture {

  static final MediaType JSON = MediaType.get("application/json");

  final FakeDoor door = new FakeDoor();
  final OkHttpClient client = through(new OkHttpClient.Builder());

  @BeforeEach
  void install() {
    Ingress.install(door);
    OkHttpAdapter.on(true);
  }

  @AfterEach
  void uninstall() {
    Ingress.install(null);
    OkHttpAdapter.on(true);
    client.connectionPool().evictAll();
  }

  /** Like the advice: an interceptor of its own for each call, behind all others. */
  static OkHttpClient through(OkHttpClient.Builder builder) {
    OkHttpClient[] self = new OkHttpClient[1];
    self[0] =
        builder
            .readTimeout(20, TimeUnit.SECONDS)
            .addInterceptor(chain -> new GatewayInterceptor(self[0]).intercept(chain))
            .addNetworkInterceptor(new OriginGuard())
            .build();
    return self[0];
  }

  static Request post(String url, String json) {
    return new Request.Builder().url(url).post(RequestBody.create(JSON, json)).build();
  }

  static Request get(String url) {
    return new Request.Builder().url(url).build();
  }
}
