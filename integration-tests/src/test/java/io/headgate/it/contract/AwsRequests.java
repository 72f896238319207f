// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.Client.Call;
import io.headgate.it.contract.Client.Framing;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Requests as the AWS SDK hands them to its HTTP clients. */
final class AwsRequests {

  private AwsRequests() {}

  static SdkHttpFullRequest of(Call call) {
    SdkHttpFullRequest.Builder builder =
        SdkHttpFullRequest.builder()
            .uri(URI.create(call.url()))
            .method(call.body() == null ? SdkHttpMethod.GET : SdkHttpMethod.POST)
            .putHeader("Authorization", "Bearer sk-app");
    byte[] body = call.body();
    if (body == null) {
      return builder.build();
    }
    builder.putHeader("Content-Type", "application/json").contentStreamProvider(content(call));
    if (call.framing() == Framing.CHUNKED) {
      builder.putHeader("Transfer-Encoding", "chunked");
    } else {
      builder.putHeader("Content-Length", Integer.toString(body.length));
    }
    return builder.build();
  }

  private static ContentStreamProvider content(Call call) {
    AtomicBoolean given = new AtomicBoolean();
    return () -> {
      if (given.getAndSet(true) && call.framing() == Framing.ONE_SHOT) {
        throw new IllegalStateException("read twice");
      }
      return new ByteArrayInputStream(call.body());
    };
  }
}
