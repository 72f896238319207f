// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SelectedAuthScheme;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.core.internal.http.RequestExecutionContext;
import software.amazon.awssdk.core.signer.Signer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.Identity;

/**
 * Signs with what a run of the SDK signed with: the signer and the identity that the app's client
 * was built with, for the service and the region it chose. Apart from all others, because an
 * application may have the SDK's HTTP clients alone.
 */
final class SdkRenewal {

  private SdkRenewal() {}

  /** Null if the run did not sign by any way that can be gone again. */
  static @Nullable Renewal of(Object run) {
    RequestExecutionContext context = (RequestExecutionContext) run;
    ExecutionAttributes attributes = context.executionAttributes();
    Signer signer = context.signer();
    if (signer != null) {
      // Of clients generated before there were schemes, and of apps that bring their own.
      return (request, body, clock) -> signer.sign(whole(request, body), attributes);
    }
    SelectedAuthScheme<?> scheme =
        attributes.getAttribute(SdkInternalExecutionAttribute.SELECTED_AUTH_SCHEME);
    return scheme == null ? null : of(scheme);
  }

  private static <T extends Identity> @Nullable Renewal of(SelectedAuthScheme<T> scheme) {
    // It has signed, so it is there.
    T identity = scheme.identity().getNow(null);
    if (identity == null) {
      return null;
    }
    return (request, body, clock) -> {
      SignRequest.Builder<T> builder =
          SignRequest.builder(identity)
              .request(request)
              .payload(stream(body))
              .putProperty(HttpSigner.SIGNING_CLOCK, clock);
      scheme.authSchemeOption().forEachSignerProperty(builder::putProperty);
      return scheme.signer().sign(builder.build()).request();
    };
  }

  private static SdkHttpFullRequest whole(SdkHttpRequest request, byte[] body) {
    return SdkHttpFullRequest.builder()
        .method(request.method())
        .protocol(request.protocol())
        .host(request.host())
        .port(request.port())
        .encodedPath(request.encodedPath())
        .rawQueryParameters(request.rawQueryParameters())
        .headers(request.headers())
        .contentStreamProvider(stream(body))
        .build();
  }

  private static ContentStreamProvider stream(byte[] body) {
    return () -> new ByteArrayInputStream(body);
  }
}
