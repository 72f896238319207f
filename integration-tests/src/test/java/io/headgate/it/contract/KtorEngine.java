// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.ktor.client.HttpClient;
import io.ktor.client.HttpClientKt;
import io.ktor.client.engine.HttpClientEngineConfig;
import io.ktor.client.engine.HttpClientEngineFactory;
import io.ktor.client.engine.apache5.Apache5;
import io.ktor.client.engine.java.Java;
import io.ktor.client.engine.okhttp.OkHttp;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.function.Consumer;
import kotlin.Unit;

/** The engines of Ktor's client whose calls the agent sees. */
enum KtorEngine {
  OKHTTP {
    @Override
    HttpClient client(int proxy) {
      return of(
          OkHttp.INSTANCE,
          proxy,
          engine ->
              engine.config(
                  builder -> {
                    builder.retryOnConnectionFailure(false);
                    return Unit.INSTANCE;
                  }));
    }
  },
  JAVA {
    @Override
    HttpClient client(int proxy) {
      return of(Java.INSTANCE, proxy, engine -> {});
    }
  },
  APACHE5 {
    @Override
    HttpClient client(int proxy) {
      return of(Apache5.INSTANCE, proxy, engine -> {});
    }
  };

  /**
   * A new client.
   *
   * @param proxy port of a proxy on 127.0.0.1; 0 for none
   */
  abstract HttpClient client(int proxy);

  private static <T extends HttpClientEngineConfig> HttpClient of(
      HttpClientEngineFactory<T> factory, int proxy, Consumer<T> more) {
    return HttpClientKt.HttpClient(
        factory,
        config -> {
          config.engine(
              engine -> {
                if (proxy != 0) {
                  InetSocketAddress address = new InetSocketAddress("127.0.0.1", proxy);
                  engine.setProxy(new Proxy(Proxy.Type.HTTP, address));
                }
                more.accept(engine);
                return Unit.INSTANCE;
              });
          return Unit.INSTANCE;
        });
  }
}
