// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** {@code RestClient} over Apache HttpClient 5. */
public final class RestClientApache5Client extends RestClientClient {

  @Override
  ClientHttpRequestFactory factory(Duration readTimeout) {
    // Spring 6.1 leaves the time limit for an answer to the client.
    return new HttpComponentsClientHttpRequestFactory(
        builder()
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.of(readTimeout)).build())
            .build());
  }

  @Override
  ClientHttpRequestFactory proxied(int port) {
    return new HttpComponentsClientHttpRequestFactory(
        builder().setProxy(new HttpHost("127.0.0.1", port)).build());
  }

  private static HttpClientBuilder builder() {
    return HttpClients.custom().setRetryStrategy(Apache5Client.ONCE);
  }
}
