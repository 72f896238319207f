// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.crt.ProxyConfiguration;

/** {@code AwsCrtAsyncHttpClient} of the AWS SDK, which is native below. */
public final class AwsCrtAsyncClient extends AwsAsyncClient {
  @Override
  SdkAsyncHttpClient build(Duration timeout, int proxy) {
    AwsCrtAsyncHttpClient.Builder builder = AwsCrtAsyncHttpClient.builder();
    if (timeout != null) {
      throw new UnsupportedOperationException("it has no limit for an answer");
    }
    if (proxy != 0) {
      builder.proxyConfiguration(
          ProxyConfiguration.builder().scheme("http").host("127.0.0.1").port(proxy).build());
    }
    return builder.build();
  }
}
