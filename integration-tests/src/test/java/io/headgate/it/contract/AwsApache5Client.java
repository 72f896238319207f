// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** {@code Apache5HttpClient} of the AWS SDK. */
public final class AwsApache5Client extends AwsSyncClient {
  @Override
  SdkHttpClient build(Duration timeout, int proxy) {
    Apache5HttpClient.Builder builder = Apache5HttpClient.builder();
    if (timeout != null) {
      builder.socketTimeout(timeout);
    }
    if (proxy != 0) {
      builder.proxyConfiguration(
          ProxyConfiguration.builder().endpoint(URI.create("http://127.0.0.1:" + proxy)).build());
    }
    return builder.build();
  }
}
