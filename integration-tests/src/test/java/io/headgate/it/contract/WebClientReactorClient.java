// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** {@code WebClient} over Reactor Netty. */
public final class WebClientReactorClient extends WebClientClient {

  public WebClientReactorClient() {
    super(new ReactorClientHttpConnector());
  }

  @Override
  ClientHttpConnector proxied(int port) {
    return new ReactorClientHttpConnector(
        HttpClient.create()
            .compress(true)
            .proxy(proxy -> proxy.type(ProxyProvider.Proxy.HTTP).host("127.0.0.1").port(port)));
  }
}
