// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** {@code NettyNioAsyncHttpClient} of the AWS SDK. */
public final class AwsNettyClient extends AwsAsyncClient {
  @Override
  SdkAsyncHttpClient build(Duration timeout, int proxy) {
    NettyNioAsyncHttpClient.Builder builder = NettyNioAsyncHttpClient.builder();
    if (timeout != null) {
      builder.readTimeout(timeout);
    }
    if (proxy != 0) {
      throw new UnsupportedOperationException("it asks its proxy for a tunnel, for http as well");
    }
    return builder.build();
  }
}
