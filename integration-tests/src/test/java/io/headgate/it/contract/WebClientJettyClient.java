// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import org.eclipse.jetty.client.HttpClient;
import org.springframework.http.client.reactive.JettyClientHttpConnector;

/** {@code WebClient} over Jetty. */
public final class WebClientJettyClient extends WebClientClient {

  private final HttpClient client;

  public WebClientJettyClient() {
    this(new HttpClient());
    // It would subscribe to the body once more, which fails.
    client.setFollowRedirects(false);
  }

  private WebClientJettyClient(HttpClient client) {
    super(new JettyClientHttpConnector(client));
    this.client = client;
  }

  @Override
  public void close() throws Exception {
    client.stop();
  }
}
