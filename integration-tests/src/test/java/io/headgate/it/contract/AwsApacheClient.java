// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** {@code ApacheHttpClient} of the AWS SDK. */
public final class AwsApacheClient extends AwsSyncClient {
  @Override
  SdkHttpClient build(Duration timeout, int proxy) {
    ApacheHttpClient.Builder builder = ApacheHttpClient.builder();
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
