// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** {@code RestClient} over the JDK's client. */
public class RestClientJdkClient extends RestClientClient {

  @Override
  ClientHttpRequestFactory factory(Duration readTimeout) {
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
    factory.setReadTimeout(readTimeout);
    return factory;
  }
}
