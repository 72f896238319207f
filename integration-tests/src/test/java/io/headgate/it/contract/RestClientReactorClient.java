// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import org.springframework.http.client.ClientHttpRequestFactory;
import reactor.netty.http.client.HttpClient;

/** {@code RestClient} over Reactor Netty, by a factory that has another name in Spring 6.1. */
public final class RestClientReactorClient extends RestClientClient {

  private static final String PACKAGE = "org.springframework.http.client.";

  @Override
  ClientHttpRequestFactory factory(Duration readTimeout) {
    try {
      // Spring 6.1 closes every connection after its answer, while others may take it from a pool.
      Object factory =
          type()
              .getConstructor(HttpClient.class)
              .newInstance(HttpClient.newConnection().compress(true));
      type().getMethod("setReadTimeout", Duration.class).invoke(factory, readTimeout);
      return (ClientHttpRequestFactory) factory;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> type() throws ClassNotFoundException {
    try {
      return Class.forName(PACKAGE + "ReactorClientHttpRequestFactory");
    } catch (ClassNotFoundException e) {
      return Class.forName(PACKAGE + "ReactorNettyClientRequestFactory");
    }
  }
}
