// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;

/** {@code RestClient} over Jetty. */
public final class RestClientJettyClient extends RestClientClient {

  private static final HttpClient CLIENT = new HttpClient();

  static {
    // Jetty aborts the request that a redirect answers, if it is not through with sending it yet:
    // whether the app gets the answer is chance.
    CLIENT.setFollowRedirects(false);
  }

  @Override
  ClientHttpRequestFactory factory(Duration readTimeout) {
    JettyClientHttpRequestFactory factory = new JettyClientHttpRequestFactory(CLIENT);
    factory.setReadTimeout(readTimeout);
    return factory;
  }

  /** Of a reader that is interrupted, it is chance whether it looks at that first, or at data. */
  @Override
  public boolean readsOnCallersThread() {
    return false;
  }

  @Override
  public void close() throws Exception {
    CLIENT.stop();
  }
}
