// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

/** {@code RestClient} over {@code HttpURLConnection}. */
public final class RestClientSimpleClient extends RestClientClient {

  @Override
  ClientHttpRequestFactory factory(Duration readTimeout) {
    SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
    factory.setReadTimeout((int) readTimeout.toMillis());
    return factory;
  }

  @Override
  ClientHttpRequestFactory proxied(int port) {
    SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
    factory.setProxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port)));
    return factory;
  }
}
