// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.crt.ProxyConfiguration;

/** {@code AwsCrtHttpClient} of the AWS SDK, which is native below. */
public final class AwsCrtClient extends AwsSyncClient {
  @Override
  SdkHttpClient build(Duration timeout, int proxy) {
    AwsCrtHttpClient.Builder builder = AwsCrtHttpClient.builder();
    if (timeout != null) {
      throw new UnsupportedOperationException("it has no limit for an answer");
    }
    if (proxy != 0) {
      builder.proxyConfiguration(
          ProxyConfiguration.builder().scheme("http").host("127.0.0.1").port(proxy).build());
    }
    return builder.build();
  }

  /** Its stream gives nothing before it has filled the reader's buffer. */
  @Override
  public boolean flows() {
    return false;
  }

  /** Between two pieces, which only a stream that flows has. */
  @Override
  public boolean readsOnCallersThread() {
    return false;
  }
}
