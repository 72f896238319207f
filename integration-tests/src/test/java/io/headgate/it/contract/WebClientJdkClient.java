// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/** {@code WebClient} over the JDK's client. */
public final class WebClientJdkClient extends WebClientClient {

  public WebClientJdkClient() {
    super(new JdkClientHttpConnector());
  }

  /** The JDK's client then ends the body twice, and the server takes the rest for a request. */
  @Override
  boolean writesNothing() {
    return false;
  }

  @Override
  ClientHttpConnector proxied(int port) {
    return new JdkClientHttpConnector(
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)))
            .build());
  }
}
